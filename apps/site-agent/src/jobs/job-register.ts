// Moves jobs from state to state: on the disk first, then told to the people of the site.
import type { RefusalCode } from '@sidemark/core/contract';
import { isDomainError } from '@sidemark/core/errors';
import { instant, type Clock } from '../platform/clock.ts';
import { causeOf, framesOf, type Log } from '../platform/log.ts';
import type { Narrator } from '../platform/narrator.ts';
import { endingOf } from './job-ending.ts';
import { moved, type JobRecord } from './job-record.ts';
import { mayMove, type LocalJobState } from './job-state.ts';
import type { JobsStore } from './jobs.store.ts';

type Reason = NonNullable<JobRecord['reason']>;

export class JobRegister {
  constructor(
    readonly store: JobsStore,
    private readonly clock: Clock,
    private readonly narrator: Narrator,
    private readonly log: Log,
  ) {}

  /** Writes the record that `change` makes; announces it when its state is another. */
  async change(
    job: string,
    change: (record: JobRecord | undefined, at: string) => JobRecord | undefined,
  ): Promise<void> {
    let before: LocalJobState | undefined;
    const at = instant(this.clock.now());
    const after = await this.store.update(job, (record) => {
      before = record?.state;
      return change(record, at);
    });
    if (after === undefined || (after.state === before && after.state !== 'offered')) return;
    const { state, code, reason } = after;
    this.narrator.tell({ event: 'job', job, state, code, reason });
  }

  async move(job: string, state: LocalJobState, reason: Reason | null = null): Promise<void> {
    await this.change(job, (record, at) => moveIfOpen(record, state, at, { reason }));
  }

  async refuse(job: string, code: RefusalCode, reason: Reason | null = null): Promise<void> {
    await this.change(job, (record, at) => moveIfOpen(record, 'refused', at, { code, reason }));
  }

  /** Ends a job with an error: its code may leave the site, its words and details stay. */
  async end(job: string, error: unknown): Promise<void> {
    const { state, code } = endingOf(error);
    const reason = reasonOf(error);
    this.log.warn('job ended', {
      job,
      state,
      code,
      message: reason.message,
      details: JSON.stringify(reason.details),
    });
    await this.change(job, (record, at) => moveIfOpen(record, state, at, { code, reason }));
  }
}

/** A move that the job's state does not take any more (it was cancelled meanwhile, say) changes nothing. */
function moveIfOpen(
  record: JobRecord | undefined,
  state: LocalJobState,
  at: string,
  more: Partial<JobRecord>,
): JobRecord | undefined {
  return record !== undefined && mayMove(record.state, state) ? moved(record, state, at, more) : undefined;
}

/** An error in words for the site. The words of an unexpected one are left out: they may quote what stands in a file. */
export function reasonOf(error: unknown): Reason {
  if (isDomainError(error)) return { message: error.message, details: { ...error.details } };
  return { message: `unexpected: ${causeOf(error)}`, details: { frames: framesOf(error) } };
}
