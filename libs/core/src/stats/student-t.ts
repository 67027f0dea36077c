// Student's t distribution, tails first.
import betainc from '@stdlib/math-base-special-betainc';
import quantile from '@stdlib/stats-base-dists-t-quantile';

/**
 * P(|T| > |t|) for df degrees of freedom (any real > 0), in [0, 1]; relative error about 1e-12 down to 1e-300.
 * @throws RangeError if df is not > 0 or t is NaN.
 * Source: Abramowitz & Stegun 26.5.27, in whichever argument is small. Checked: golden/roc_unpaired.json, golden/meta.json.
 */
export function tTwoSided(t: number, df: number): number {
  if (!(df > 0)) throw new RangeError(`degrees of freedom must be > 0: ${df}`);
  if (Number.isNaN(t)) throw new RangeError('t must be a number: NaN');
  const square = t * t;
  if (square === Infinity) return Math.abs(t) === Infinity ? 0 : betainc(df / t / t, df / 2, 0.5, true);
  return square < df
    ? betainc(square / (df + square), 0.5, df / 2, true, true)
    : betainc(df / (df + square), df / 2, 0.5, true);
}

/** P(T > t), in [0, 1]; accuracy and errors as for `tTwoSided`. */
export function tUpperTail(t: number, df: number): number {
  const half = tTwoSided(t, df) / 2;
  return t > 0 ? half : 1 - half;
}

/**
 * Half-width of a two-sided interval in standard errors; 12.706 for level 0.95 and one degree of freedom.
 * @throws RangeError if the level is outside (0, 1) or df is not > 0.
 */
export function criticalT(level: number, df: number): number {
  if (!(level > 0 && level < 1)) throw new RangeError(`level must lie between 0 and 1: ${level}`);
  if (!(df > 0)) throw new RangeError(`degrees of freedom must be > 0: ${df}`);
  return quantile((1 + level) / 2, df);
}
