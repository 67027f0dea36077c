// A hospital under questions. Its labels are drawn by chance; what comes out is what the agent's own pipeline and egress
// gate let out. A classifier is any function of an image, so here it is a function of the patient and the arm.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Arm, ReportResult } from '@sidemark/core/contract';
import { isDomainError } from '@sidemark/core/errors';
import { digestOf, sha256 } from '@sidemark/core/signing';
import type { Random } from '@sidemark/phantom';
import { deriveMarkKey, patientMarks } from '../../apps/site-agent/src/dataset/patient-marks.ts';
import type { DatasetRow } from '../../apps/site-agent/src/dataset/registered-dataset.ts';
import { EgressGate } from '../../apps/site-agent/src/egress/gate.ts';
import { LedgerStore } from '../../apps/site-agent/src/egress/ledger.store.ts';
import { ids, protocolDigest } from '../../apps/site-agent/src/jobs/trial.sample.ts';
import type { LocalModels } from '../../apps/site-agent/src/models/local-model.ts';
import type { ImageOutcome } from '../../apps/site-agent/src/pipeline/image/image-outcome.ts';
import { buildResult, type Evaluated } from '../../apps/site-agent/src/pipeline/result/build-result.ts';
import {
  localClassifier,
  localDetector,
  localInpainter,
  localMulticlass,
} from '../../apps/site-agent/src/pipeline/test-support/tiny-models.ts';
import { temporaryFolder, tinyProtocol } from '../../apps/site-agent/src/pipeline/test-support/tiny-study.ts';
import { systemClock } from '../../apps/site-agent/src/platform/clock.ts';
import { openDataDirectory } from '../../apps/site-agent/src/platform/disk/data-directory.ts';
import { silentLog } from '../../apps/site-agent/src/platform/log.ts';
import { PolicyStore } from '../../apps/site-agent/src/policy/policy.store.ts';

export interface Classifier {
  readonly name: string;
  /** decisions are positive from here on; 0 unless given */
  readonly threshold?: number;
  /** a score, or class of `classes` many; NaN: the model fails on this image */
  readonly says: (patient: number, arm: Arm) => number;
  readonly classes?: number;
}

export interface Question {
  readonly classifiers: readonly Classifier[];
  /** original alone unless given */
  readonly arms?: readonly Arm[];
  /** inpainted minus original of the first classifier */
  readonly compared?: boolean;
  /** what the site has registered by now: all its patients and their labels unless given */
  readonly data?: Data;
}

export interface Data {
  readonly patients: readonly number[];
  readonly labels: readonly (0 | 1)[];
}

export interface Templates {
  readonly models: LocalModels;
  readonly multiclass: LocalModels['classifiers'][number];
}

export async function makeTemplates(): Promise<Templates> {
  const folder = await temporaryFolder();
  const models = {
    detector: await localDetector(folder),
    inpainter: await localInpainter(folder),
    classifiers: [await localClassifier(folder)],
  };
  return { models, multiclass: await localMulticlass(folder) };
}

const floor = 10;
const terms = { job: ids.job, protocolDigest, minPatientsPerClass: floor };
const markKey = deriveMarkKey(new Uint8Array(32).fill(3));

export class Hospital {
  /** why nothing came out, as the people of the site read it; the asker never sees it */
  readonly refusals: string[] = [];
  withheld = 0;
  released = 0;

  private constructor(
    private readonly templates: Templates,
    readonly rules: 'off' | 'on',
    readonly all: Data,
    private readonly gate: EgressGate,
    private readonly ledgerPath: string,
    private readonly folder: string,
  ) {}

