// Tells the coordinator what became of each job: the latest state, until it is acknowledged. A job whose state was
// never heard is told when the connection is back.
import { isDomainError } from '@sidemark/core/errors';
import type { EgressGate } from '../egress/gate.ts';
import type { CoordinatorClient } from '../link/coordinator.client.ts';
import { backoffMs } from '../platform/backoff.ts';
import { instant, type Clock } from '../platform/clock.ts';
import { causeOf, type Log } from '../platform/log.ts';
import { untold, type JobRecord } from './job-record.ts';
import { hasEnded } from './job-state.ts';
import type { JobsStore } from './jobs.store.ts';

export class JobNotices {
  #failures = 0;
  #notBefore = 0;

  constructor(
    private readonly client: CoordinatorClient,
    private readonly gate: EgressGate,
    private readonly store: JobsStore,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Sends every notice that is due, with growing pauses after one that was not heard. */
  async flush(): Promise<void> {
    if (!this.client.ready || this.clock.now().getTime() < this.#notBefore) return;
    const due = (await this.store.all()).filter((record) => untold(record) !== null);
    const heard = await Promise.all(due.map((record) => this.#tell(record)));
    this.#failures = heard.every(Boolean) ? 0 : this.#failures + 1;
    this.#notBefore = this.#failures === 0 ? 0 : this.clock.now().getTime() + backoffMs(this.#failures, 0.5);
  }

  async #tell({ job, state, code }: JobRecord): Promise<boolean> {
    const record = await this.store.get(job);
    const notice = untold(record);
    if (notice === null || record.state !== state || record.code !== code) return true;
    let endedAt = instant(this.clock.now());
    try {
      endedAt = (await this.client.call('siteJobState', await this.gate.jobState(job, notice))).updatedAt;
    } catch (error) {
      this.log.warn('job state not heard', {
        job,
        state,
        cause: causeOf(error),
      });
      // another end is on record at the coordinator: saying it again changes nothing
      if (!isDomainError(error, 'state-conflict')) return false;
    }
    await this.store.update(job, (now) => {
      if (now === undefined || now.state !== state) return now;
      return { ...now, told: notice, endedAt: hasEnded(now.state) ? endedAt : null };
    });
    return true;
  }
}
