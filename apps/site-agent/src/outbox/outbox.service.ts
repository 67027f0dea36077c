// Reports that are signed and not yet acknowledged. Sent again, the same bytes, until the coordinator's receipt is
// stored; parked when it refuses for good.
import { payloadTypes, Receipt, type CarriedReceipt, type Envelope } from '@sidemark/core/contract';
import { DomainError, isDomainError, type ErrorCode } from '@sidemark/core/errors';
import type { EgressGate } from '../egress/gate.ts';
import { openStatement } from '../identity/coordinator-trust.ts';
import type { Site } from '../identity/site.ts';
import type { CoordinatorClient } from '../link/coordinator.client.ts';
import { backoffMs } from '../platform/backoff.ts';
import { Bell } from '../platform/bell.ts';
import { instant, type Clock } from '../platform/clock.ts';
import { causeOf, type Log } from '../platform/log.ts';
import { said, type Narrator } from '../platform/narrator.ts';
import type { Random } from '../platform/random.ts';
import type { OutboxItem } from './outbox-item.ts';
import type { OutboxStore } from './outbox.store.ts';
import { checkReceipt } from './receipt-check.ts';

const idleMs = 60_000;

/** Refusals of the report itself, here or there: sending it again changes nothing. All others pass with time. */
const final: readonly ErrorCode[] = [
  'egress-refused',
  'envelope-malformed',
  'envelope-type-unexpected',
  'invalid-input',
  'key-expired',
  'key-revoked',
  'payload-too-large',
  'report-conflict',
  'report-digest-mismatch',
  'report-invalid',
  'report-job-closed',
  'report-sequence-replayed',
  'report-wrong-job',
  'report-wrong-site',
  'signature-invalid',
  'signature-non-canonical',
  'site-not-associated',
];

/** Who is told what became of a report. */
export interface OutboxListener {
  /** the receipt is here; called before the item leaves the outbox, perhaps again after a crash */
  reported(item: OutboxItem, receipt: Receipt): Promise<void>;
  /** refused for good; called again for an item that stays parked */
  parked(item: OutboxItem, error: DomainError): Promise<void>;
}

/** One attempt of a job. */
export type Attempt = Pick<OutboxItem, 'job' | 'attempt'>;

export interface OutboxWorld {
  readonly site: Site;
  readonly store: OutboxStore;
  readonly gate: EgressGate;
  readonly client: CoordinatorClient;
  /** May this report go now? A person may have held it, or withdrawn its job. */
  readonly mayLeave: (item: OutboxItem) => Promise<boolean>;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly narrator: Narrator;
}

