// A small trial for tests: keys from fixed seeds, a kit, three models of random bytes, a protocol and a result.
import {
  payloadTypes,
  type Envelope,
  type JobOffer,
  type Kit,
  type Manifest,
  type ModelRef,
  type ModelRole,
  type ProtocolDocument,
  type ReleasedModel,
  type ReportResult,
} from '@sidemark/core/contract';
import { digestOf, sha256, signingKeyFromSeed, signStatement, type SigningKey } from '@sidemark/core/signing';
import type { RegisteredDataset } from '../dataset/registered-dataset.ts';
import type { Evidence } from '../egress/scrutiny/report-scrutiny.ts';
import { systemClock, type Clock } from '../platform/clock.ts';
import { orderOf } from '../pipeline/result/curves.ts';
import type { DisclosureFacts } from '../pipeline/result/disclosure/disclosure-facts.ts';

export const releaseKey = signingKeyFromSeed(new Uint8Array(32).fill(1));
export const onlineKey = signingKeyFromSeed(new Uint8Array(32).fill(2));
export const strangerKey = signingKeyFromSeed(new Uint8Array(32).fill(3));

export const ids = {
  study: '00000000-0000-4000-8000-000000000001',
  site: '00000000-0000-4000-8000-000000000002',
  token: '00000000-0000-4000-8000-000000000003',
  run: '00000000-0000-4000-8000-000000000004',
  job: '00000000-0000-4000-8000-000000000005',
} as const;

export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

export function seal(payloadType: string, statement: unknown, key: SigningKey): Envelope {
  const { payload, signatures } = signStatement(payloadType, statement, key);
  return { payloadType, payload, signatures: signatures.map((signature) => ({ ...signature })) };
}

/** @param change of the key's record and of the list around it. */
export function delegationOf(
  key: SigningKey,
  signer: SigningKey = releaseKey,
  change: { readonly number?: number; readonly record?: object } = {},
): Envelope {
  const online = {
    keyId: key.keyId,
    publicKey: base64(key.publicKey),
    role: 'online',
    validFrom: '2020-01-01T00:00:00.000Z',
    validUntil: null,
    revokedAt: null,
    ...change.record,
  };
  const statement = {
    schema: 'sidemark.key-delegation/2',
    releaseKeyId: releaseKey.keyId,
    number: change.number ?? 1,
    issuedAt: '2020-01-01T00:00:00.000Z',
    online: [online],
  };
  return seal(payloadTypes.keyDelegation, statement, signer);
}

export function kitFor(coordinator: string, more: Partial<Kit> = {}): Kit {
  return {
    schema: 'sidemark.kit/1',
    coordinator,
    releaseKeyFingerprint: releaseKey.keyId,
    study: ids.study,
    site: ids.site,
    siteName: 'north',
    tokenId: ids.token,
    token: 'T'.repeat(43),
    expiresAt: '2999-01-01T00:00:00.000Z',
    ...more,
  };
}

const byRole = {
  detector: {
    decode: { variant: 'yolo-e2e', labelOffset: 0 },
    thresholds: { score: 0.5 },
    labels: ['left', 'right'],
  },
  inpainter: { decode: { variant: 'image-mask', outRange: [0, 1] }, thresholds: {}, labels: [] },
  classifier: {
    decode: { variant: 'binary', positiveIndex: 0 },
    thresholds: { decision: 0 },
    labels: ['finding'],
  },
} as const;

function manifestOf(role: ModelRole, bytes: Uint8Array): Manifest {
  const image = {
    name: 'image',
    dtype: 'float32',
    layout: 'NCHW',
    channels: 1,
    replicateGray: true,
    size: { h: 64, w: 64, dynamic: false, multipleOf: 1 },
    fit: 'stretch',
    interpolation: 'bilinear',
    antialias: true,
    roundSize: 'round',
    intensity: { from: 'modality', polarity: 'bone-white', scale: 'minmax', out: [0, 1], quantise: null },
    normalise: { order: 'scale-mean-std', scale: 1, mean: [0], std: [1], perImageZ: false },
    channelOrder: 'GRAY',
  };
  const canary = {
    pattern: 'ramp',
    range: [0, 1],
    inputSha256: '0'.repeat(64),
    outputs: { out: { indices: [0], values: [0.5] } },
    atol: 1e-4,
    rtol: 1e-4,
  };
  const common = {
    schema: 'sidemark.model/1',
    name: `the-${role}`,
    version: '1.0.0',
    sha256: sha256(bytes),
    opset: 17,
  };
  const rest = { license: 'Apache-2.0', trainedArm: null, trainedOnSites: [], input: { image, extra: [] } };
  const outputs = [{ name: 'out', semantic: 'raw' }];
  return { ...common, ...rest, role, ...byRole[role], outputs, canary: [canary] } as unknown as Manifest;
}

export interface SampleModel {
  readonly bytes: Uint8Array;
  readonly manifest: Manifest;
  readonly ref: ModelRef;
  readonly released: ReleasedModel;
}

export function modelOf(role: ModelRole, bytes: Uint8Array, signer: SigningKey = releaseKey): SampleModel {
  return releasedModel(manifestOf(role, bytes), bytes, { signer });
}

