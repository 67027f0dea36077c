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

const meta = (answer: object | null, change: object = {}) => ({
  scale: 'plain',
  members: answer ? [{ siteName: 'north', weightPercent: 100 }] : [],
  answer: answer && {
    ...{ method: 'reml', test: 'floored-knapp-hartung', standardError: 0.025, df: 2, pTwoSided: null },
    ...answer,
  },
  ...{ heterogeneity: null, prediction: null, sensitivity: [], leaveOneOut: [], pairWeighted: null },
  ...change,
});
const question = (status: string, pAdjusted: number | null) => ({
  ...{ status, family: null, sites: 'all', p: pAdjusted, pAdjusted, correction: 'gatekeeping-holm' },
  margin: null,
});
const heterogeneity = {
  ...{ q: 5.1, qDf: 2, qP: 0.08, i2: 61, i2Lower: 0, i2Upper: 89 },
  ...{ tau2: 0.0012, tau2Lower: 0, tau2Upper: 0.02 },
};

const site = (siteName: string, change: Partial<Analysis['sites'][number]> = {}) => ({
  site: `id-${siteName}`,
  siteName,
  ...{ role: 'external', reported: true, qualification: 'qualified', refusal: null },
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
  plan: {
    ...{ declared: false, families: [], sites: 'all', margins: [] },
    internal: [{ classifier: 'chest', sites: ['south'] }],
  },
  cells: [
    {
      classifier: 'chest',
      arm: 'original',
      diagonal: true,
      sites: [
        row('north', { estimate: { kind: 'estimate', value: 0.9 } }),
        row('south', { estimate: { kind: 'estimate', value: 0.7 } }),
      ],
      pooled: { kind: 'pooled', estimates: [] },
      meta: meta({ estimate: 0.82, lower: 0.72, upper: 0.89 }),
    },
    {
      classifier: 'chest',
      arm: 'inpainted',
      diagonal: false,
      sites: [row('north', withheld), row('south', withheld)],
      pooled: { kind: 'not-estimable', reason: 'too-few-affected' },
      meta: meta(null),
    },
  ],
  comparisons: [
    {
      id: 'second',
      a: { classifier: 'chest', arm: 'clipped' },
      b: { classifier: 'chest', arm: 'original' },
      sites: [row('north'), row('south')],
      pooled: { kind: 'not-estimable', reason: 'too-few-sites' },
      meta: meta({ method: 'none', estimate: 0.08, lower: 0.02, upper: 0.14 }),
      question: question('secondary', null),
    },
    {
      id: 'gain',
      a: { classifier: 'chest', arm: 'inpainted' },
      b: { classifier: 'chest', arm: 'original' },
      sites: [row('north'), row('south', withheld)],
      pooled: { kind: 'pooled', estimates: [] },
      meta: meta(
        { estimate: 0.06, lower: 0.01, upper: 0.11, pTwoSided: 0.0164 },
        {
          heterogeneity,
          prediction: { lower: -0.07, upper: 0.19 },
          leaveOneOut: [{ without: 'north', estimate: 0.05, lower: -0.01, upper: 0.11, pTwoSided: 0.09 }],
        },
      ),
      question: question('primary', 0.0328),
    },
  ],
  multiclass: [],
  segmentation: [],
  cam: [],
  folds: [],
  history: [
    {
      ...{ site: 'id-north', siteName: 'north' },
      reports: [{ payloadDigest: digest('a'), state: 'accepted', receivedAt: '2026-11-27T09:00:00.000Z' }],
    },
  ],
  exclusions: [
    { site: 'id-west', siteName: 'west', from: 'run', of: null, reason: 'not-reported', detail: null },
    {
      ...{ site: 'id-south', siteName: 'south', from: 'comparison', of: 'gain' },
      ...{ reason: 'withheld', detail: 'too-few-affected' },
    },
  ],
} as unknown as Analysis;
