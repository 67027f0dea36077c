// Reports made by hand for tests of the analysis: one classifier on three arms.
import {
  Analysis,
  type Arm,
  type BinaryResult,
  type ProtocolDocument,
  type ReportResult,
} from '../contract/index.ts';
import { planPooling, type PoolingInput } from './index.ts';

export const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const sha = 'c'.repeat(64);
export const arms: Arm[] = ['original', 'inpainted', 'clipped'];
export const known = (value: number) => ({ kind: 'estimate', value }) as const;
export const size = (n: number): { images: number; patients: number } => ({ images: n, patients: n });

/** AUCs of the three arms at a site, with the variances of their differences. */
export interface SiteFigures {
  auc: readonly [number, number, number];
  /** inpainted - original, clipped - original, inpainted - clipped; the covariances follow */
  spread: readonly [number, number, number];
  pairs?: readonly [number, number];
  more?: Partial<BinaryResult>;
}

const variance = 0.004;

/** Covariances with which the differences have these variances, every arm having 0.004. */
function covariance([io, co, ic]: SiteFigures['spread']): BinaryResult['covariance'] {
  const between = (spread: number): number => variance - spread / 2;
  return [
    [variance, between(io), between(co)],
    [between(io), variance, between(ic)],
    [between(co), between(ic), variance],
  ].map((row) => row.map(known));
}

function resultOf({ auc, spread, pairs = [40, 60], more = {} }: SiteFigures): ReportResult {
  const [positives, negatives] = pairs;
  return {
    schema: 'sidemark.result/1',
    images: { registered: size(100), evaluated: size(100), skipped: [] },
    inert: { inpainted: 0, clipped: 0 },
    markers: { images: 60, left: 30, right: 30, other: 0, needsReview: 0 },
    classifiers: [
      {
        kind: 'binary',
        classifier: sha,
        positives: size(positives),
        negatives: size(negatives),
        clustered: false,
        arms,
        auc: auc.map(known),
        covariance: covariance(spread),
        decisions: arms.map(() => ({ kind: 'counts', tp: 30, fp: 12, tn: 48, fn: 10 })),
        ...more,
      },
    ],
    comparisons: [],
  };
}

const model = { name: 'one', version: '1.0.0', sha256: sha, manifestSha256: 'f'.repeat(64) };

export function input(sites: readonly SiteFigures[], change: Partial<ProtocolDocument> = {}): PoolingInput {
  const document: ProtocolDocument = {
    schema: 'sidemark.protocol/1',
    study: id(1),
    name: 'main',
    version: 1,
    detector: model,
    inpainter: model,
    classifiers: [{ id: 'one', model }],
    maskPolicy: {
      version: 1,
      scoreThreshold: null,
      dilateMinPx: 4,
      dilateFraction: 0.1,
      maxAreaFraction: 0.08,
    },
    arms,
    comparisons: [],
    disclosure: { minPatientsPerClass: 10 },
    views: ['PA'],
    analysis: { level: 0.95 },
    ...change,
  };
  const named = sites.map((_, at) => ({
    site: id(10 + at),
    siteName: `site-${at}`,
    role: at === 0 ? ('internal' as const) : ('external' as const),
  }));
  return {
    run: id(2),
    protocolDigest: 'a'.repeat(64),
    document,
    classifiers: new Map([['one', { sha256: sha, kind: 'binary', trainedArm: 'original', labels: [] }]]),
    sites: named,
    reports: sites.map((site, at) => ({
      site: named[at]!.site,
      siteName: named[at]!.siteName,
      payloadDigest: `${at}`.padStart(64, 'e'),
      result: resultOf(site),
    })),
    computedAt: '2026-01-01T00:00:00.000Z',
  };
}

export const analyse = (...of: Parameters<typeof input>): Analysis =>
  Analysis.parse(planPooling(input(...of)));

export const three: SiteFigures[] = [
  { auc: [0.8, 0.84, 0.83], spread: [0.0005, 0.0004, 0.0002] },
  { auc: [0.75, 0.82, 0.77], spread: [0.0006, 0.0003, 0.0004] },
  { auc: [0.7, 0.72, 0.73], spread: [0.0008, 0.0005, 0.0003] },
];
