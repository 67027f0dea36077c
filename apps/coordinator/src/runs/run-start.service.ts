// Starting a run: a frozen protocol, one job for each approved site of its study, and the first offers.
import { Inject, Injectable } from '@nestjs/common';
import type { Run } from '@sidemark/core/contract';
import { AuditService } from '../audit/audit.service.ts';
import { Database } from '../platform/database/database.ts';
import { Random } from '../platform/random.ts';
import { DispatchService } from './jobs/dispatch.service.ts';
import { OfferPress } from './jobs/offer-press.ts';
import { RunRequirements } from './run-requirements.ts';
import { addRun } from './runs.repository.ts';

@Injectable()
export class RunStartService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RunRequirements) private readonly requirements: RunRequirements,
    @Inject(OfferPress) private readonly offers: OfferPress,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(DispatchService) private readonly dispatch: DispatchService,
    @Inject(Random) private readonly random: Random,
  ) {}

  /** @throws DomainError `not-found`, `state-conflict` (protocol not frozen, study closed, no approved site) */
  async start(protocolId: string): Promise<Run> {
    const run = await this.database.transaction(async (tx) => {
      const { protocol, sites } = await this.requirements.met(tx, protocolId);
      const { nonce, issuedAt, expiresAt } = this.offers.terms();
      const jobs = sites.map(({ id }) => ({ id: this.random.uuid(), siteId: id, nonce, expiresAt }));
      const identity = { id: this.random.uuid(), studyId: protocol.study, protocolId, createdAt: issuedAt };
      const made = await addRun(tx, { ...identity, jobs });
      const details = { study: protocol.study, protocolDigest: protocol.digest, jobs: jobs.length };
      await this.audit.append(tx, {
        actor: 'administrator',
        action: 'run.started',
        subject: made.id,
        details,
      });
      return made;
    });
    for (const job of run.jobs) await this.dispatch.offer(job.site, job.id);
    return run;
  }
}
