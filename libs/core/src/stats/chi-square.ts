// The chi-square distribution, upper tail only: 1 - cdf would be 0 below 1e-16.
import gammainc from '@stdlib/math-base-special-gammainc';
import quantile from '@stdlib/stats-base-dists-chisquare-quantile';

/**
 * P(X > x) for X chi-square with df degrees of freedom, in [0, 1]; relative error below 1e-12 down to 1e-300 for df <= 300.
 * df = 0 is the point mass at 0: 1 at x = 0, else 0.
 * @throws RangeError if x < 0 or is NaN, or df is not an integer >= 0.
 * Source: Abramowitz & Stegun 26.4.19. Checked: golden/meta.json (Qp, metafor 3.8), golden/stuart_maxwell.json (to 1e-120).
 */
export function chiSquareUpperTail(x: number, df: number): number {
  if (!(x >= 0)) throw new RangeError(`chi-square statistic must be >= 0: ${x}`);
  if (!Number.isSafeInteger(df) || df < 0)
    throw new RangeError(`degrees of freedom must be an integer >= 0: ${df}`);
  if (x === 0) return 1;
  if (df === 0 || x === Infinity) return 0;
  return gammainc(x / 2, df / 2, true, true);
}

/**
 * x with P(X <= x) = p.
 * @throws RangeError if p is outside [0, 1] or df is not an integer >= 1.
 */
export function chiSquareQuantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`probability must lie in [0, 1]: ${p}`);
  if (!Number.isSafeInteger(df) || df < 1)
    throw new RangeError(`degrees of freedom must be an integer >= 1: ${df}`);
  return quantile(p, df);
}
