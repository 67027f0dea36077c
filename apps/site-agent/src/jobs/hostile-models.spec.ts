// Models that mean harm, or are broken, released and fetched as any other: each ends its job with a typed refusal, in a
// process that is gone afterwards, and the same agent does its next job.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  type ClassifierManifest,
  payloadTypes,
  type ProtocolDocument,
  type RefusalCode,
} from '@sidemark/core/contract';
import { catalogue, type ErrorCode } from '@sidemark/core/errors';
import { canaryTensor } from '@sidemark/core/imaging';
import { modelLimits } from '@sidemark/core/onnx';
import { digestOf, sha256 } from '@sidemark/core/signing';
import { checkCanaries } from '../inference/check-canaries.ts';
import type { ChildLimits } from '../inference/inference-child.process.ts';
import { localClassifier, localFeatures } from '../pipeline/test-support/tiny-models.ts';
import {
  floats,
  greedyClassifier,
  model,
  node,
  SIDE,
  tinyClassifier,
  tinyMulticlass,
  value,
} from '../pipeline/test-support/tiny-onnx.ts';
import { temporaryFolder } from '../pipeline/test-support/tiny-study.ts';
import { AgentBench, until } from './agent-bench.sample.ts';
import { JobsStore } from './jobs.store.ts';
import type { JobRecord } from './job-record.ts';
import {
  protocol,
  protocolDigest,
  releasedModel,
  releaseKey,
  type SampleModel,
  seal,
} from './trial.sample.ts';

let bench: AgentBench;
let limits: Partial<ChildLimits> = {};

beforeAll(async () => {
  bench = await new AgentBench().open();
  bench.rooms = {
    ...bench.rooms,
    // the other models of the bench are random bytes
    checkCanaries: (models, signal) =>
      checkCanaries(
        models.filter(({ manifest }) => manifest.name.startsWith('tiny-')),
        signal,
        limits,
      ),
  };
  await bench.start();
});
afterAll(() => bench.close());

interface Released {
  readonly manifest: ClassifierManifest;
  readonly bytes: Uint8Array;
  readonly sizeBytes?: number;
}

const film = value('image', 1, [1, 1, SIDE, SIDE]);
const logits = value('logits', 1, [1, 1]);

async function releaseOf(bytes: Uint8Array, canary?: [low: number, high: number]): Promise<Released> {
  const { manifest } = await localClassifier(await temporaryFolder(), 0, bytes);
  return { bytes, manifest: canary ? shown(manifest, canary) : manifest };
}

/** The manifest with its canary's picture in another range. */
function shown(manifest: ClassifierManifest, range: [low: number, high: number]): ClassifierManifest {
  const { data } = canaryTensor('ramp', manifest.input.image, range);
  const inputSha256 = sha256(new Uint8Array(data.buffer));
  return { ...manifest, canary: [{ ...manifest.canary[0]!, range, inputSha256 }] };
}

/** A bright picture is what wakes the greedy classifiers. */
const woken = (bytes: Uint8Array): Promise<Released> => releaseOf(bytes, [0.9, 1]);

const external = (): Uint8Array =>
  model(
    [node('Mul', ['mean', 'gain'], 'logits')],
    [film],
    [logits],
    [
      {
        ...{ name: 'gain', dims: [1], dataType: 1, dataLocation: 1 },
        externalData: [{ key: 'location', value: '../../identity/site.key' }],
      },
    ],
  );

const ofVendor = (): Uint8Array =>
  model([{ ...node('Run', ['image'], 'logits'), domain: 'com.vendor' }], [film], [logits], []);

/** Counts to 2^53, and would be at it for longer than the trial. */
function endless(): Uint8Array {
  const body = {
    name: 'body',
    node: [node('Identity', ['on'], 'on-out'), node('Identity', ['sum'], 'sum-out')],
    input: [value('i', 7, []), value('on', 9, []), value('sum', 1, [1, 1])],
    output: [value('on-out', 9, []), value('sum-out', 1, [1, 1])],
  };
  return model(
    [{ ...node('Loop', ['trips', '', 'mean'], 'logits'), attribute: [{ name: 'body', g: body, type: 5 }] }],
    [film],
    [logits],
    [{ name: 'trips', dims: [], dataType: 7, int64Data: [Number.MAX_SAFE_INTEGER] }],
  );
}

async function notANumber(): Promise<Released> {
  const { manifest, bytes } = await releaseOf(tinyMulticlass(), [0, 0.1]);
  // dark: a logarithm of what is below zero
  return { bytes, manifest: { ...manifest, labels: ['a', 'b', 'c'], decode: { variant: 'multiclass' } } };
}

