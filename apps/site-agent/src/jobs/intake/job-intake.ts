// Offers and cancellations as they come in, and the decision on each job: the policy's, or a person's.
import { Envelope, JobOffer, payloadTypes } from '@sidemark/core/contract';
import { DomainError, isDomainError } from '@sidemark/core/errors';
import type { Site } from '../../identity/site.ts';
import { openStatement } from '../../identity/coordinator-trust.ts';
import { instant, type Clock } from '../../platform/clock.ts';
import type { PolicyReading, PolicyStore } from '../../policy/policy.store.ts';
import { rulingOver } from '../../policy/ruling.ts';
import { worthAnotherTry } from '../job-ending.ts';
import { meaningOf, recordOf, withheldResult, type Decision, type JobRecord } from '../job-record.ts';
import type { OutboxService } from '../../outbox/outbox.service.ts';
import { reasonOf, type JobRegister } from '../job-register.ts';
import { hasEnded, type LocalJobState } from '../job-state.ts';
import { assertOpen, openOffer } from './offer-check.ts';
import type { ProtocolFetcher } from './protocol.fetcher.ts';

const undecided: readonly LocalJobState[] = ['offered', 'held', 'withheld'];
const underWay: readonly LocalJobState[] = ['accepted', 'running', 'signed'];

export interface JobIntakeWorld {
  readonly site: Site;
  readonly register: JobRegister;
  readonly policies: PolicyStore;
  readonly protocols: ProtocolFetcher;
  readonly outbox: Pick<OutboxService, 'takeBack' | 'hasLeft'>;
  readonly clock: Clock;
}

export class JobIntake {
  readonly #world: JobIntakeWorld;

  constructor(world: JobIntakeWorld) {
    this.#world = world;
  }

  /**
   * Takes in an offer. One that is not the coordinator's, or not for this site, is thrown and not kept.
   * @throws DomainError of the keys, `envelope-malformed`, `offer-invalid`
   */
  async receive(message: unknown, came: 'over the link' | 'by hand' = 'over the link'): Promise<void> {
    const { site, register, clock } = this.#world;
    const offer = openOffer(message, site, clock.now());
    const meaning = meaningOf(offer, await register.store.find(offer.job), came);
    await register.store.saveOffer(offer.job, Envelope.parse(message));
    if (meaning === 'known') return;
    await register.change(offer.job, (old, at) => recordOf(offer, (old?.attempt ?? 0) + 1, at));
    try {
      assertOpen(offer, site.enrolment.study, clock.now());
    } catch (error) {
      await register.end(offer.job, error);
    }
  }

  /** The coordinator has cancelled the job. */
  async cancel(job: string): Promise<void> {
    const record = await this.#world.register.store.find(job);
    if (record !== undefined && !hasEnded(record.state)) await this.#world.register.move(job, 'cancelled');
  }

  /** Decides what can be decided now. @returns true when a job became accepted. */
  async decide(signal: AbortSignal): Promise<boolean> {
    const records = await this.#world.register.store.all();
    for (const record of records) if (underWay.includes(record.state)) await this.#interrupt(record);
    const open = records.filter(({ state }) => undecided.includes(state));
    if (open.length === 0) return false;
    const reading = await this.#world.policies.read();
    const accepted = await Promise.all(open.map((record) => this.#decideOne(record, reading, signal)));
    return accepted.includes(true);
  }

  async #decideOne(record: JobRecord, reading: PolicyReading, signal: AbortSignal): Promise<boolean> {
    const { register, protocols } = this.#world;
    try {
      await protocols.protocolOf(record, signal);
      const ruling = rulingOver(reading.policy, record.protocolDigest);
      if (ruling === 'refuse') throw new DomainError('policy-refused');
      const made = await register.store.decision(record);
      const person = made?.decision;
      if (person === 'withdraw') await this.#withdraw(record);
      else if (person === 'decline') await register.refuse(record.job, 'declined-by-person');
      else if (record.state === 'withheld')
        return isReleased(record, made) ? await this.#accept(record) : false;
      else if (ruling === 'auto-approve' || person === 'approve') return await this.#accept(record);
      else if (record.state === 'offered') await this.#hold(record, reading);
    } catch (error) {
      if (!signal.aborted && !worthAnotherTry(error, 1)) await register.end(record.job, error);
    }
    return false;
  }

  /** A person withdraws a job that is under way, or wants to see a report that is signed and has not left. */
  async #interrupt(record: JobRecord): Promise<void> {
    const { register, outbox } = this.#world;
    const { store } = register;
    if ((await store.decision(record))?.decision === 'withdraw') return this.#withdraw(record);
    if (record.state !== 'signed' || !(await store.isHeld(record))) return;
    const resultDigest = (await store.result(record))?.resultDigest;
    if (resultDigest === undefined || (await outbox.hasLeft(record))) await store.forget(record.job, 'hold');
    else
      await register.move(record.job, 'withheld', reasonOf(new DomainError('report-held', { resultDigest })));
  }

  /** What has left cannot be withdrawn: the word is forgotten, and the report goes its way. */
  async #withdraw(record: JobRecord): Promise<void> {
    const { register, outbox } = this.#world;
    if (await outbox.takeBack(record)) await register.refuse(record.job, 'withdrawn-by-person');
    else await register.store.forget(record.job, 'decision');
  }

  /** Work starts on an offer that has not run out: a fresh one comes with the next connection. */
  async #accept({ job }: JobRecord): Promise<boolean> {
    const { site, register, clock } = this.#world;
    const envelope = await register.store.offer(job);
    if (envelope === undefined) return false;
    if (!isStillGood(envelope, site, clock.now())) return false;
    await register.move(job, 'accepted');
    return true;
  }

  async #hold({ job }: JobRecord, reading: PolicyReading): Promise<void> {
    await this.#world.register.move(
      job,
      'held',
      reading.source === 'invalid' ? reasonOf(reading.problem) : null,
    );
  }
}

/** An offer that was judged when it came still holds, unless it has run out or its key was revoked since. */
function isStillGood(envelope: Envelope, { trust }: Site, now: Date): boolean {
  try {
    const offer = openStatement(envelope, payloadTypes.jobOffer, JobOffer, trust.unrevokedOnline);
    return offer.expiresAt > instant(now);
  } catch (error) {
    if (isDomainError(error, 'key-revoked')) return false;
    throw error;
  }
}

/** A release holds for the result that the person saw withheld, and once: withheld again, it waits again. */
function isReleased(record: JobRecord, made: Decision | undefined): boolean {
  const digest = withheldResult(record);
  return (
    made !== undefined && digest !== undefined && made.releases === digest && made.at >= record.updatedAt
  );
}
