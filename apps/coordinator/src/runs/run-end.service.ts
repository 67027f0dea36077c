// Ending a run: it takes no more reports, what is still open is cancelled, and the sites are told to stop.
import { Inject, Injectable } from '@nestjs/common';
import type { Run } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { AuditService } from '../audit/audit.service.ts';
import { Clock } from '../platform/clock.ts';
import { Database, type Tx } from '../platform/database/database.ts';
import { DispatchService } from './jobs/dispatch.service.ts';
import { isOpen, moveJob } from './jobs/job-state.ts';
import { changeJob } from './jobs/jobs.repository.ts';
import { moveRun, type RunMove } from './run-state.ts';
import { findRun, lockRun, setRunState } from './runs.repository.ts';

@Injectable()
export class RunEndService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(DispatchService) private readonly dispatch: DispatchService,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @throws DomainError `not-found`, `state-conflict` */
  async end(id: string, move: RunMove): Promise<Run> {
    const { before, after } = await this.database.transaction(async (tx) => {
      await lockRun(tx, id);
      const before = await found(tx, id);
      const state = moveRun(before.state, move);
      await setRunState(tx, id, state);
      const open = before.jobs.filter((job) => isOpen(job.state));
      const updatedAt = this.clock.now();
      for (const job of open)
        await changeJob(tx, job.id, { state: moveJob(job.state, 'cancel'), code: null, updatedAt });
      const details = { cancelledJobs: open.length };
      await this.audit.append(tx, { actor: 'administrator', action: `run.${state}`, subject: id, details });
      return { before, after: await found(tx, id) };
    });
    for (const job of before.jobs) if (isOpen(job.state)) this.dispatch.withdraw(job.site, job.id);
    return after;
  }
}

async function found(tx: Tx, id: string): Promise<Run> {
  const run = await findRun(tx, id);
  if (run === undefined) throw new DomainError('not-found', { what: 'run', id });
  return run;
}
