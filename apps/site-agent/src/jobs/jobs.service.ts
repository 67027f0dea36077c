// The jobs of the running agent: taken in, decided, done one at a time in the order they came, and told about.
import { isDomainError, type DomainError } from '@sidemark/core/errors';
import type { Receipt } from '@sidemark/core/contract';
import type { OutboxItem } from '../outbox/outbox-item.ts';
import { Bell } from '../platform/bell.ts';
import type { Clock } from '../platform/clock.ts';
import { causeOf, type Log } from '../platform/log.ts';
import { said, type Narrator } from '../platform/narrator.ts';
import { persist } from '../platform/disk/persist.ts';
import type { Random } from '../platform/random.ts';
import { mayHaveBeenChance, waitsForPerson, worthAnotherTry } from './job-ending.ts';
import type { JobIntake } from './intake/job-intake.ts';
import type { JobNotices } from './job-notices.ts';
import { moved, type JobRecord } from './job-record.ts';
import { hasEnded, mayMove } from './job-state.ts';
import { reasonOf, type JobRegister } from './job-register.ts';
import type { JobWork } from './work/job-work.ts';

/** a person's decision is a file: looked for this often */
const pollMs = 1000;

export interface JobsWorld {
  readonly intake: JobIntake;
  readonly register: JobRegister;
  readonly work: JobWork;
  readonly notices: JobNotices;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly narrator: Narrator;
}

export class JobsService {
  readonly #world: JobsWorld;
  readonly #decisions: Bell;
  readonly #work: Bell;
  #current: { job: string; stop: AbortController } | undefined;
  #inbox: Promise<void> = Promise.resolve();

  constructor(world: JobsWorld) {
    this.#world = world;
    this.#decisions = new Bell(world.clock);
    this.#work = new Bell(world.clock);
  }

  /** The connection is back, or something has changed. */
  wake(): void {
    this.#decisions.ring();
    this.#work.ring();
  }

  offer(message: unknown): void {
    this.#take('offer', () => this.#world.intake.receive(message));
  }

  cancel(job: string): void {
    this.#take('cancellation', async () => {
      await this.#world.intake.cancel(job);
      if (this.#current?.job === job) this.#current.stop.abort();
    });
  }

  /** The receipt of a job's report is here. */
  async reported({ job, attempt, kind }: OutboxItem, receipt: Receipt): Promise<void> {
    if (kind !== 'report') return;
    await this.#world.register.change(job, (record, at) =>
      record?.attempt === attempt && mayMove(record.state, 'reported')
        ? moved(record, 'reported', at, { endedAt: receipt.receivedAt })
        : undefined,
    );
  }

  /** A job's report was refused for good. */
  async parked({ job, attempt, kind }: OutboxItem, error: DomainError): Promise<void> {
    if (kind !== 'report') return;
    const record = await this.#world.register.store.find(job);
    if (record?.attempt === attempt && record.state === 'signed') await this.#world.register.end(job, error);
    this.wake();
  }

  /** Runs until the signal is given. @param queued called when a report was put in the outbox. */
  async run(signal: AbortSignal, queued: () => void): Promise<void> {
    await Promise.all([this.#decideForEver(signal), this.#workForEver(signal, queued)]);
    await this.#inbox;
  }

  /**
   * Does what can be done without a link, and ends: decides on open jobs, then works on those that are accepted. What
   * only time or a person mends is left for the next time. @returns the ids of jobs that wait, with the reason.
   */
  async runOut(signal: AbortSignal): Promise<Map<string, unknown>> {
    const waiting = new Map<string, unknown>();
    await this.#world.intake.decide(signal);
    for (
      let next = await this.#next();
      next !== undefined && !signal.aborted;
      next = await this.#next(waiting)
    )
      await this.#do(next, signal, waiting);
    return waiting;
  }

  async #decideForEver(signal: AbortSignal): Promise<void> {
    const { intake, notices } = this.#world;
    while (!signal.aborted) {
      await this.#unlessBroken('decisions', async () => {
        if (await intake.decide(signal)) this.#work.ring();
        await this.#stopIfEnded();
        await notices.flush();
      });
      await this.#decisions.wait(pollMs, signal);
    }
  }

  /** A person may have withdrawn the job that is being worked on. */
  async #stopIfEnded(): Promise<void> {
    const current = this.#current;
    if (current === undefined) return;
    const record = await this.#world.register.store.find(current.job);
    if (record !== undefined && hasEnded(record.state)) current.stop.abort();
  }

  async #workForEver(signal: AbortSignal, queued: () => void): Promise<void> {
    while (!signal.aborted) {
      await this.#unlessBroken('work', async () => {
        for (
          let next = await this.#next();
          next !== undefined && !signal.aborted;
          next = await this.#next()
        ) {
          await this.#do(next, signal);
          queued();
          this.#decisions.ring();
        }
      });
      await this.#work.wait(pollMs, signal);
    }
  }

  async #next(except: ReadonlyMap<string, unknown> = new Map()): Promise<JobRecord | undefined> {
    const records = (await this.#world.register.store.all()).filter(({ job }) => !except.has(job));
    return (
      records.find(({ state }) => state === 'running') ?? records.find(({ state }) => state === 'accepted')
    );
  }

  /** @param left takes the job, instead of waiting with it, when only time or a person mends what stopped it */
  async #do(record: JobRecord, signal: AbortSignal, left?: Map<string, unknown>): Promise<void> {
    const { register, work, random, narrator } = this.#world;
    const { job } = record;
    const stop = new AbortController();
    const onStop = (): void => stop.abort();
    signal.addEventListener('abort', onStop, { once: true });
    this.#current = { job, stop };
    try {
      await register.move(job, 'running');
      this.#decisions.ring();
      await persist(() => work.run(record, stop.signal), {
        bell: this.#work,
        random,
        signal: stop.signal,
        retryable: left === undefined ? worthAnotherTry : mayHaveBeenChance,
        onPause: (error, retryInMs) => {
          if (isDomainError(error)) narrator.tell({ event: 'waiting', job, retryInMs, ...said(error) });
        },
      });
      await register.move(job, 'signed');
    } catch (error) {
      if (stop.signal.aborted) return;
      if (waitsForPerson(error)) await register.move(job, 'withheld', reasonOf(error));
      else if (left !== undefined && worthAnotherTry(error, 1) && !mayHaveBeenChance(error, 1))
        left.set(job, error);
      else await register.end(job, error);
    } finally {
      this.#current = undefined;
      signal.removeEventListener('abort', onStop);
    }
  }

  /** Messages of the link, one after the other. */
  #take(what: string, work: () => Promise<void>): void {
    this.#inbox = this.#inbox.then(() => this.#unlessBroken(what, work)).then(() => this.wake());
  }

  /** Runs a step; what it throws is logged, and the loop goes on. */
  async #unlessBroken(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#world.log.warn(`${what} not handled`, { cause: causeOf(error) });
    }
  }
}
