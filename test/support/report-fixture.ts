// A small valid report and the bundle around it, signed with test keys.
import {
  type BinaryResult,
  type Calibration,
  contractVersion,
  type KeyRecord,
  payloadTypes,
  type Report,
  type ReportBundle,
  type ReportResult,
  type ScoreChange,
  type ShareMoments,
} from '@sidemark/core/contract';
import { canonicalBytes, digestOf, sha256, signingKeyFromSeed, signStatement } from '@sidemark/core/signing';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const key = (n: number) => signingKeyFromSeed(new Uint8Array(32).fill(n));
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const at = '2026-11-23T12:00:00.000Z';

export const testKeys = { release: key(1), online: key(2), site: key(3) };

const size = (n: number) => ({ images: n, patients: n });
const sha = (n: number): string => sha256(`model ${n}`);

export const exampleResult: ReportResult = {
  schema: 'sidemark.result/1',
  images: { registered: size(40), evaluated: size(40), skipped: [] },
  inert: { inpainted: 12, clipped: 15 },
  markers: { images: 28, left: 10, right: 18, other: 0, needsReview: 0 },
  classifiers: [
    {
      kind: 'binary',
      classifier: sha(3),
      positives: size(20),
      negatives: size(20),
      clustered: false,
      arms: ['original', 'inpainted'],
      auc: [
        { kind: 'estimate', value: 0.8125 },
        { kind: 'estimate', value: 0.9 },
      ],
      covariance: [
        [
          { kind: 'estimate', value: 0.004 },
          { kind: 'estimate', value: 1e-7 },
        ],
        [
          { kind: 'estimate', value: 1e-7 },
          { kind: 'estimate', value: 0.002 },
        ],
      ],
      decisions: [
        { kind: 'counts', tp: 15, fp: 4, tn: 16, fn: 5 },
        { kind: 'counts', tp: 18, fp: 2, tn: 18, fn: 2 },
      ],
    },
  ],
  comparisons: [],
};

const mean = (value: number): ShareMoments => ({
  kind: 'moments',
  films: size(30),
  mean: value,
  variance: 0.04,
});
const stays = { kind: 'not-estimable', reason: 'too-few-affected' } as const;

/** The same classifier, which also segments and gives activation maps, beside one that is withheld. */
export const drawnResult: ReportResult = {
  ...exampleResult,
  classifiers: [
    {
      ...(exampleResult.classifiers[0] as BinaryResult),
      rows: 'fold',
      segmentation: {
        bothEmpty: 'one',
        withoutTruth: 10,
        dice: [mean(0.7), mean(0.72)],
        pixels: [{ kind: 'counts', tp: 12_300, fp: 410, fn: 1000 }, stays],
        empty: [{ kind: 'counts', both: 10, truth: 15, prediction: 12 }, stays],
        differences: [{ a: 'original', b: 'inpainted', dice: mean(-0.02) }],
      },
      cam: {
        marker: [mean(0.2), mean(0.01)],
        lesion: [mean(0.4), stays],
        elsewhere: [mean(0.4), mean(0.5)],
        zeroMaps: [{ kind: 'counts', images: 0 }, stays],
      },
    },
    { kind: 'withheld', classifier: sha(4), arms: ['original', 'inpainted'], reason: 'below-floor' },
  ],
};

const gridOf = (low: number): NonNullable<BinaryResult['grid']>[number] => ({
  kind: 'cells',
  cells: [
    { upTo: 14, positives: 0, negatives: low, predicted: 0.2 },
    { upTo: 28, positives: 20, negatives: 20, predicted: 0.8 },
  ],
  youden: { from: 14, tp: 20, fp: 20, tn: low, fn: 0 },
});
const moved = { kind: 'moments', films: size(28), mean: 1.2, variance: 0.3 } as const;
const change: ScoreChange = {
  change: moved,
  size: moved,
  bins: { kind: 'cells', cells: [{ upTo: 15, images: 28 }] },
  flips: stays,
};
const calibrated: Calibration = {
  kind: 'calibration',
  predicted: mean(0.5),
  brier: mean(0.2),
  logLoss: mean(0.6),
  intercept: { kind: 'estimate', value: -0.1 },
  interceptVariance: { kind: 'estimate', value: 0.06 },
  slope: { kind: 'estimate', value: 0.9 },
  slopeVariance: { kind: 'estimate', value: 0.04 },
};

