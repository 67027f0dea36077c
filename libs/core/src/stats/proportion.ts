// Intervals for a binomial proportion.
import betainc from '@stdlib/math-base-special-betainc';
import { type Estimate, estimate, notEstimable } from './estimate.ts';
import type { Interval } from './interval.ts';
import { criticalZ } from './normal.ts';

export interface Proportion {
  readonly successes: number;
  readonly n: number;
  /** successes / n, in 0..1 */
  readonly estimate: number;
  readonly wilson: Interval;
  readonly clopperPearson: Interval;
}

/**
 * A proportion with both intervals; n = 0 is 'empty'.
 * @throws RangeError unless 0 <= successes <= n are integers and 0 < level < 1.
 */
export function proportion(successes: number, n: number, level = 0.95): Estimate<Proportion> {
  if (n === 0 && successes === 0) return notEstimable('empty');
  return estimate({
    successes,
    n,
    estimate: successes / n,
    wilson: wilson(successes, n, level),
    clopperPearson: clopperPearson(successes, n, level),
  });
}

/**
 * Wilson score interval in [0, 1], without continuity correction; exactly 0 at no success, 1 at no failure.
 * @throws RangeError unless 0 <= successes <= n are integers, n >= 1, and 0 < level < 1.
 * Source: Wilson, JASA 1927;22:209-212. Checked: golden/proportion_ci.json (R 4.2 prop.test).
 */
export function wilson(successes: number, n: number, level = 0.95): [number, number] {
  requireCounts(successes, n);
  const z = criticalZ(level);
  const failures = n - successes;
  return [scoreLower(successes, failures, z), 1 - scoreLower(failures, successes, z)];
}

// written for the smaller root as (product of roots) / (larger root), so that few successes keep relative accuracy
function scoreLower(successes: number, failures: number, z: number): number {
  const n = successes + failures;
  const square = z * z;
  const root = z * Math.sqrt(square + (4 * successes * failures) / n);
  return (2 * successes * (successes / n)) / (2 * successes + square + root);
}

/**
 * Clopper-Pearson ("exact") interval in [0, 1]; coverage at least `level`. Absolute error below 1e-12.
 * @throws RangeError as `wilson`.
 * Source: Clopper & Pearson, Biometrika 1934;26:404-413. Checked: golden/proportion_ci.json (R 4.2 binom.test).
 */
export function clopperPearson(successes: number, n: number, level = 0.95): [number, number] {
  requireCounts(successes, n);
  if (!(level > 0 && level < 1)) throw new RangeError(`level must lie between 0 and 1: ${level}`);
  const tail = (1 - level) / 2;
  const failures = n - successes;
  return [
    successes === 0 ? 0 : betaQuantile(tail, successes, failures + 1, false),
    failures === 0 ? 1 : betaQuantile(tail, successes + 1, failures, true),
  ];
}

/** x whose lower (or upper) beta tail is `tail`, by bisection to neighbouring doubles. */
function betaQuantile(tail: number, a: number, b: number, upper: boolean): number {
  let [low, high] = [0, 1];
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (betainc(middle, a, b, true, upper) < tail === upper) high = middle;
    else low = middle;
  }
}

function requireCounts(successes: number, n: number): void {
  if (!Number.isSafeInteger(n) || n < 1) throw new RangeError(`n must be an integer >= 1: ${n}`);
  if (!Number.isSafeInteger(successes) || successes < 0 || successes > n)
    throw new RangeError(`successes must be an integer in 0..${n}: ${successes}`);
}
