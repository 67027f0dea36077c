// A number, or the reason why there is none. NaN and Infinity cannot be said on the wire.
import { z } from 'zod';
import { Count } from '../ids.ts';

export const NotEstimableReason = z.enum([
  'no-positives',
  'no-negatives',
  'too-few-positives',
  'too-few-negatives',
  'zero-variance',
  'too-few-clusters',
  'too-few-sites',
  'too-few-affected',
  'too-many-figures',
  'below-floor',
  'no-common-rows',
  'no-discordance',
  'too-few-classes',
  'too-few-folds',
  'separable',
  'non-finite',
  'empty',
]);
export type NotEstimableReason = z.infer<typeof NotEstimableReason>;

const notEstimable = z.strictObject({ kind: z.literal('not-estimable'), reason: NotEstimableReason });

/** Counts that would point at fewer patients than the site's floor. */
export const Withheld = z.strictObject({
  kind: z.literal('not-estimable'),
  reason: z.literal('too-few-affected'),
});

/** A figure that would tell of few patients, or be one equation too many about the labels. */
export const Kept = z.strictObject({
  kind: z.literal('not-estimable'),
  reason: z.enum(['too-few-affected', 'too-many-figures']),
});
export type Kept = z.infer<typeof Kept>;

/** A count that may be withheld. */
export const ShownCount = Count.nullable().describe(
  'null: withheld, because it is of few patients or would give such a count away; 0 is nobody',
);
export type ShownCount = z.infer<typeof ShownCount>;

const estimateWithin = (min: number, max: number) =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('estimate'), value: z.number().min(min).max(max) }),
    notEstimable,
  ]);

const films = z.strictObject({ images: Count, patients: Count });

/** Mean and variance of one number per film; n and these two stand for the sum and the sum of squares. */
const momentsWithin = (min: number, max: number, spread = 2) =>
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('moments'),
      films: films.describe('films that contribute, and their patients'),
      mean: z.number().min(min).max(max).describe('in steps of about a tenth of its standard error'),
      variance: z.number().min(0).max(spread).describe('between films, ddof 1, three significant digits'),
    }),
    notEstimable,
  ]);

export const ShareMoments = momentsWithin(0, 1);
export type ShareMoments = z.infer<typeof ShareMoments>;
export const DifferenceMoments = momentsWithin(-1, 1);
export type DifferenceMoments = z.infer<typeof DifferenceMoments>;
export const AucEstimate = estimateWithin(0, 1);
export const DifferenceEstimate = estimateWithin(-1, 1);
export const VarianceEstimate = estimateWithin(0, 1);
export const CovarianceEstimate = estimateWithin(-1, 1);

/** Differences of logits, cut at +-20, and their sizes. */
export const ChangeMoments = momentsWithin(-20, 20, 1000);
export type ChangeMoments = z.infer<typeof ChangeMoments>;
export const ChangeSizeMoments = momentsWithin(0, 20, 1000);
/** One change less another. */
export const ChangeDifferenceMoments = momentsWithin(-40, 40, 4000);
/** Of probabilities of 0.0001 and more. */
export const LogLossMoments = momentsWithin(0, 10, 100);
/** Coefficients of a logistic recalibration. */
export const InterceptEstimate = estimateWithin(-50, 50);
export const InterceptVariance = estimateWithin(0, 10_000);
export const SlopeEstimate = estimateWithin(-1000, 1000);
export const SlopeVariance = estimateWithin(0, 1_000_000);