  static async open(
    templates: Templates,
    rules: 'off' | 'on',
    size: number,
    random: Random,
  ): Promise<Hospital> {
    const patients = Array.from({ length: size }, (_, patient) => patient);
    const labels = patients.map(() => (random.next() < 0.5 ? 0 : 1));
    const folder = await mkdtemp(join(tmpdir(), 'sidemark-disclosure-'));
    const directory = await openDataDirectory(join(folder, 'data'));
    const ledger = new LedgerStore(directory.ledger);
    const policies = new PolicyStore(directory.policy);
    const gate = new EgressGate('https://trial.example', ledger, policies, systemClock, silentLog);
    return new Hospital(templates, rules, { patients, labels }, gate, directory.ledger, folder);
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /** What leaves: the figures, or nothing. */
  async ask(question: Question): Promise<ReportResult | undefined> {
    const { result, facts } = this.#evaluate(question);
    if (this.rules === 'off') return result;
    const report = reportOf(result, this.templates.models, this.released + 1);
    try {
      const evidence = facts.map((of) => ({ facts: of, marks: patientMarks(of.rows, markKey) }));
      await this.gate.report(report, terms, evidence);
    } catch (error) {
      if (!isDomainError(error)) throw error;
      this.refusals.push(error.code);
      return undefined;
    }
    this.released++;
    if (JSON.stringify(result).includes('too-few-affected')) this.withheld++;
    return result;
  }

  /** reports that were cleared for signing, as a restarted agent counts them */
  async left(): Promise<number> {
    return (await new LedgerStore(this.ledgerPath).reported.all()).length;
  }

  #evaluate({ arms = ['original'], compared, data = this.all, ...question }: Question): Evaluated {
    const classifiers = question.classifiers.map((one) => ({
      ...one,
      name: one.name.replaceAll(/[ .]/g, '-'),
    }));
    const models = {
      ...this.templates.models,
      classifiers: classifiers.map((one) => modelOf(this.templates, one)),
    };
    const pair = {
      a: { classifier: classifiers[0]!.name, arm: 'inpainted' },
      b: { classifier: classifiers[0]!.name, arm: 'original' },
    };
    const protocol = tinyProtocol(models, { arms, comparisons: compared ? [{ id: 'gain', ...pair }] : [] });
    const rows = data.patients.map((patient, i): DatasetRow => {
      const label = data.labels[i]!;
      return {
        path: `${patient}.png`,
        sha256: sha256(Buffer.from(`${patient}`)),
        label,
        class: label === 0 ? 0 : 1 + (patient % 2),
        patient: `p${patient}`,
        sex: patient % 2 === 0 ? 'F' : 'M',
      };
    });
    const order = rows.map((_, i) => i).sort((a, b) => (rows[a]!.sha256 < rows[b]!.sha256 ? -1 : 1));
    return buildResult({
      protocol,
      models,
      rows: order.map((i) => rows[i]!),
      outcomes: order.map((i) => outcomeOf(data.patients[i]!, classifiers, arms)),
      floor: this.rules === 'on' ? floor : 1,
      siteName: 'here',
      foldKey: 'key',
    });
  }
}

function modelOf({ models, multiclass }: Templates, one: Classifier): LocalModels['classifiers'][number] {
  const base = one.classes === undefined ? models.classifiers[0]! : multiclass;
  const labels =
    one.classes === undefined
      ? base.manifest.labels
      : Array.from({ length: one.classes }, (_, k) => `class ${k}`);
  const thresholds = one.threshold === undefined ? {} : { decision: one.threshold };
  const manifest = { ...base.manifest, name: one.name, labels, thresholds };
  return { ...base, sha256: sha256(Buffer.from(one.name)), manifest };
}

function outcomeOf(patient: number, classifiers: readonly Classifier[], arms: readonly Arm[]): ImageOutcome {
  const said = classifiers.map(({ says }) => arms.map((arm) => says(patient, arm)));
  if (said.flat().some(Number.isNaN)) return { kind: 'skipped', reason: 'non-finite-output' };
  return {
    kind: 'scored',
    scores: said.map((of, at) => of.map((one) => logitsOf(one, classifiers[at]!.classes))),
    inert: { inpainted: false, clipped: false },
    markers: { left: 1, right: 0, other: 0, needsReview: false },
  };
}

const logitsOf = (one: number, classes: number | undefined): number[] =>
  classes === undefined ? [one] : Array.from({ length: classes }, (_, k) => (k === one ? 1 : 0));

function reportOf(
  result: ReportResult,
  models: LocalModels,
  sequence: number,
): Parameters<EgressGate['report']>[0] {
  const header = {
    schema: 'sidemark.report/1' as const,
    contract: 1,
    study: ids.study,
    run: ids.run,
    job: ids.job,
    site: ids.site,
    siteKeyId: 'b'.repeat(64),
    sequence,
    protocolDigest,
    models: [
      models.detector.sha256,
      models.inpainter.sha256,
      ...result.classifiers.map(({ classifier }) => classifier),
    ],
    datasetDigest: 'd'.repeat(64),
    agentVersion: '0.1.0',
    nodeVersion: '20.0.0',
    onnxruntimeVersion: '1.0.0',
    platform: 'linux' as const,
    architecture: 'x64' as const,
    finishedAt: '2026-01-01T00:00:00.000Z',
  };
  return { header, result, resultDigest: digestOf(result) };
}
