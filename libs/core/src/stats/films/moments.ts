// Mean and variance of one number per film, and the precision at which they may leave. Sums and sums of squares follow
// from n, mean and variance, but exact ones would be an equation about every film.
import { disclosedValue, disclosedVariance } from '../disclosed-precision.ts';
import { type Estimate, estimate, notEstimable } from '../estimate.ts';

export interface Moments {
  readonly n: number;
  readonly mean: number;
  /** of the values, ddof 1; 0 for a single one */
  readonly variance: number;
}

/** In two passes, in the order of the values: the same values give the same bits. Not estimable (`empty`) without any. */
export function moments(values: readonly number[]): Estimate<Moments> {
  const n = values.length;
  if (n === 0) return notEstimable('empty');
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return estimate({ n, mean, variance: n === 1 ? 0 : squares / (n - 1) });
}

/**
 * As they may leave: the mean in steps near a tenth of its standard error sqrt(variance / n), or of 1 / n where that is
 * 0; the variance with three significant digits.
 */
export function disclosedMoments(values: readonly number[]): Estimate<Moments> {
  const found = moments(values);
  if (found.kind !== 'estimate') return found;
  const { n, mean, variance } = found.value;
  // a variance of rounding errors is none: equal values have the mean that they are
  const spread = variance < 1e-20 ? 0 : variance;
  const rows = { positives: n, negatives: n };
  const rounded = [
    disclosedValue(estimate(mean), estimate(spread / n), rows),
    disclosedVariance(estimate(spread)),
  ].map((one) => (one.kind === 'estimate' ? one.value : 0));
  return estimate({ n, mean: rounded[0]!, variance: rounded[1]! });
}

/** A large count as it may leave: three significant digits. @param count whole, >= 0 */
export function disclosedCount(count: number): number {
  return Number(count.toPrecision(3));
}
