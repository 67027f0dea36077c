// The egress gate: nothing leaves the site that is not `Cleared`, and only this file can make something so. It checks
// schema, floors and policy, and writes the ledger before figures go. The adapters of link/ take `Cleared` only.
import {
  CarriedEnrolment,
  CarriedReport,
  Enrolment,
  EnrolmentStatement,
  Envelope,
  Id,
  JobProgress,
  JobStateChange,
  KeyRotation,
  LinkOpening,
  payloadTypes,
  QualificationReport,
  Report,
  RotateSiteKey,
  routes,
  Sha256,
  SiteHello,
} from '@sidemark/core/contract';
import { DomainError, isDomainError } from '@sidemark/core/errors';
import { decodeBase64, sha256 } from '@sidemark/core/signing';
import type { z } from 'zod';
import { instant, type Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import { floorsMet, strictestFloor } from '../policy/floors.ts';
import type { Policy } from '../policy/policy.schema.ts';
import type { PolicyStore } from '../policy/policy.store.ts';
import { rulingOver } from '../policy/ruling.ts';
import { disclosureProblems } from './disclosure.ts';
import type { PresenceKind } from './ledger-entry.ts';
import type { LedgerStore } from './ledger.store.ts';
import { PresenceTally } from './presence-tally.ts';
import { type PersonSays, ReportScrutiny, type Evidence } from './scrutiny/report-scrutiny.ts';

let stamp: <T>(value: T) => Cleared<T>;

/** Something that may leave. Its constructor is private to this file: the compiler and the runtime both hold it. */
export class Cleared<T> {
  readonly #value: T;
  private constructor(value: T) {
    this.#value = value;
  }
  static {
    stamp = (value) => new Cleared(value);
  }
  get value(): T {
    return this.#value;
  }
}

export type FetchRoute = 'siteProtocol' | 'siteModel' | 'siteModelBytes' | 'sitePackBytes';

export interface Outgoing {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string;
  /** first byte wanted */
  readonly from?: number;
}

/** Header `range` of a download that goes on at byte `from`. */
export const rangeFrom = (from: number): string => `bytes=${from}-`;

/** What the approval of a job fixed; kept with the report until it is sent. */
export interface Terms {
  readonly job: string;
  readonly protocolDigest: string;
  /** the protocol's floor */
  readonly minPatientsPerClass: number;
}

/** Proof that a job's dataset met the floors: without it no progress is cleared. */
export interface FloorsPassed {
  readonly passedFor: string;
  /** the strictest floor, in patients */
  readonly floor: number;
}

const isQualification = ({ payloadType }: Envelope): boolean => payloadType === payloadTypes.qualification;

const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

export class EgressGate {
  readonly #passes = new WeakSet<FloorsPassed>();
  readonly #presence = new PresenceTally();
  readonly #recorded = new Set<string>();
  readonly #scrutiny: ReportScrutiny;

  constructor(
    readonly to: string,
    private readonly ledger: LedgerStore,
    private readonly policies: PolicyStore,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    this.#scrutiny = new ReportScrutiny(ledger);
  }

  opening(opening: LinkOpening): Cleared<LinkOpening> {
    return this.#presenceOf('opening', LinkOpening, opening);
  }

  enrolmentHello(opening: LinkOpening): Cleared<Outgoing> {
    const { value } = this.opening(opening);
    return stamp({ method: 'POST', path: routes.enrolmentHello.path, body: JSON.stringify(value) });
  }

  /** The site's answer to a challenge: an envelope of a hello and of nothing else. */
  hello(envelope: Envelope): Cleared<Envelope> {
    this.#payload(envelope, SiteHello);
    return this.#presenceOf('hello', Envelope, envelope);
  }

  /** The answer to a ping or a probe of the coordinator: one fixed byte that says "still here". */
  heartbeat(): void {
    this.#presence.add('heartbeat', 1, this.clock.now());
  }

  /** A fetch: what leaves is the name of a route, a digest that the coordinator gave, and the first byte wanted. */
  request(route: FetchRoute, digest: string, from?: number): Cleared<Outgoing> {
    return this.#get(routes[route].path.replace(/:\w+/, this.#fit(Sha256, digest)), from);
  }

  /** Where this site stands: what leaves is the id of a job, which the coordinator gave. */
  distributionRequest(job: string): Cleared<Outgoing> {
    return this.#get(routes.siteDistribution.path.replace(':id', this.#fit(Id, job)));
  }

  /** Is the coordinator there? What leaves is the name of a route. */
  aliveRequest(): Cleared<Outgoing> {
    return this.#get(routes.alive.path);
  }

  #get(path: string, from?: number): Cleared<Outgoing> {
    const range = from === undefined || from === 0 ? '' : rangeFrom(from);
    this.#presence.add('request', Buffer.byteLength(path + range), this.clock.now());
    return stamp({ method: 'GET', path, ...(from === undefined ? {} : { from }) });
  }

  async enrolment(enrolment: z.infer<typeof Enrolment>): Promise<Cleared<Outgoing>> {
    const body = JSON.stringify(this.#fit(Enrolment, enrolment));
    const statement = this.#payload(enrolment.statement, EnrolmentStatement);
    await this.ledger.append({
      kind: 'enrolment',
      ...this.#now(),
      bytes: Buffer.byteLength(body),
      statement,
    });
    return stamp({ method: 'POST', path: routes.enrol.path, body });
  }

  /** The next key of this site: two signatures over ids and a public key. */
  async keyRotation(rotation: RotateSiteKey): Promise<Cleared<Outgoing>> {
    const body = JSON.stringify(this.#fit(RotateSiteKey, rotation));
    const statement = this.#payload(rotation.succession, KeyRotation);
    await this.ledger.append({
      kind: 'key-rotation',
      ...this.#now(),
      bytes: Buffer.byteLength(body),
      statement,
    });
    return stamp({ method: 'POST', path: routes.rotateSiteKey.path, body });
  }

  /** An enrolment in a file that people carry: it leaves the site like one over the link. */
  async carriedEnrolment(envelope: Envelope): Promise<Cleared<string>> {
    const statement = this.#payload(envelope, EnrolmentStatement);
    const carried = { schema: 'sidemark.carried-enrolment/1', statement: envelope };
    const text = `${JSON.stringify(this.#fit(CarriedEnrolment, carried))}\n`;
    const row = { ...this.#now(), bytes: Buffer.byteLength(text), statement, carried: true as const };
    await this.ledger.append({ kind: 'enrolment', ...row });
    return stamp(text);
  }

  async jobState(job: string, change: JobStateChange): Promise<Cleared<Outgoing>> {
    const body = JSON.stringify(this.#fit(JobStateChange, change));
    await this.ledger.append({
      kind: 'job-state',
      ...this.#now(),
      bytes: Buffer.byteLength(body),
      job,
      change,
    });
    return stamp({ method: 'POST', path: routes.siteJobState.path.replace(':id', this.#fit(Id, job)), body });
  }

  /**
   * Checks a dataset against the strictest floor, before its first image is read.
   * @throws DomainError `floors-not-met` (without counts), `policy-invalid`
   */
  async passFloors(terms: Terms, classPatients: Readonly<Record<string, number>>): Promise<FloorsPassed> {
    const floor = strictestFloor(await this.#policy(), terms);
    if (!floorsMet(classPatients, floor)) throw new DomainError('floors-not-met', { floor });
    const pass = Object.freeze({ passedFor: terms.job, floor });
    this.#passes.add(pass);
    return pass;
  }

  progress(pass: FloorsPassed, progress: JobProgress): Cleared<JobProgress> {
    if (!this.#passes.has(pass) || pass.passedFor !== progress.job)
      throw this.#refusal(['floors were not passed']);
    return this.#presenceOf('progress', JobProgress, progress);
  }

  /**
   * Clears a report for signing, and keeps on the disk what it rests on.
   * @throws DomainError `egress-refused`, `disclosure-held`, `budget-exhausted`, `report-held`, `policy-invalid`, `disk-failed`
   */
  async report(
    report: Report,
    terms: Terms,
    evidence: readonly Evidence[],
    { released, held = false }: PersonSays = {},
  ): Promise<Cleared<Report>> {
    const cleared = await this.#reportWithinFloors(report, terms);
    const policy = await this.#policy();
    const bounds = {
      job: terms.job,
      policy,
      floor: strictestFloor(policy, terms),
      released,
      held,
      at: this.#now().at,
    };
    try {
      await this.#scrutiny.examine(cleared.value, evidence, bounds);
    } catch (error) {
      if (isDomainError(error))
        this.log.warn('report not cleared', {
          job: terms.job,
          code: error.code,
          details: JSON.stringify(error.details),
        });
      throw error;
    }
    return cleared;
  }

  async #reportWithinFloors(report: Report, terms: Terms): Promise<Cleared<Report>> {
    const parsed = this.#fit(Report, report);
    const policy = await this.#policy();
    const problems = disclosureProblems(parsed, strictestFloor(policy, terms), terms);
    if (rulingOver(policy, terms.protocolDigest) === 'refuse')
      problems.push('the policy refuses this protocol');
    if (problems.length > 0) throw this.#refusal(problems);
    return stamp(parsed);
  }

  /**
   * Clears answers to a qualification pack for signing. They are of phantoms, so no floor applies; the policy does.
   * @throws DomainError `egress-refused`, `policy-invalid`
   */
  async qualification(
    report: QualificationReport,
    { protocolDigest }: Terms,
  ): Promise<Cleared<QualificationReport>> {
    const parsed = this.#fit(QualificationReport, report);
    if (rulingOver(await this.#policy(), protocolDigest) === 'refuse')
      throw this.#refusal(['the policy refuses this protocol']);
    return stamp(parsed);
  }

  /** Clears a signed report for sending: schema, floors and policy once more, and the whole payload in the ledger, on the disk. */
  async submission(envelope: Envelope, terms: Terms): Promise<Cleared<Outgoing>> {
    const body = JSON.stringify(this.#fit(Envelope, envelope));
    await this.#record(envelope, terms, { bytes: Buffer.byteLength(body) });
    const { path } = isQualification(envelope) ? routes.siteQualification : routes.siteReport;
    return stamp({ method: 'POST', path, body });
  }

  /** Clears a signed report for a file that people carry out: the file is an egress, with the same checks and row. */
  async carriedReport(envelope: Envelope, terms: Terms): Promise<Cleared<string>> {
    const carried = { schema: 'sidemark.carried-report/1', report: envelope };
    const text = `${JSON.stringify(this.#fit(CarriedReport, carried))}\n`;
    await this.#record(envelope, terms, { bytes: Buffer.byteLength(text), carried: true });
    return stamp(text);
  }

  async #record(
    envelope: Envelope,
    terms: Terms,
    how: { readonly bytes: number; readonly carried?: true },
  ): Promise<void> {
    const cleared = await this.#clearAgain(envelope, terms);
    const payloadDigest = sha256(decodeBase64(envelope.payload));
    const common = { ...this.#now(), ...how, payloadDigest };
    if (await this.isRecorded(payloadDigest)) await this.ledger.append({ kind: 'report-again', ...common });
    else await this.ledger.append({ ...cleared, ...common, signatures: envelope.signatures });
    this.#recorded.add(payloadDigest);
  }

  async #clearAgain(
    envelope: Envelope,
    terms: Terms,
  ): Promise<{ kind: 'report'; report: Report } | { kind: 'qualification'; report: QualificationReport }> {
    if (isQualification(envelope)) {
      const { value } = await this.qualification(this.#payload(envelope, QualificationReport), terms);
      return { kind: 'qualification', report: value };
    }
    const { value } = await this.#reportWithinFloors(this.#payload(envelope, Report), terms);
    return { kind: 'report', report: value };
  }

  /** Writes what presence and progress have summed up to: at the end of a connection, and every minute. */
  async flushPresence(): Promise<void> {
    const tally = this.#presence.take();
    if (tally === undefined) return;
    const messages = tally.messages.map((message) => ({ ...message }));
    await this.ledger.append({ kind: 'presence', ...this.#now(), since: instant(tally.since), messages });
  }

  #presenceOf<T>(kind: PresenceKind, schema: z.ZodType<T>, value: T): Cleared<T> {
    const fitting = this.#fit(schema, value);
    this.#presence.add(kind, bytesOf(fitting), this.clock.now());
    return stamp(fitting);
  }

  /** True when the payload has left this site, or was about to: its entry is written before it goes. */
  async isRecorded(payloadDigest: string): Promise<boolean> {
    return this.#recorded.has(payloadDigest) || (await this.ledger.holds(payloadDigest));
  }

  /** The policy in force. @throws DomainError `policy-invalid`: what cannot be read cannot have allowed anything. */
  async #policy(): Promise<Policy> {
    const reading = await this.policies.read();
    if (reading.source === 'invalid') throw reading.problem;
    return reading.policy;
  }

  #payload<T>(envelope: Envelope, schema: z.ZodType<T>): T {
    return this.#fit(schema, JSON.parse(Buffer.from(decodeBase64(envelope.payload)).toString('utf8')));
  }

  #fit<T>(schema: z.ZodType<T>, value: unknown): T {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    throw this.#refusal(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  }

  #refusal(problems: readonly string[]): DomainError {
    this.log.warn('egress refused', { problems: problems.join('; ') });
    return new DomainError('egress-refused', { problems });
  }

  #now(): { at: string; to: string } {
    return { at: instant(this.clock.now()), to: this.to };
  }
}
