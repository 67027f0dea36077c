// An analysis for tests: four sites, of which one is not qualified and one has not reported.
import type { Analysis, SiteRow } from '@sidemark/core/contract';

const digest = (digit: string): string => digit.repeat(64);
const size = (n: number) => ({ images: n + 3, patients: n });

const row = (siteName: string, change: Partial<SiteRow> = {}): SiteRow => ({
  site: `id-${siteName}`,
  siteName,
  payloadDigest: digest('a'),
  positives: size(40),
  negatives: size(90),
  estimate: { kind: 'estimate', value: 0.08 },
  standardError: 0.03,
  lower: 0.02,
  upper: 0.14,
  weightPercent: 60,
  excluded: null,
  ...change,
});
const withheld = {
  estimate: { kind: 'not-estimable', reason: 'too-few-affected' },
  excluded: 'too-few-affected',
  standardError: null,
  lower: null,
  upper: null,
  weightPercent: null,
} as const;

const estimate = (change: object) => ({
  ...{ method: 'dersimonian-laird', scale: 'plain', estimate: 0.06, lower: 0.01, upper: 0.11 },
  ...{ standardError: 0.025, tau2: 0.0012, q: 5.1, qDf: 2, qP: 0.08, i2: 61 },
  ...change,
});

const site = (siteName: string, change: Partial<Analysis['sites'][number]> = {}) => ({
  site: `id-${siteName}`,
  siteName,
  ...{ role: 'external', reported: true, qualification: 'qualified' },
  ...{ imagesEvaluated: 133, imagesSkipped: 4, imagesWithMarker: 100, inertInpainted: 33, inertClipped: 0 },
  ...change,
});

export const sampleAnalysis = {
  run: 'r1',
  protocolDigest: digest('b'),
  level: 0.95,
  computedAt: '2026-11-27T09:00:00.000Z',
  sites: [
    site('north'),
    site('south'),
    site('east', { qualification: 'not-qualified' }),
    site('west', {
      ...{ reported: false, qualification: 'missing' },
      ...{ imagesEvaluated: 0, imagesSkipped: 0, imagesWithMarker: 0, inertInpainted: 0 },
    }),
  ],
  cells: [
    {
      classifier: 'chest',
      arm: 'original',
      diagonal: true,
      sites: [
        row('north', { estimate: { kind: 'estimate', value: 0.9 } }),
        row('south', { estimate: { kind: 'estimate', value: 0.7 } }),
      ],
      pooled: {
        kind: 'pooled',
        estimates: [
          estimate({ scale: 'plain', estimate: 0.81, lower: 0.7, upper: 0.92 }),
          estimate({ scale: 'logit', estimate: 0.82, lower: 0.72, upper: 0.89 }),
          estimate({ method: 'fixed-effect', scale: 'logit', estimate: 0.85, lower: 0.8, upper: 0.89 }),
        ],
      },
    },
    {
      classifier: 'chest',
      arm: 'inpainted',
      diagonal: false,
      sites: [row('north', withheld), row('south', withheld)],
      pooled: { kind: 'not-estimable', reason: 'too-few-affected' },
    },
  ],
  comparisons: [
    {
      id: 'second',
      primary: false,
      a: { classifier: 'chest', arm: 'clipped' },
      b: { classifier: 'chest', arm: 'original' },
      sites: [row('north'), row('south')],
      pooled: { kind: 'not-estimable', reason: 'too-few-sites' },
      zTest: null,
    },
    {
      id: 'gain',
      primary: true,
      a: { classifier: 'chest', arm: 'inpainted' },
      b: { classifier: 'chest', arm: 'original' },
      sites: [row('north'), row('south', withheld)],
      pooled: {
        kind: 'pooled',
        estimates: [
          estimate({}),
          estimate({ method: 'fixed-effect', estimate: 0.07, lower: 0.04, upper: 0.1 }),
        ],
      },
      zTest: { z: 2.4, pTwoSided: 0.0164 },
    },
  ],
  multiclass: [],
  segmentation: [],
  cam: [],
  folds: [],
} as unknown as Analysis;