async function mapOfTheFilm(): Promise<Released> {
  const { manifest, path } = await localFeatures(await temporaryFolder());
  const activationMap = { method: 'gradcam-bump', features: 'image', logits: 'logits' } as const;
  return { bytes: await readFile(path), manifest: { ...manifest, activationMap } };
}

const otherOutput = (): Uint8Array =>
  model([node('Identity', ['image'], 'pixels')], [film], [value('pixels', 1, [1, 1, SIDE, SIDE])], []);

const fiveNumbers = (): Uint8Array =>
  model(
    [node('Add', ['mean', 'five'], 'logits')],
    [film],
    [value('logits', 1, [1, 5])],
    [floats('five', [1, 5], [1, 2, 3, 4, 5])],
  );

/** Releases the model, freezes a protocol with it, and offers its job. @returns the record when the job has ended */
async function jobWith({ manifest, bytes, sizeBytes }: Released): Promise<JobRecord> {
  const named = { ...manifest, name: `tiny-${manifest.name}` };
  const released = releasedModel(named, bytes, sizeBytes === undefined ? {} : { sizeBytes });
  return ended(freeze(released));
}

function freeze({ ref, released, bytes }: SampleModel): string {
  const { coordinator } = bench;
  const document: ProtocolDocument = { ...protocol, classifiers: [{ id: 'tiny', model: ref }] };
  const digest = digestOf(document);
  coordinator.released.set(ref.sha256, released);
  coordinator.bytes.set(ref.sha256, bytes);
  coordinator.protocols.set(digest, seal(payloadTypes.protocol, document, releaseKey));
  return digest;
}

async function ended(digest: string): Promise<JobRecord> {
  const job = randomUUID();
  const store = new JobsStore(bench.directory);
  bench.coordinator.offer(bench.offerOf({ job, protocolDigest: digest }));
  let record: JobRecord | undefined;
  await until(async () => {
    record = await store.find(job);
    return record !== undefined && ['refused', 'failed', 'withheld', 'reported'].includes(record.state);
  });
  return record!;
}

/** What the coordinator learns; of any other code that the model cannot be loaded. */
const told: Partial<Record<ErrorCode, RefusalCode>> = {
  'canary-failed': 'canary-failed',
  'model-digest-mismatch': 'release-invalid',
};

test.each<[string, ErrorCode, () => Promise<Released>, Partial<ChildLimits>?]>([
  ['is no ONNX file', 'model-not-onnx', () => releaseOf(new TextEncoder().encode('<html>'))],
  ['keeps its weights in the site’s key', 'model-external-data', () => releaseOf(external())],
  ['brings operators of a vendor', 'model-domain', () => releaseOf(ofVendor())],
  ['loops without end', 'model-control-flow', () => releaseOf(endless())],
  [
    'is larger than any model',
    'model-too-large',
    async () => ({ ...(await releaseOf(tinyClassifier())), sizeBytes: modelLimits.bytes + 1 }),
  ],
  ['has other outputs than it said', 'model-interface-mismatch', () => releaseOf(otherOutput())],
  ['gives more numbers than it has answers', 'model-unloadable', () => releaseOf(fiveNumbers())],
  ['answers with what is no number', 'canary-failed', notANumber],
  [
    'is another file than was released',
    'model-digest-mismatch',
    async () => ({ ...(await releaseOf(tinyClassifier())), bytes: external() }),
  ],
  ['makes its maps of the film itself', 'model-map-unavailable', mapOfTheFilm],
  ['comes to no end', 'model-unloadable', () => woken(greedyClassifier(3000, 500)), { answerMs: 2000 }],
  ['eats memory', 'model-unloadable', () => woken(greedyClassifier(30_000, 0)), { memoryBytes: 700e6 }],
  ['wants more memory than there is', 'model-unloadable', () => woken(greedyClassifier(30_000_000, 0))],
])('a model that %s ends its job with %s, and the agent lives on', async (_what, code, make, short = {}) => {
  limits = short;
  const before = bench.evaluations;
  const record = await jobWith(await make());
  expect(record).toMatchObject({ state: 'refused', reason: { message: catalogue[code].sentence } });
  expect(bench.evaluations).toBe(before);
  const notice = { state: 'refused', code: told[code] ?? 'model-unloadable' };
  await until(() => bench.coordinator.received.states.at(-1)?.state === 'refused');
  expect(bench.coordinator.received.states.at(-1)).toEqual(notice);
  // the films of the bench are the same ones every time: the gate has its own word about that
  expect(['reported', 'withheld']).toContain((await ended(protocolDigest)).state);
  expect(bench.evaluations).toBe(before + 1);
});
