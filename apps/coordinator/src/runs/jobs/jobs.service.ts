// One site's part of a run: what the site says of it, its re-opening, and its end in a report.
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { Job, JobProgress, JobStateChange } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { AuditService } from '../../audit/audit.service.ts';
import { ChannelService } from '../../channel/channel.service.ts';
import { Clock } from '../../platform/clock.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import { requireOpenRun } from '../run-state.ts';
import { DispatchService } from './dispatch.service.ts';
import type { JobContext } from './job-context.ts';
import { isOpen, jobAfterSiteSays, moveJob } from './job-state.ts';
import { changeJob, findJob, lockJob } from './jobs.repository.ts';
import { ProgressBoard } from './progress-board.ts';

@Injectable()
export class JobsService implements OnModuleInit {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(ChannelService) private readonly channel: ChannelService,
    @Inject(DispatchService) private readonly dispatch: DispatchService,
    @Inject(ProgressBoard) private readonly board: ProgressBoard,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.channel.onProgress(({ siteId }, progress) => this.siteProgressed(siteId, progress));
  }

  /** @throws DomainError `not-found` (also for another site's job), `state-conflict` */
  async siteSays(siteId: string, jobId: string, { state, code }: JobStateChange): Promise<Job> {
    const job = await this.database.transaction(async (tx) => {
      const context = await this.locked(tx, jobId);
      if (context?.job.site !== siteId) throw unknown(jobId);
      const { job } = context;
      const next = jobAfterSiteSays(job.state, state);
      if (next === job.state && code === job.code) return job;
      const changed = await changeJob(tx, jobId, { state: next, code, updatedAt: this.clock.now() });
      const details = { run: job.run, code };
      await this.audit.append(tx, {
        actor: `site:${siteId}`,
        action: `job.${next}`,
        subject: jobId,
        details,
      });
      return changed;
    });
    if (!isOpen(job.state)) this.board.clear(jobId);
    return this.board.shownOn(job);
  }

  /** Offers a finished job again. Its report counts until another is accepted. @throws DomainError `not-found`, `state-conflict` */
  async reopen(jobId: string): Promise<Job> {
    const job = await this.database.transaction(async (tx) => {
      const context = await this.locked(tx, jobId);
      if (context === undefined) throw unknown(jobId);
      requireOpenRun(context.runState, 'reopen');
      const state = moveJob(context.job.state, 'reopen');
      const changed = await changeJob(tx, jobId, { state, code: null, updatedAt: this.clock.now() });
      const details = { run: changed.run, from: context.job.state };
      await this.audit.append(tx, {
        actor: 'administrator',
        action: 'job.reopened',
        subject: jobId,
        details,
      });
      return changed;
    });
    this.board.clear(jobId);
    await this.dispatch.offer(job.site, job.id);
    return job;
  }

  /** A job of this site. @throws DomainError `not-found`, also for another site's job */
  async ofSite(siteId: string, jobId: string): Promise<Job> {
    const context = await this.database.read((tx) => findJob(tx, jobId));
    if (context?.job.site !== siteId) throw unknown(jobId);
    return context.job;
  }

  /** The job with everything around it, held until the transaction ends. */
  async locked(tx: Tx, jobId: string): Promise<JobContext | undefined> {
    await lockJob(tx, jobId);
    return findJob(tx, jobId);
  }

  /** The job's report is being stored, in this transaction. @throws DomainError `state-conflict` */
  async setReported(tx: Tx, { id, state }: Job): Promise<void> {
    await changeJob(tx, id, { state: moveJob(state, 'report'), code: null, updatedAt: this.clock.now() });
  }

  /** Progress of a job that is not the site's, or has ended, is dropped. */
  private async siteProgressed(siteId: string, progress: JobProgress): Promise<void> {
    const context = await this.database.read((tx) => findJob(tx, progress.job));
    if (context?.job.site === siteId && isOpen(context.job.state)) this.board.post(progress);
  }
}

function unknown(job: string): DomainError {
  return new DomainError('not-found', { what: 'job', id: job });
}
