// How the scores of a classifier carry over to a site: its threshold, its calibration, its curve, parts of the patients.
import { z } from 'zod';
import { Arm } from '../arms.ts';
import { Count, Slug } from '../ids.ts';
import { FigureOverSites, siteIdentity } from './pooled-figure.ts';
import { ScoreGrid } from './score-figures.ts';
import { StratumLevel, StratumOf } from './site-figures.ts';

const share = z.number().min(0).max(1);
const change = z.number().min(-1).max(1);

const decided = z.strictObject({ accuracy: share, sensitivity: share, specificity: share });

/** `shipped`: at the threshold of the manifest; `local`: at the site’s own Youden point on the fixed grid. */
const transfer = {
  shipped: decided,
  local: decided.nullable().describe('null: the site gives none'),
  accuracyLoss: change.nullable().describe('local minus shipped'),
  youdenLoss: z
    .number()
    .min(-2)
    .max(2)
    .nullable()
    .describe('of sensitivity + specificity, local minus shipped'),
};

export const ThresholdAnalysis = z.strictObject({
  classifier: Slug,
  arm: Arm,
  sites: z.array(z.strictObject({ ...siteIdentity, images: Count, ...transfer })),
  pooled: z
    .strictObject({ sites: z.array(Slug), images: Count, ...transfer })
    .nullable()
    .describe('counts of the sites that give both, summed: each site at its own point'),
});
export type ThresholdAnalysis = z.infer<typeof ThresholdAnalysis>;

export const CalibrationAnalysis = z.strictObject({
  classifier: Slug,
  arm: Arm,
  inTheLarge: FigureOverSites.describe('intercept with the logit as offset; 0 is right'),
  slope: FigureOverSites.describe('1 is right; below: predictions too extreme'),
  sites: z.array(
    z.strictObject({
      ...siteIdentity,
      observed: share.describe('share of positives'),
      predicted: share.nullable(),
      brier: share.nullable(),
      logLoss: z.number().min(0).nullable(),
    }),
  ),
});
export type CalibrationAnalysis = z.infer<typeof CalibrationAnalysis>;

/** The fixed grids of the sites: ROC curve, reliability and score histograms are sums over their cells. */
export const GridsAnalysis = z.strictObject({
  classifier: Slug,
  arm: Arm,
  sites: z.array(z.strictObject({ ...siteIdentity, grid: ScoreGrid })),
});
export type GridsAnalysis = z.infer<typeof GridsAnalysis>;

/** AUC in one part of the patients. */
export const StratumAnalysis = z.strictObject({
  classifier: Slug,
  arm: Arm,
  of: StratumOf,
  level: StratumLevel,
  ...FigureOverSites.shape,
});
export type StratumAnalysis = z.infer<typeof StratumAnalysis>;