/** A classifier with all of the finer figures, and those of its site. */
export const fineResult: ReportResult = {
  ...exampleResult,
  classifiers: [
    {
      ...(exampleResult.classifiers[0] as BinaryResult),
      positives: size(20),
      negatives: size(40),
      decisions: [stays, stays],
      grid: [gridOf(20), stays],
      calibration: [calibrated, { kind: 'not-estimable', reason: 'too-many-figures' }],
      reliance: { marker: change, placebo: change, difference: { ...moved, mean: 0 } },
      strata: (['female', 'male'] as const).map((level) => ({
        ...{ of: 'sex' as const, level, positives: size(20), negatives: size(20) },
        auc: [{ kind: 'estimate' as const, value: 0.8 }, stays],
        variance: [{ kind: 'estimate' as const, value: 0.004 }, stays],
      })),
    },
  ],
  joint: [
    {
      cells: [
        { classifier: 0, arm: 'original' },
        { classifier: 0, arm: 'inpainted' },
      ],
      covariance: [[0.004], [null, null]],
    },
  ],
  labelFromMarker: {
    ...{ positives: size(20), negatives: size(40), folds: 5 },
    auc: { kind: 'estimate', value: 0.7 },
    variance: { kind: 'estimate', value: 0.003 },
  },
  placebo: { filled: 28, withoutPlace: 0 },
};

export function exampleReport(result: ReportResult = exampleResult): Report {
  return {
    header: {
      schema: 'sidemark.report/1',
      contract: contractVersion,
      study: uuid(1),
      run: uuid(2),
      job: uuid(3),
      site: uuid(4),
      siteKeyId: testKeys.site.keyId,
      sequence: 1,
      protocolDigest: sha256('protocol'),
      models: [sha(1), sha(2), sha(3)],
      datasetDigest: sha256('dataset'),
      agentVersion: '0.1.0',
      nodeVersion: '20.20.2',
      onnxruntimeVersion: '1.30.0',
      platform: 'linux',
      architecture: 'x64',
      finishedAt: at,
    },
    result,
    resultDigest: digestOf(result),
  };
}

export function exampleBundle(
  report: Report = exampleReport(),
  siteKey: Partial<KeyRecord> = {},
): ReportBundle {
  const { release, online, site } = testKeys;
  const payloadDigest = sha256(canonicalBytes(report));
  const { job, run, site: siteId, sequence } = report.header;
  const onlineRecord = {
    keyId: online.keyId,
    publicKey: base64(online.publicKey),
    role: 'online',
    validFrom: at,
    validUntil: null,
    revokedAt: null,
  };
  const delegation = {
    schema: 'sidemark.key-delegation/2',
    releaseKeyId: release.keyId,
    number: 1,
    issuedAt: at,
    online: [onlineRecord],
  };
  const siteRecord = {
    ...onlineRecord,
    keyId: site.keyId,
    publicKey: base64(site.publicKey),
    role: 'site',
    ...siteKey,
  };
  const statement = { schema: 'sidemark.site-key/1', site: siteId, key: siteRecord, statedAt: at };
  const receipt = {
    schema: 'sidemark.receipt/1',
    job,
    site: siteId,
    payloadDigest,
    sequence,
    receivedAt: at,
    auditHead: sha256('head'),
  };
  return {
    stored: {
      payloadDigest,
      resultDigest: report.resultDigest,
      job,
      run,
      site: siteId,
      siteKeyId: site.keyId,
      sequence,
      state: 'accepted',
      receivedAt: at,
    },
    report,
    envelope: signStatement(payloadTypes.report, report, site),
    receipt: signStatement(payloadTypes.receipt, receipt, online),
    sitePublicKey: base64(site.publicKey),
    siteKey: signStatement(payloadTypes.siteKey, statement, online),
    delegation: signStatement(payloadTypes.keyDelegation, delegation, release),
    releasePublicKey: base64(release.publicKey),
  };
}
