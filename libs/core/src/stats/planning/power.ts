// How many sites a trial needs: power of the pooled test before there are data.
import { criticalZ, normalUpperTail } from '../normal.ts';
import type { PoolingTest } from '../pooling/pooled-test.ts';
import { criticalT } from '../student-t.ts';

export interface PlannedSites {
  /** true pooled difference, on the pooled scale */
  readonly effect: number;
  /** sampling variance of one typical site, > 0 */
  readonly siteVariance: number;
  /** between-site variance, >= 0 */
  readonly tau2: number;
  /** >= 1, two or more for a Knapp-Hartung test */
  readonly sites: number;
}

/**
 * Power of the two-sided test of the pooled difference at 1 - level, in [1 - level, 1]. With k equal sites the pooled value is
 * normal with variance (v + tau2) / k, and the Knapp-Hartung factor s^2 an independent chi-square / (k - 1):
 * power = E P(|Z + lambda| > c f(s)), lambda = effect / sqrt((v + tau2) / k), with f = 1 (normal), s (Knapp-Hartung) or
 * max(1, s) (floored); the expectation by Simpson's rule, absolute error below 1e-8.
 * @throws RangeError if an argument is out of range.
 * Source: Hedges & Pigott, Psychol Methods 2001;6:203-217 (z test, random effects); the factor: Knapp & Hartung 2003.
 */
export function powerOfSites(planned: PlannedSites, test: PoolingTest, level = 0.95): number {
  const { effect, siteVariance, tau2, sites } = planned;
  if (!Number.isFinite(effect)) throw new RangeError(`effect must be finite: ${effect}`);
  if (!(siteVariance > 0 && siteVariance < Infinity))
    throw new RangeError(`siteVariance must be finite and > 0: ${siteVariance}`);
  if (!(tau2 >= 0 && tau2 < Infinity)) throw new RangeError(`tau2 must be finite and >= 0: ${tau2}`);
  const fewest = test === 'normal' ? 1 : 2;
  if (!Number.isSafeInteger(sites) || sites < fewest)
    throw new RangeError(`sites must be an integer >= ${fewest}: ${sites}`);
  const lambda = Math.abs(effect) / Math.sqrt((siteVariance + tau2) / sites);
  const beyond = (bound: number): number => normalUpperTail(bound - lambda) + normalUpperTail(bound + lambda);
  if (test === 'normal') return beyond(criticalZ(level));
  const critical = criticalT(level, sites - 1);
  const floor = test === 'floored-knapp-hartung' ? 1 : 0;
  return meanOverFactor(sites - 1, (s) => beyond(critical * Math.max(floor, s)));
}

/**
 * The fewest sites with at least `power`, up to `most`; undefined where even those do not reach it.
 * @throws RangeError as `powerOfSites`, or if power is outside (0, 1).
 */
export function sitesForPower(
  planned: Omit<PlannedSites, 'sites'>,
  power: number,
  test: PoolingTest,
  level = 0.95,
  most = 500,
): number | undefined {
  if (!(power > 0 && power < 1)) throw new RangeError(`power must lie between 0 and 1: ${power}`);
  for (let sites = test === 'normal' ? 1 : 2; sites <= most; sites++)
    if (powerOfSites({ ...planned, sites }, test, level) >= power) return sites;
  return undefined;
}

const stepsToOne = 512;

/**
 * E g(s) for s^2 chi-square / df, whose density is s^(df - 1) exp(-df s^2 / 2) up to a constant that falls out. Simpson's
 * rule on either side of s = 1, where g may have a corner.
 */
function meanOverFactor(df: number, g: (s: number) => number): number {
  const most = 1 + Math.ceil(14 / Math.sqrt(df));
  let [weighted, total] = [0, 0];
  for (let at = 0; at <= most * stepsToOne; at++) {
    const s = at / stepsToOne;
    const simpson = at === 0 || at === most * stepsToOne ? 1 : at % 2 === 0 ? 2 : 4;
    const density = densityOfFactor(df, s);
    weighted += simpson * density * g(s);
    total += simpson * density;
  }
  return weighted / total;
}

/** Over its value at s = 1: no overflow for any df. */
function densityOfFactor(df: number, s: number): number {
  if (s === 0) return df === 1 ? Math.exp(0.5) : 0;
  return Math.exp((df - 1) * Math.log(s) + (df * (1 - s * s)) / 2);
}
