// A person's word on a job, from the command line or from the console: a file that the running agent finds.
import { DomainError } from '@sidemark/core/errors';
import type { LedgerStore } from '../egress/ledger.store.ts';
import type { OutboxStore } from '../outbox/outbox.store.ts';
import type { JobRecord, PersonVerb } from './job-record.ts';
import type { JobsStore } from './jobs.store.ts';

export interface DecisionRooms {
  readonly jobs: JobsStore;
  readonly outbox: OutboxStore;
  readonly ledger: LedgerStore;
}

/**
 * @param at now, UTC
 * @throws DomainError `job-unknown`, `state-conflict`; `report-sent` where a report that has left is to be held or withdrawn
 */
export async function decideJob(
  { jobs, outbox, ledger }: DecisionRooms,
  job: string,
  verb: PersonVerb,
  at: string,
): Promise<JobRecord> {
  if (verb === 'hold' || verb === 'withdraw') {
    const { attempt } = await jobs.get(job);
    const waiting = (await outbox.pending()).filter((item) => item.job === job && item.attempt === attempt);
    for (const { kind, payloadDigest } of waiting)
      if (kind === 'report' && (await ledger.holds(payloadDigest)))
        throw new DomainError('report-sent', { payloadDigest });
  }
  return jobs.decide(job, verb, at);
}
