// Test, confidence interval and prediction interval of a pooled estimate, by the variance that is trusted.
import { type Estimate, estimate, mapEstimate, notEstimable } from '../estimate.ts';
import type { Interval } from '../interval.ts';
import { criticalZ, normalTwoSided } from '../normal.ts';
import { criticalT, tTwoSided } from '../student-t.ts';
import type { MetaAnalysis, RandomEffectsMethod } from './meta-analysis.ts';

/**
 * `normal`: se of the weights, z. `knapp-hartung`: se times the root of the generalised Q / (k - 1), t with k - 1 df; narrower
 * than z where sites agree better than chance. `floored-knapp-hartung`: that factor is at least 1.
 */
export const poolingTests = ['normal', 'knapp-hartung', 'floored-knapp-hartung'] as const;
export type PoolingTest = (typeof poolingTests)[number];

export interface PooledTest {
  readonly test: PoolingTest;
  readonly se: number;
  /** of t; null where the normal distribution is used */
  readonly df: number | null;
  readonly statistic: number;
  readonly pTwoSided: number;
  readonly lower: number;
  readonly upper: number;
}

/**
 * Test of the pooled estimate against 0 with its interval. A standard error of 0 (Knapp-Hartung, identical sites): estimate
 * 0 gives statistic 0 and p 1, any other +-Infinity and p 0. Knapp-Hartung needs two sites ('too-few-sites').
 * @throws RangeError if level is outside (0, 1).
 * Source: Knapp & Hartung, Stat Med 2003;22:2693-2710; the floor: Roever, Knapp & Friede, BMC Med Res Methodol 2015;15:99.
 * Checked: golden/meta.json (metafor 3.8: test = "z", "knha", "adhoc").
 */
export function pooledTest(
  pooled: MetaAnalysis,
  test: PoolingTest,
  level = pooled.level,
): Estimate<PooledTest> {
  const critical = criticalZ(level);
  if (test === 'normal') {
    const statistic = ratio(pooled.estimate, pooled.se);
    return estimate({
      test,
      se: pooled.se,
      df: null,
      statistic,
      pTwoSided: normalTwoSided(statistic),
      ...around(pooled.estimate, critical * pooled.se),
    });
  }
  return mapEstimate(standardError(pooled, test), (se) => {
    const statistic = ratio(pooled.estimate, se);
    const df = pooled.qDf;
    const pTwoSided = tTwoSided(statistic, df);
    return {
      test,
      se,
      df,
      statistic,
      pTwoSided,
      ...around(pooled.estimate, criticalT(level, df) * se),
    };
  });
}

/**
 * Where the true value of a new site lies: estimate -+ c sqrt(tau2 + se^2), with the standard error of `test`.
 * `same`: c of the test's own distribution (normal, or t with k - 1 df). `k-2`: t with k - 2 df, at least 1.
 * Needs two sites ('too-few-sites'); a fixed effect has none, since all its sites share one value.
 * @throws RangeError if level is outside (0, 1).
 * Source: Higgins, Thompson & Spiegelhalter, J R Stat Soc A 2009;172:137-159, eq. 12 (`k-2`); Riley et al., BMJ 2011;342:d549.
 * Checked: golden/meta.json (metafor 3.8 predict: pi95, pi95_riley).
 */
export function predictionInterval(
  pooled: MetaAnalysis<RandomEffectsMethod>,
  test: PoolingTest,
  convention: 'same' | 'k-2',
  level = pooled.level,
): Estimate<Interval> {
  const normal = criticalZ(level);
  if (pooled.k < 2) return notEstimable('too-few-sites');
  const critical =
    convention === 'k-2'
      ? criticalT(level, Math.max(1, pooled.k - 2))
      : test === 'normal'
        ? normal
        : criticalT(level, pooled.qDf);
  return mapEstimate(standardError(pooled, test), (se): Interval => {
    const halfWidth = critical * Math.sqrt(pooled.tau2 + se * se);
    return [pooled.estimate - halfWidth, pooled.estimate + halfWidth];
  });
}

/** The interval of `pooledTest` with the floored factor, never narrower than the normal one. */
export function knappHartungInterval(pooled: MetaAnalysis, level = pooled.level): Estimate<Interval> {
  return mapEstimate(pooledTest(pooled, 'floored-knapp-hartung', level), ({ lower, upper }): Interval => [
    lower,
    upper,
  ]);
}

function standardError({ se, seKnha, seAdhoc }: MetaAnalysis, test: PoolingTest): Estimate {
  if (test === 'normal') return estimate(se);
  return test === 'knapp-hartung' ? seKnha : seAdhoc;
}

const ratio = (value: number, se: number): number => (value === 0 ? 0 : value / se);

const around = (value: number, halfWidth: number): { lower: number; upper: number } => ({
  lower: value - halfWidth,
  upper: value + halfWidth,
});
