// Deletes per-image journals when the policy's time is over: at start, every day, and when a job has ended. What a
// journal holds is of single images; nothing that was signed or sent rests on it any more.
import type { JobsStore } from '../jobs/jobs.store.ts';
import { Bell } from '../platform/bell.ts';
import type { Clock } from '../platform/clock.ts';
import { causeOf, type Log } from '../platform/log.ts';
import type { PolicyStore } from '../policy/policy.store.ts';
import { isDue } from './due.ts';

const everyMs = 24 * 3_600_000;

export interface RetentionWorld {
  readonly jobs: JobsStore;
  readonly policies: PolicyStore;
  readonly clock: Clock;
  readonly log: Log;
}

export class Retention {
  readonly #world: RetentionWorld;
  readonly #bell: Bell;

  constructor(world: RetentionWorld) {
    this.#world = world;
    this.#bell = new Bell(world.clock);
  }

  /** A job has ended: where journals are kept for 0 days, its own goes now. */
  wake(): void {
    this.#bell.ring();
  }

  /** Sweeps until the signal is given. A sweep that fails is logged, and made again the next day. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.sweep().catch((error: unknown) => {
        this.#world.log.warn('journals not swept', { cause: causeOf(error) });
      });
      await this.#bell.wait(everyMs, signal);
    }
  }

  /**
   * Deletes every journal that is due. Under a policy that cannot be read nothing is deleted: it cannot be undone.
   * @returns how many went. @throws DomainError `disk-failed`
   */
  async sweep(): Promise<number> {
    const { jobs, policies, clock, log } = this.#world;
    const reading = await policies.read();
    if (reading.source === 'invalid') {
      log.warn('journals not swept', { cause: reading.problem.code });
      return 0;
    }
    const { journalDays } = reading.policy.retention;
    let deleted = 0;
    for (const record of await jobs.all()) {
      for (const { attempt, path } of await jobs.journals(record.job)) {
        if (!isDue(record, attempt, journalDays, clock.now())) continue;
        await jobs.removeJournal(path);
        deleted += 1;
      }
    }
    if (deleted > 0) log.info('journals deleted', { journals: deleted, journalDays });
    return deleted;
  }
}
