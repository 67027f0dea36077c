// Comparing two curves over different rows: two independent samples.
import { type Estimate, estimate, notEstimable } from '../estimate.ts';
import { type Interval, normalInterval, requireVariance } from '../interval.ts';
import { normalTwoSided } from '../normal.ts';
import { tTwoSided } from '../student-t.ts';

/** One sample: its AUC, variance, and rows of both classes together (>= 2). */
export interface IndependentAuc {
  readonly auc: Estimate;
  readonly variance: Estimate;
  readonly rows: number;
}

export interface UnpairedTest {
  /** AUC(a) - AUC(b), in [-1, 1] */
  readonly difference: number;
  /** > 0 */
  readonly se: number;
  /** difference / se */
  readonly statistic: number;
  /** Welch-Satterthwaite, with rows - 1 per sample */
  readonly df: number;
  /** two-sided, t with `df` */
  readonly pT: number;
  /** two-sided, normal: the classical z test, smaller */
  readonly pNormal: number;
  /** normal, not clipped */
  readonly interval: Interval;
}

/**
 * Test of AUC(a) = AUC(b) in independent samples. Both variances 0: 'zero-variance'; a sample without AUC or variance: its
 * own reason.
 * @throws RangeError if a variance is not finite and >= 0, rows are not an integer >= 2, or level is outside (0, 1).
 * Source: DeLong et al. 1988; Welch, Biometrika 1947;34:28-35, eq. 30 (df, with the rows that pROC counts).
 * Checked: golden/roc_unpaired.json (exact; pROC 1.18).
 */
export function unpairedTest(a: IndependentAuc, b: IndependentAuc, level = 0.95): Estimate<UnpairedTest> {
  for (const { rows } of [a, b])
    if (!Number.isSafeInteger(rows) || rows < 0) throw new RangeError(`rows must be a whole number: ${rows}`);
  for (const one of [a.auc, a.variance, b.auc, b.variance]) if (one.kind !== 'estimate') return one;
  const [aucA, aucB, varA, varB] = [a.auc, b.auc, a.variance, b.variance].map((one) =>
    one.kind === 'estimate' ? one.value : NaN,
  ) as [number, number, number, number];
  requireVariance(varA);
  requireVariance(varB);
  const variance = varA + varB;
  if (variance === 0) return notEstimable('zero-variance');
  const difference = aucA - aucB;
  const se = Math.sqrt(variance);
  const statistic = difference / se;
  // shares first: the squares of small variances would underflow
  const [shareA, shareB] = [varA / variance, varB / variance];
  const df = 1 / (shareA ** 2 / (a.rows - 1) + shareB ** 2 / (b.rows - 1));
  return estimate({
    difference,
    se,
    statistic,
    df,
    pT: tTwoSided(statistic, df),
    pNormal: normalTwoSided(statistic),
    interval: normalInterval(difference, variance, level),
  });
}
