// A study of six made-up hospitals for the pages that show one: three binary models and a multi-class one on three arms,
// five signed reports, one site at work. Its figures are invented, and look like a trial in which markers matter.
import type { Arm, ClassifierManifest, Protocol, Report, ReportResult, Run } from '@sidemark/core/contract';
import { payloadTypes } from '@sidemark/core/contract';
import { digestOf, sha256, signStatement } from '@sidemark/core/signing';
import { Presence } from '../../apps/coordinator/src/channel/presence.ts';
import { classifierManifest, multiclassManifest } from '../../apps/coordinator/src/models/manifest.sample.ts';
import {
  addSampleSite,
  addSampleStudy,
  type SampleSite,
} from '../../apps/coordinator/src/models/site.sample.ts';
import {
  freezeSample,
  registerSample,
  releaseSamples,
} from '../../apps/coordinator/src/protocols/registry.sample.ts';
import { estimated, sampleResult } from '../../apps/coordinator/src/reports/report.sample.ts';
import { ProgressBoard } from '../../apps/coordinator/src/runs/jobs/progress-board.ts';
import { type RunningCoordinator, startCoordinator } from './coordinator.ts';

const arms = ['original', 'inpainted', 'clipped'] as const;
const models = {
  'marker-trained': 'original',
  'inpaint-trained': 'inpainted',
  'clip-trained': 'clipped',
} as const satisfies Record<string, Arm>;

/** Patients with and without the finding, and by how much the markers of the site lift the model that learnt them. */
const hospitals = [
  { name: 'harbour-general', patients: [205, 410], lift: 0.02, films: 655, markers: 611 },
  { name: 'lakeside', patients: [112, 240], lift: 0.105, films: 388, markers: 301 },
  { name: 'northfield', patients: [64, 131], lift: 0.145, films: 204, markers: 198 },
  { name: 'old-mill-hospital', patients: [31, 77], lift: 0.06, films: 119, markers: 64 },
  { name: 'st-mary', patients: [150, 302], lift: 0.125, films: 470, markers: 455 },
  { name: 'westgate', patients: [88, 152], lift: 0.17, films: 251, markers: 249 },
] as const;
type Hospital = (typeof hospitals)[number];

const base: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'marker-trained': { original: 0.86, inpainted: 0.81, clipped: 0.855 },
  'inpaint-trained': { original: 0.83, inpainted: 0.865, clipped: 0.835 },
  'clip-trained': { original: 0.845, inpainted: 0.84, clipped: 0.86 },
};

/** The model that learnt the markers loses where they differ from those it learnt; the others hardly do. */
function aucOf(model: string, arm: string, { lift, patients }: Hospital): number {
  const share = model === 'marker-trained' ? (arm === 'inpainted' ? 0.35 : 1) : 0.15;
  const wobble = ((patients[0] * 7 + patients[1]) % 11) / 1000;
  return (base[model]?.[arm] ?? 0.8) - lift * share + wobble;
}

const varianceOf = (auc: number, { patients }: Hospital): number => (auc * (1 - auc) * 0.9) / patients[0];

export interface SixSites {
  readonly coordinator: RunningCoordinator;
  readonly study: string;
  readonly run: Run;
  /** of its accepted reports, in the order of the sites */
  readonly digests: readonly string[];
}

/** @param reporting how many of the six have reported; the next is at work, those after it are offered */
export async function openSixSites(reporting: number): Promise<SixSites> {
  const coordinator = await startCoordinator();
  const study = await addSampleStudy(coordinator.app, 'side-markers-2026');
  const protocol = await freezeStudyProtocol(coordinator, study);
  const sites: SampleSite[] = [];
  for (const { name } of hospitals) sites.push(await addSampleSite(coordinator.app, study, name));
  const run = (await coordinator.call<Run>('POST', '/api/runs', { body: { protocol: protocol.id } })).body;
  const digests: string[] = [];
  for (const [i, hospital] of hospitals.slice(0, reporting).entries()) {
    const site = sites[i]!;
    const report = reportOf(site, hospital, run, protocol);
    const body = signStatement(payloadTypes.report, report, site.key);
    const { status, body: answer } = await coordinator.call('POST', '/api/site/reports', {
      body,
      token: site.token,
    });
    if (status !== 200) throw new Error(JSON.stringify(answer));
    digests.push(sha256(Buffer.from(body.payload, 'base64')));
  }
  connect(coordinator, sites.slice(0, 5));
  if (sites[reporting]) await setToWork(coordinator, sites[reporting], run);
  return { coordinator, study, run, digests };
}

