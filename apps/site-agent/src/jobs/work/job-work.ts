// The work of one accepted job, in order: protocol, floors, dataset, models, canaries, evaluation, gate, signature,
// outbox. Every step can be done again, so a killed agent starts from the top and finds what was done.
import type { Envelope, JobPhase, ProtocolDocument } from '@sidemark/core/contract';
import { sha256, decodeBase64 } from '@sidemark/core/signing';
import type { RegisteredDataset } from '../../dataset/registered-dataset.ts';
import { fullestSet, rowSetOf, type RowSet, setsOf } from '../../dataset/row-sets.ts';
import { deriveFoldKey } from '../../dataset/dataset-digest.ts';
import { deriveMarkKey, patientMarks } from '../../dataset/patient-marks.ts';
import type { EgressGate, FloorsPassed, Terms } from '../../egress/gate.ts';
import type { Evidence } from '../../egress/scrutiny/report-scrutiny.ts';
import type { Site } from '../../identity/site.ts';
import type { LinkSession } from '../../link/link.session.ts';
import type { LocalModels } from '../../models/local-model.ts';
import type { ModelFetcher } from '../../models/model.fetcher.ts';
import { answersTo, composeAnswers } from '../../qualification/qualifier.ts';
import type { PackRoom } from '../../qualification/pack.room.ts';
import type { OutboxItem } from '../../outbox/outbox-item.ts';
import type { OutboxStore } from '../../outbox/outbox.store.ts';
import type { AgentWorld } from '../../platform/agent-world.ts';
import { instant, type Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import type { Narrator } from '../../platform/narrator.ts';
import type { Runtime } from '../../platform/versions.ts';
import type { Evaluated, EvaluationProgress, EvaluationRooms } from './evaluation-rooms.ts';
import type { JobRecord } from '../job-record.ts';
import type { JobsStore } from '../jobs.store.ts';
import type { ProtocolFetcher } from '../intake/protocol.fetcher.ts';
import { composeReport, type Finished } from './report.ts';

/** numbers go to the coordinator no more often than this */
const streamEveryMs = 1000;
const nothingDone: EvaluationProgress = { imagesDone: 0, imagesTotal: 0, ratePerSecond: 0, etaSeconds: null };

export interface JobWorkWorld {
  readonly site: Site;
  readonly siteSecret: Uint8Array;
  readonly dataDirectory: string;
  readonly workers: number;
  readonly runtime: Runtime;
  readonly rooms: EvaluationRooms;
  readonly gate: EgressGate;
  readonly link: Pick<LinkSession, 'connected' | 'progress'>;
  readonly protocols: ProtocolFetcher;
  readonly models: ModelFetcher;
  readonly packs: PackRoom;
  readonly outbox: OutboxStore;
  readonly store: JobsStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly narrator: Narrator;
  readonly onFilm?: AgentWorld['onFilm'];
}

export class JobWork {
  readonly #world: JobWorkWorld;

  constructor(world: JobWorkWorld) {
    this.#world = world;
  }

  /** Resolves when the signed report is in the outbox. @throws what stopped it, or the signal's reason. */
  async run(record: JobRecord, signal: AbortSignal): Promise<void> {
    if (await this.#isSigned(record)) return;
    const { rooms, gate, protocols, models: fetcher, dataDirectory, siteSecret, clock } = this.#world;
    const protocol = await protocols.protocolOf(record, signal);
    const terms = termsOf(record, protocol);
    const dataset = await rooms.loadDataset(dataDirectory, record.study);
    const pass = await gate.passFloors(terms, patientsThatCount(dataset));
    const say = this.#teller(record, pass);
    say('checking', { ...nothingDone, imagesTotal: dataset.rows.length });
    const datasetDigest = await rooms.verifyDataset(dataset, siteSecret);
    say('fetching', { ...nothingDone, imagesTotal: dataset.rows.length });
    const models = await fetcher.fetchAll(protocol, signal);
    await gate.passFloors(terms, patientsThatCount(dataset, this.#setsSeen(models, dataset)));
    await rooms.checkCanaries([models.detector, models.inpainter, ...models.classifiers], signal);
    if (protocol.qualification) await this.#qualify(record, protocol, models, terms, signal);
    const work = { record, protocol, models, dataset, floor: pass.floor };
    const { result, facts } = await this.#evaluate(work, say, signal);
    say('reporting', { ...nothingDone, imagesDone: dataset.rows.length, imagesTotal: dataset.rows.length });
    const finishedAt = instant(clock.now());
    const markKey = deriveMarkKey(siteSecret);
    const evidence = facts.map((of) => ({ facts: of, marks: patientMarks(of.rows, markKey) }));
    await this.#enqueue({ record, models, datasetDigest, result, finishedAt }, terms, evidence, signal);
  }

  /** True when the agent was killed after signing: the same bytes go out, nothing is computed or signed again. */
  async #isSigned({ job, attempt }: JobRecord, kind: OutboxItem['kind'] = 'report'): Promise<boolean> {
    const { outbox } = this.#world;
    const signed = [...(await outbox.pending()), ...(await outbox.receipts()).map(({ item }) => item)];
    return signed.some((item) => item.kind === kind && item.job === job && item.attempt === attempt);
  }

  /** Answers the pack of the protocol, once in an attempt, before the site's own films. */
  async #qualify(
    record: JobRecord,
    protocol: ProtocolDocument,
    models: LocalModels,
    terms: Terms,
    signal: AbortSignal,
  ): Promise<void> {
    const { qualification } = protocol;
    if (qualification === undefined || (await this.#isSigned(record, 'qualification'))) return;
    const { site, gate, outbox, runtime, rooms, packs, workers, clock } = this.#world;
    const films = await answersTo(
      qualification,
      { protocol, models, signal },
      { packs, answerPack: rooms.answerPack, workers },
    );
    const [sequence, finishedAt] = [await outbox.nextSequence(), instant(clock.now())];
    const report = composeAnswers(site, {
      ...{ record, models, films, sequence, runtime, finishedAt },
      pack: qualification.pack,
    });
    const envelope = site.signer.qualification(await gate.qualification(report, terms));
    await this.#put('qualification', record, terms, { envelope, sequence, finishedAt });
  }

  async #evaluate(
    {
      record,
      ...work
    }: Pick<Parameters<EvaluationRooms['evaluateJob']>[0], 'protocol' | 'dataset' | 'floor'> & {
      record: JobRecord;
      models: LocalModels;
    },
    say: (phase: JobPhase, progress: EvaluationProgress) => void,
    signal: AbortSignal,
  ): Promise<Evaluated> {
    const { rooms, store, workers, log, site, siteSecret, onFilm } = this.#world;
    const skips = new Map<string, number>();
    const evaluated = await rooms.evaluateJob({
      ...work,
      journalPath: store.journal(record),
      siteName: site.enrolment.siteName,
      foldKey: deriveFoldKey(siteSecret),
      workers,
      signal,
      onProgress: (progress) => say('evaluating', progress),
      ...(onFilm && { onFilm }),
      onSkip: (_row, reason) => void skips.set(reason, (skips.get(reason) ?? 0) + 1),
    });
    for (const [reason, images] of skips) log.info('images skipped', { job: record.job, reason, images });
    return evaluated;
  }

  async #enqueue(
    finished: Omit<Finished, 'sequence' | 'runtime'>,
    terms: Terms,
    evidence: readonly Evidence[],
    signal: AbortSignal,
  ): Promise<void> {
    const { site, gate, outbox, runtime, store } = this.#world;
    const sequence = await outbox.nextSequence();
    const report = composeReport(site, { ...finished, sequence, runtime });
    const { record } = finished;
    await store.saveResult(record, report);
    const [decision, held] = [await store.decision(record), await store.isHeld(record)];
    const said = { released: decision?.releases, held };
    const envelope = site.signer.report(await gate.report(report, terms, evidence, said));
    signal.throwIfAborted();
    await this.#put('report', finished.record, terms, {
      envelope,
      sequence,
      finishedAt: finished.finishedAt,
    });
  }

  async #put(
    kind: OutboxItem['kind'],
    { attempt }: JobRecord,
    { job, protocolDigest, minPatientsPerClass }: Terms,
    { envelope, sequence, finishedAt }: { envelope: Envelope; sequence: number; finishedAt: string },
  ): Promise<void> {
    await this.#world.outbox.add({
      schema: 'sidemark.outbox/1',
      kind,
      sequence,
      job,
      attempt,
      protocolDigest,
      minPatientsPerClass,
      payloadDigest: sha256(decodeBase64(envelope.payload)),
      envelope,
      parked: null,
      queuedAt: finishedAt,
    });
  }

  #setsSeen({ classifiers }: LocalModels, { rows }: RegisteredDataset): RowSet[] {
    const { siteName } = this.#world.site.enrolment;
    return [...new Set(classifiers.map(({ manifest }) => rowSetOf(manifest, rows, siteName)))];
  }

  /** Tells the site every step, and the coordinator a number a second: only with the floors passed. */
  #teller({ job }: JobRecord, pass: FloorsPassed): (phase: JobPhase, progress: EvaluationProgress) => void {
    const { narrator, gate, link, clock } = this.#world;
    let last: { phase: JobPhase; at: number } | undefined;
    return (phase, progress) => {
      narrator.tell({ event: 'progress', job, phase, ...progress });
      const at = clock.now().getTime();
      if (last?.phase === phase && at - last.at < streamEveryMs) return;
      last = { phase, at };
      if (link.connected) link.progress(gate.progress(pass, { job, phase, ...progress }));
    };
  }
}

/** By class, of the rows that can count; where there are splits, of the fullest of these sets: the others may be withheld. */
function patientsThatCount(
  { rows, classPatients }: RegisteredDataset,
  sets = setsOf(rows),
): RegisteredDataset['classPatients'] {
  return sets.every((set) => set === 'all') ? classPatients : fullestSet(rows, sets);
}

function termsOf({ job, protocolDigest }: JobRecord, { disclosure }: ProtocolDocument): Terms {
  return { job, protocolDigest, minPatientsPerClass: disclosure.minPatientsPerClass };
}
