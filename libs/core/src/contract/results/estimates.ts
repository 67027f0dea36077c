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
  'below-floor',
  'no-common-rows',
  'no-discordance',
  'too-few-classes',
  'too-few-folds',
  'separable',
  'non-finite',
  'empty',
]);

const notEstimable = z.strictObject({ kind: z.literal('not-estimable'), reason: NotEstimableReason });

/** Counts that would point at fewer patients than the site's floor. */
export const Withheld = z.strictObject({
  kind: z.literal('not-estimable'),
  reason: z.literal('too-few-affected'),
});

const estimateWithin = (min: number, max: number) =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('estimate'), value: z.number().min(min).max(max) }),
    notEstimable,
  ]);

const films = z.strictObject({ images: Count, patients: Count });

/** Mean and variance of one number per film; n and these two stand for the sum and the sum of squares. */
const momentsWithin = (min: number, max: number) =>
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('moments'),
      films: films.describe('films that contribute, and their patients'),
      mean: z.number().min(min).max(max).describe('in steps of about a tenth of its standard error'),
      variance: z.number().min(0).max(2).describe('between films, ddof 1, three significant digits'),
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
