// A number, or the reason why there is none. NaN and Infinity cannot be said on the wire.
import { z } from 'zod';

export const NotEstimableReason = z.enum([
  'no-positives',
  'no-negatives',
  'too-few-positives',
  'too-few-negatives',
  'zero-variance',
  'too-few-clusters',
  'too-few-sites',
  'too-few-affected',
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

export const AucEstimate = estimateWithin(0, 1);
export const DifferenceEstimate = estimateWithin(-1, 1);
export const VarianceEstimate = estimateWithin(0, 1);
export const CovarianceEstimate = estimateWithin(-1, 1);