async function freezeStudyProtocol(coordinator: RunningCoordinator, study: string): Promise<Protocol> {
  await releaseSamples(coordinator);
  const release = async (name: string, manifest: (name: string, sha: string) => ClassifierManifest) => {
    const { sha256: sha } = await registerSample(coordinator, name, manifest);
    await coordinator.call('POST', `/api/models/${sha}/release`);
  };
  for (const [name, trainedArm] of Object.entries(models))
    await release(name, (id, sha) => ({ ...classifierManifest(id, sha), trainedArm }));
  await release('severity', multiclassManifest);
  const cell = (classifier: string, arm: Arm) => ({ classifier, arm });
  return freezeSample(coordinator, study, {
    name: 'side-markers',
    classifiers: [...Object.keys(models), 'severity'].map((id) => ({ id, model: `${id}@1.0.0` })),
    arms,
    comparisons: [
      {
        id: 'diagonal',
        a: cell('inpaint-trained', 'inpainted'),
        b: cell('marker-trained', 'original'),
        primary: true,
      },
      {
        id: 'inpainting-alone',
        a: cell('marker-trained', 'inpainted'),
        b: cell('marker-trained', 'original'),
      },
      { id: 'clipping-alone', a: cell('marker-trained', 'clipped'), b: cell('marker-trained', 'original') },
    ],
  });
}

function reportOf(site: SampleSite, hospital: Hospital, run: Run, { document, digest }: Protocol): Report {
  const versions = [document.detector, document.inpainter, ...document.classifiers.map(({ model }) => model)];
  const result = resultOf(hospital, document);
  return {
    header: {
      ...{ schema: 'sidemark.report/1', contract: 1, study: site.study, run: run.id, site: site.id },
      job: run.jobs.find((job) => job.site === site.id)!.id,
      siteKeyId: site.key.keyId,
      sequence: 1,
      protocolDigest: digest,
      models: versions.map((model) => model.sha256),
      datasetDigest: sha256(hospital.name),
      ...{ agentVersion: '0.1.0', nodeVersion: '24.11.0', onnxruntimeVersion: '1.30.0' },
      ...{ platform: 'linux', architecture: 'x64', finishedAt: '2026-11-27T09:30:00.000Z' },
    },
    result,
    resultDigest: digestOf(result),
  };
}

function resultOf(hospital: Hospital, document: Protocol['document']): ReportResult {
  const [positive, negative] = hospital.patients;
  const sizes = {
    positives: { images: positive + 9, patients: positive },
    negatives: { images: negative + 21, patients: negative },
  };
  const auc = (id: string, arm: string): number => aucOf(id, arm, hospital);
  const result = sampleResult(document, {
    confusion: {
      severity: [
        [negative - 30, 24, 6],
        [12, Math.round(positive * 0.5), 11],
        [3, 9, Math.round(positive * 0.3)],
      ],
    },
    auc: (id, arm) => [estimated(auc(id, arm)), estimated(varianceOf(auc(id, arm), hospital))],
    difference: (id) => {
      const { a, b } = document.comparisons.find((one) => one.id === id)!;
      const difference = auc(a.classifier, a.arm) - auc(b.classifier, b.arm);
      return [difference, varianceOf(auc(b.classifier, b.arm), hospital) * 0.55];
    },
  });
  // the smallest hospital has too few films on which clipping changes anything
  const kept = hospital.name === 'old-mill-hospital';
  return {
    ...result,
    images: {
      registered: { images: hospital.films + 11, patients: positive + negative + 6 },
      evaluated: { images: hospital.films, patients: positive + negative },
      skipped: [{ reason: 'view-not-allowed', images: 11 }],
    },
    inert: { inpainted: hospital.films - hospital.markers, clipped: Math.round(hospital.films * 0.31) },
    markers: {
      ...{ images: hospital.markers, left: Math.round(hospital.markers * 0.6), needsReview: 2 },
      ...{ right: hospital.markers - Math.round(hospital.markers * 0.6), other: 0 },
    },
    classifiers: result.classifiers.map((entry) =>
      entry.kind === 'binary' ? { ...entry, ...sizes } : entry,
    ),
    comparisons: result.comparisons.map((entry, i) =>
      kept && document.comparisons[i]?.id === 'clipping-alone'
        ? { ...entry, ...sizes, difference: tooFew, variance: tooFew }
        : { ...entry, ...sizes },
    ),
  };
}

const tooFew = { kind: 'not-estimable', reason: 'too-few-affected' } as const;

/** Stands in for the links of site agents. */
function connect(coordinator: RunningCoordinator, sites: readonly SampleSite[]): void {
  const link = { offer: () => {}, cancel: () => {}, answers: () => Promise.resolve(true), close: () => {} };
  for (const { id } of sites) coordinator.app.get(Presence).arrive(id, link);
}

async function setToWork(coordinator: RunningCoordinator, site: SampleSite, run: Run): Promise<void> {
  const job = run.jobs.find((one) => one.site === site.id)!.id;
  const body = { state: 'running', code: null };
  await coordinator.call('POST', `/api/site/jobs/${job}/state`, { body, token: site.token });
  coordinator.app.get(ProgressBoard).post({
    ...{
      job,
      phase: 'evaluating',
      imagesDone: 148,
      imagesTotal: 251,
      imagesSkipped: 3,
      ratePerSecond: 2.6,
      etaSeconds: 40,
    },
  });
}
