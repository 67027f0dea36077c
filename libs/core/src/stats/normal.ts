// The standard normal distribution, tails first.
import erfc from '@stdlib/math-base-special-erfc';
import quantile from '@stdlib/stats-base-dists-normal-quantile';

/** P(Z > z), in [0, 1]; relative error about z^2 * 1e-16, down to 1e-300. */
export function normalUpperTail(z: number): number {
  return erfc(z / Math.SQRT2) / 2;
}

/** P(|Z| > |z|), in [0, 1]; accuracy as for `normalUpperTail`. */
export function normalTwoSided(z: number): number {
  return erfc(Math.abs(z) / Math.SQRT2);
}

/**
 * z with P(Z <= z) = p; -Infinity and Infinity at 0 and 1.
 * @throws RangeError if p is outside [0, 1].
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`probability must lie in [0, 1]: ${p}`);
  return quantile(p, 0, 1);
}

/**
 * Half-width of a two-sided interval in standard errors; 1.95996 at level 0.95.
 * @throws RangeError if the level is outside (0, 1).
 */
export function criticalZ(level: number): number {
  if (!(level > 0 && level < 1)) throw new RangeError(`level must lie between 0 and 1: ${level}`);
  return normalQuantile((1 + level) / 2);
}
