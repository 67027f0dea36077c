// A study of six made-up hospitals, or more, for the pages that show one: three binary models, a multi-class one and five
// folds on four arms, signed reports, one site at work. The films are invented, and look like a trial in which markers
// matter; every figure is what the agent makes of them.
import { setTimeout } from 'node:timers/promises';
import type {
  Arm,
  ClassifierManifest,
  Protocol,
  Report,
  ReportResult,
  Run,
  Study,
} from '@sidemark/core/contract';
import { payloadTypes } from '@sidemark/core/contract';
import { digestOf, sha256, signStatement } from '@sidemark/core/signing';
import { buildResult } from '../../apps/site-agent/src/pipeline/result/build-result.ts';
import { Presence } from '../../apps/coordinator/src/channel/presence.ts';
import {
  classifierManifest,
  detectorManifest,
  inpainterManifest,
  multiclassManifest,
} from '../../apps/coordinator/src/models/manifest.sample.ts';
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
import { ProgressBoard } from '../../apps/coordinator/src/runs/jobs/progress-board.ts';
import { type RunningCoordinator, startCoordinator } from './coordinator.ts';
import { madeUpFilms } from './made-up/films.ts';
import { type Hospital, hospitals } from './made-up/hospitals.ts';

const arms = ['original', 'inpainted', 'clipped', 'placebo'] as const;
const internal = 'harbour-general';

const withMaps = (name: string, sha: string): ClassifierManifest => ({
  ...classifierManifest(name, sha),
  trainedOnSites: [internal],
  outputs: [
    { name: 'out', semantic: 'logits' },
    { name: 'map', semantic: 'cam' },
  ],
});
const trainedOn =
  (trainedArm: Arm) =>
  (name: string, sha: string): ClassifierManifest => ({ ...withMaps(name, sha), trainedArm });

type MakeManifest = (name: string, sha: string) => ClassifierManifest;
const foldNumbers = [1, 2, 3, 4, 5] as const;
const folds: readonly string[] = foldNumbers.map((n) => `fold-${n}`);
const foldManifest =
  (heldOut: number): MakeManifest =>
  (name, sha) => ({ ...classifierManifest(name, sha), fold: { k: 5, heldOut } });
const models: Readonly<Record<string, MakeManifest>> = {
  'marker-trained': trainedOn('original'),
  'inpaint-trained': trainedOn('inpainted'),
  'clip-trained': trainedOn('clipped'),
  severity: multiclassManifest,
  ...Object.fromEntries(foldNumbers.map((n) => [`fold-${n}`, foldManifest(n)])),
};

export interface SixSites {
  readonly coordinator: RunningCoordinator;
  readonly study: string;
  readonly run: Run;
  readonly sites: readonly SampleSite[];
  /** of its accepted reports, in the order of the sites */
  readonly digests: readonly string[];
}

/** @param reporting how many of the sites have reported; the next is at work, those after it are offered */
export async function openSixSites(reporting: number, sites = 6): Promise<SixSites> {
  const coordinator = await startCoordinator();
  const study = await addSampleStudy(coordinator.app, 'side-markers-2026');
  const protocol = await freezeStudyProtocol(coordinator, study);
  const open = await openRun(coordinator, study, protocol, hospitals(sites), reporting);
  return { coordinator, study, ...open };
}

async function openRun(
  coordinator: RunningCoordinator,
  study: Study['id'],
  protocol: Protocol,
  all: readonly Hospital[],
  reporting: number,
): Promise<Pick<SixSites, 'run' | 'sites' | 'digests'>> {
  const sites: SampleSite[] = [];
  for (const { name } of all) sites.push(await addSampleSite(coordinator.app, study, name));
  const run = (await coordinator.call<Run>('POST', '/api/runs', { body: { protocol: protocol.id } })).body;
  const reports = all.slice(0, reporting).map((hospital, i) => reportOf(sites[i]!, hospital, run, protocol));
  // while that was computed, the coordinator closed connections that were idle: let this process notice
  await setTimeout(50);
  const digests: string[] = [];
  for (const [i, report] of reports.entries()) digests.push(await submit(coordinator, sites[i]!, report));
  connect(coordinator, sites.slice(0, -1));
  if (sites[reporting]) await setToWork(coordinator, sites[reporting], run);
  return { run, sites, digests };
}

/** @returns the digest of its payload */
async function submit(coordinator: RunningCoordinator, site: SampleSite, report: Report): Promise<string> {
  const body = signStatement(payloadTypes.report, report, site.key);
  const { status, body: answer } = await coordinator.call('POST', '/api/site/reports', {
    body,
    token: site.token,
  });
  if (status !== 200) throw new Error(JSON.stringify(answer));
  return sha256(Buffer.from(body.payload, 'base64'));
}

async function freezeStudyProtocol(coordinator: RunningCoordinator, study: string): Promise<Protocol> {
  await releaseSamples(coordinator);
  for (const [name, manifestOf] of Object.entries(models)) {
    const { sha256: sha } = await registerSample(coordinator, name, manifestOf);
    await coordinator.call('POST', `/api/models/${sha}/release`);
  }
  const cell = (classifier: string, arm: Arm) => ({ classifier, arm });
  return freezeSample(coordinator, study, {
    name: 'side-markers',
    classifiers: Object.keys(models).map((id) => ({
      id,
      model: `${id}@1.0.0`,
      ...(folds.includes(id) ? { foldOf: 'cross-validation' } : {}),
    })),
    arms,
    swap: { library: 'sidemark-glyphs/1', corners: ['top-left', 'top-right'], sizes: [0.05] },
    // the paper's question: hospitals that no model was trained at
    analysis: {
      level: 0.95,
      plan: {
        families: [{ name: 'main', comparisons: ['diagonal'] }],
        ...{ sites: 'external', margins: [], internalSites: [] },
      },
    },
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

function resultOf(hospital: Hospital, protocol: Protocol['document']): ReportResult {
  const { detector, inpainter, classifiers } = protocol;
  const path = '';
  return buildResult({
    protocol,
    models: {
      detector: { ...detector, path, manifest: detectorManifest(detector.name, detector.sha256) },
      inpainter: { ...inpainter, path, manifest: inpainterManifest(inpainter.name, inpainter.sha256) },
      classifiers: classifiers.map(({ id, model: { sha256: sha } }) => ({
        ...{ sha256: sha, path, manifest: models[id]!(id, sha) },
      })),
    },
    ...madeUpFilms(hospital, protocol),
    floor: protocol.disclosure.minPatientsPerClass,
    siteName: hospital.name,
    foldKey: hospital.name,
  }).result;
}

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