/** @param sizeBytes as the release states it; that of the bytes by default */
export function releasedModel(
  manifest: Manifest,
  bytes: Uint8Array,
  { signer = releaseKey, sizeBytes = bytes.length }: { signer?: SigningKey; sizeBytes?: number } = {},
): SampleModel {
  const { name, version, sha256: digest, role } = manifest;
  const ref = { name, version, sha256: digest, manifestSha256: digestOf(manifest) };
  const statement = {
    schema: 'sidemark.model-release/1',
    ...ref,
    role,
    sizeBytes,
    releasedAt: '2026-01-01T00:00:00.000Z',
  };
  return {
    bytes,
    manifest,
    ref,
    released: { release: seal(payloadTypes.modelRelease, statement, signer), manifest },
  };
}

const bytesFrom = (seed: number, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (i * seed + (i >> 8) * 31) & 255);

export const models = {
  detector: modelOf('detector', bytesFrom(7, 300_000)),
  inpainter: modelOf('inpainter', bytesFrom(11, 5000)),
  classifier: modelOf('classifier', bytesFrom(13, 6000)),
};

export const protocol: ProtocolDocument = {
  schema: 'sidemark.protocol/1',
  study: ids.study,
  name: 'main',
  version: 1,
  detector: models.detector.ref,
  inpainter: models.inpainter.ref,
  classifiers: [{ id: 'shortcut', model: models.classifier.ref }],
  maskPolicy: {
    version: 1,
    scoreThreshold: null,
    dilateMinPx: 4,
    dilateFraction: 0.1,
    maxAreaFraction: 0.08,
  },
  arms: ['original'],
  comparisons: [],
  disclosure: { minPatientsPerClass: 10 },
  views: ['PA'],
  analysis: { level: 0.95 },
};
export const protocolDigest = digestOf(protocol);
export const protocolEnvelope = seal(payloadTypes.protocol, protocol, releaseKey);

export function resultOf(patients: { readonly positives: number; readonly negatives: number }): ReportResult {
  const size = (count: number): { images: number; patients: number } => ({ images: count, patients: count });
  const all = size(patients.positives + patients.negatives);
  return {
    schema: 'sidemark.result/1',
    images: { registered: all, evaluated: all, skipped: [] },
    inert: { inpainted: 0, clipped: 0 },
    markers: { images: 3, left: 2, right: 1, other: 0, needsReview: 0 },
    classifiers: [
      {
        kind: 'binary',
        classifier: models.classifier.ref.sha256,
        positives: size(patients.positives),
        negatives: size(patients.negatives),
        clustered: false,
        arms: ['original'],
        auc: [{ kind: 'estimate', value: 0.75 }],
        covariance: [[{ kind: 'estimate', value: 0.001 }]],
        decisions: [{ kind: 'counts', tp: patients.positives, fp: 0, tn: patients.negatives, fn: 0 }],
      },
    ],
    comparisons: [],
  };
}

/** Of the result above, with so many patients off the commonest score; 23: no two patients have the same score. */
export function factsApart(apart: number): DisclosureFacts {
  const patients = Array.from({ length: 24 }, (_, patient) => patient);
  const values = patients.map((patient) => Math.max(0, patient - (23 - apart)));
  const order = orderOf(values);
  const cell = { classifier: 'shortcut', arm: 'original' as const };
  const positive = patients.map((patient) => patient >= 12);
  return {
    classifiers: [0],
    alone: [{ cell, patients: apart }],
    smallClasses: [],
    pairs: [],
    cells: {
      patients,
      curves: [{ ...cell, model: models.classifier.ref.sha256, kind: 'binary', values, order, positive }],
    },
    fine: { partitions: [], calibrated: [], equations: [] },
    rows: patients.map((patient) => ({
      path: `${patient}.dcm`,
      sha256: `${patient}`.padStart(64, '0'),
      label: patient % 2 === 0 ? 0 : 1,
      patient: `ANON-${patient}`,
    })),
  };
}
export const harmlessFacts = factsApart(23);

/** For the gate, of other patients for each `name`. */
export const evidenceOf = (facts: DisclosureFacts, name = ''): Evidence[] => [
  {
    facts,
    marks: facts.rows
      .map(({ patient }) => sha256(new TextEncoder().encode(name + patient)).slice(0, 32))
      .sort(),
  },
];

export const datasetOf = (
  study: string,
  classPatients: RegisteredDataset['classPatients'],
): RegisteredDataset => ({
  study,
  folder: '/nowhere',
  rows: [{ path: 'a.dcm', sha256: 'a'.repeat(64), label: 1, patient: 'ANON-1' }],
  digest: 'd'.repeat(64),
  classPatients,
});

/** An offer of the job to a site key, for an hour. */
export function offerFor(siteKeyId: string, change: Partial<JobOffer>, key: SigningKey): Envelope {
  const offer = {
    schema: 'sidemark.job-offer/1',
    job: ids.job,
    run: ids.run,
    study: ids.study,
    site: ids.site,
    siteKeyId,
    protocolDigest,
    nonce: 'e'.repeat(64),
    issuedAt: new Date().toISOString(),
    expiresAt: new Date(Date.now() + 3600_000).toISOString(),
    ...change,
  };
  return seal(payloadTypes.jobOffer, offer, key);
}

/** pauses are cut to a fiftieth */
export const hurried: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) => systemClock.sleep(Math.min(ms / 50, 200), signal),
};
