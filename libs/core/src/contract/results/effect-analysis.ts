// What the arms do: which part of a difference is grey-scale range and which is marker shape, which arm is best, how much
// of the scores hangs on the markers. All of it is exploratory unless the plan asks for the comparison.
import { z } from 'zod';
import { Arm } from '../arms.ts';
import { Count, Slug } from '../ids.ts';
import { GlyphLetter, GlyphLook } from '../marker-swap.ts';
import { AucEstimate, ChangeMoments, ChangeSizeMoments } from './estimates.ts';
import { FigureOverSites, FigureRow, PooledAnswer, PooledFigure, siteIdentity } from './pooled-figure.ts';

const finite = z.number();
const share = finite.min(0).max(1);

const part = z.strictObject({
  sites: z.array(FigureRow),
  answer: PooledAnswer.nullable().describe('by the weights of the total, so that the parts add up to it'),
  pairWeighted: PooledFigure.shape.pairWeighted,
});

/** Inpainted minus original as clipped minus original (range) and inpainted minus clipped (shape), of one classifier. */
export const DecompositionAnalysis = z.strictObject({
  classifier: Slug,
  total: FigureOverSites,
  range: part,
  shape: part,
});
export type DecompositionAnalysis = z.infer<typeof DecompositionAnalysis>;

/** How sure it is that an arm is the best of a classifier: draws from its pooled AUCs and their covariance. */
export const RankingAnalysis = z.strictObject({
  classifier: Slug,
  draws: Count,
  seed: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .describe('from the digests of the reports'),
  sites: z.array(Slug),
  tau2: finite
    .min(0)
    .describe('of differences between sites: the largest REML tau2 of a pair of arms; 0 below three sites'),
  arms: z.array(
    z.strictObject({
      arm: Arm,
      auc: share.nullable().describe('pair-weighted over sites'),
      standardError: finite.min(0).nullable(),
      best: share.describe('share of draws in which no arm is better; equal arms share it'),
      meanRank: finite.min(1).max(4),
    }),
  ),
});
export type RankingAnalysis = z.infer<typeof RankingAnalysis>;

const flips = z.strictObject({ toPositive: Count, toNegative: Count, same: Count });

const flipSums = z.strictObject({ positives: flips, negatives: flips, sites: z.array(Slug) }).nullable();
export type FlipSums = z.infer<typeof flipSums>;

const change = z.strictObject({
  size: FigureOverSites.describe('mean size of the change of the logit by filling'),
  signed: FigureOverSites.describe('mean change, original minus filled'),
  moments: z.array(z.strictObject({ ...siteIdentity, change: ChangeMoments, size: ChangeSizeMoments })),
  flips: flipSums.describe(
    'decisions that change at the shipped threshold, summed over the sites that give them',
  ),
});

export const McNemarAnalysis = z.strictObject({
  onlyA: Count.describe('right on the first arm alone'),
  onlyB: Count.describe('right on the second alone'),
  statistic: finite.min(0),
  p: share,
  exactP: share,
  midP: share,
});
export type McNemarAnalysis = z.infer<typeof McNemarAnalysis>;

/** How much of the scores of one classifier hangs on the markers, beyond what any filled hole does to them. */
export const RelianceAnalysis = z.strictObject({
  classifier: Slug,
  marker: change,
  placebo: change.nullable().describe('null: the protocol has no placebo arm'),
  difference: FigureOverSites.nullable().describe('size of the change, marker minus placebo'),
  correctness: McNemarAnalysis.nullable().describe(
    'McNemar on right decisions, original beside inpainted: films without a marker do not change',
  ),
});
export type RelianceAnalysis = z.infer<typeof RelianceAnalysis>;

/** What glyphs do to the scores of one classifier, drawn on films whose markers are gone. */
export const SwapAnalysis = z.strictObject({
  classifier: Slug,
  glyphs: Count,
  changes: z
    .array(z.strictObject({ letter: GlyphLetter, look: GlyphLook, signed: FigureOverSites }))
    .describe('mean change of the logit by the glyph'),
  worst: FigureOverSites.describe('AUC when every film bears the glyph, or none, that misleads most'),
  flips: flipSums.describe('decisions that some glyph changes, summed over the sites that give them'),
});
export type SwapAnalysis = z.infer<typeof SwapAnalysis>;

/** What the markers alone give away of the label, site by site; a property of each site, so it is not pooled. */
export const LabelFromMarkerRow = z.strictObject({
  ...siteIdentity,
  auc: AucEstimate,
  lower: finite.nullable(),
  upper: finite.nullable(),
});
export type LabelFromMarkerRow = z.infer<typeof LabelFromMarkerRow>;