export class OutboxService {
  readonly #world: OutboxWorld;
  readonly #bell: Bell;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(world: OutboxWorld) {
    this.#world = world;
    this.#bell = new Bell(world.clock);
  }

  /** Something was put in, or the connection is back. */
  wake(): void {
    this.#bell.ring();
  }

  /** Sends until the signal is given. */
  async run(signal: AbortSignal, listener: OutboxListener): Promise<void> {
    for (let failures = 0; !signal.aborted;) {
      failures = (await this.flush(listener)) ? 0 : failures + 1;
      const pauseMs = failures === 0 ? idleMs : backoffMs(failures, this.#world.random.fraction());
      await this.#bell.wait(pauseMs, signal);
    }
  }

  /**
   * Takes back what waits of a job's attempt, so that it is never sent: not while something is being sent.
   * @returns false when it has left, or may have: whoever sent it cannot know whether the answer was lost.
   */
  takeBack(attempt: Attempt): Promise<boolean> {
    return this.#alone(async () => {
      if (await this.#hasLeft(attempt)) return false;
      for (const item of await this.#waiting(attempt)) await this.#world.store.remove(item);
      return true;
    });
  }

  /** True when the report of an attempt has left, or may have; waits for what is being sent. */
  hasLeft(attempt: Attempt): Promise<boolean> {
    return this.#alone(() => this.#hasLeft(attempt));
  }

  async #hasLeft(attempt: Attempt): Promise<boolean> {
    for (const { payloadDigest } of await this.#waiting(attempt))
      if (await this.#world.gate.isRecorded(payloadDigest)) return true;
    return false;
  }

  async #waiting({ job, attempt }: Attempt): Promise<OutboxItem[]> {
    const items = await this.#world.store.pending();
    return items.filter((item) => item.kind === 'report' && item.job === job && item.attempt === attempt);
  }

  /** Sends what waits, in order. @returns false when something still waits and must be tried again. */
  flush(listener: OutboxListener): Promise<boolean> {
    return this.#alone(() => this.#flush(listener));
  }

  async #flush(listener: OutboxListener): Promise<boolean> {
    try {
      for (const item of await this.#world.store.pending()) {
        if (!(await this.#world.mayLeave(item))) continue;
        if (item.parked === null) await this.#deliver(item, listener);
        else await listener.parked(item, new DomainError(item.parked));
      }
      return true;
    } catch (error) {
      this.#world.log.warn('report still waits', { cause: causeOf(error) });
      return false;
    }
  }

  /** One after the other: nothing is taken back while it is under way. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => undefined);
    return done;
  }

  async #deliver(item: OutboxItem, listener: OutboxListener): Promise<void> {
    const { client, store, narrator } = this.#world;
    const { job, sequence, payloadDigest } = item;
    client.assertReady();
    try {
      await this.#submit(item, listener);
      narrator.tell({ event: 'receipt', job, sequence, payloadDigest });
    } catch (error) {
      if (!isFinal(error)) throw error;
      await store.save({ ...item, parked: error.code });
      narrator.tell({ event: 'parked', job, sequence, payloadDigest, ...said(error) });
      await listener.parked(item, error);
    }
  }

  async #submit(item: OutboxItem, listener: OutboxListener): Promise<void> {
    const { gate, client, narrator } = this.#world;
    const { job, sequence, payloadDigest } = item;
    const cleared = await gate.submission(item.envelope, item);
    narrator.tell({ event: 'sending', job, sequence, payloadDigest });
    const route = item.kind === 'report' ? 'siteReport' : 'siteQualification';
    await this.#settle(item, await client.call(route, cleared), listener);
  }

  /**
   * A receipt that people carried here; taken in again, it changes nothing.
   * @throws DomainError `receipt-invalid` when no report of this site waits for it, and those of `checkReceipt`
   */
  async takeReceipt({ delegation, receipt }: CarriedReceipt, listener: OutboxListener): Promise<OutboxItem> {
    const { site, store } = this.#world;
    site.trust.admit(delegation);
    const claimed = openStatement(receipt, payloadTypes.receipt, Receipt, site.trust.anyOnline);
    const fits = ({ job, sequence }: OutboxItem): boolean =>
      job === claimed.job && sequence === claimed.sequence;
    const waiting = (await store.pending()).find(fits);
    const item = waiting ?? (await store.receipts()).map((file) => file.item).find(fits);
    if (item === undefined)
      throw new DomainError('receipt-invalid', { wrong: ['no such report waits here'] });
    checkReceipt(receipt, item, site.enrolment.site, site.trust);
    await site.rememberDelegation(delegation);
    if (waiting !== undefined) await this.#settle(item, receipt, listener);
    return item;
  }

  async #settle(item: OutboxItem, receipt: Envelope, listener: OutboxListener): Promise<void> {
    const { site, store, clock } = this.#world;
    await listener.reported(item, checkReceipt(receipt, item, site.enrolment.site, site.trust));
    const receivedAt = instant(clock.now());
    await store.settle({ schema: 'sidemark.receipt-file/1', item, receipt, receivedAt });
  }
}

function isFinal(error: unknown): error is DomainError {
  return isDomainError(error) && final.includes(error.code);
}
