// Cross-validation folds: which patient is in which, what their figures say together, and how to compare two models by them.
import { type Estimate, estimate, notEstimable } from '../estimate.ts';
import type { Interval } from '../interval.ts';
import { criticalT, tTwoSided } from '../student-t.ts';

/**
 * Fold 0..folds-1 of a patient from the keyed hash (HMAC) of the patient's identity: all images of a patient share it, nobody
 * without the key can tell it, and it does not depend on who else is in the data. Bias below folds / 2^48.
 * @param keyedHash hexadecimal, at least 12 digits; the first 12 count
 * @throws RangeError if it is not, or folds is not an integer in 2..65536.
 */
export function foldOfPatient(keyedHash: string, folds: number): number {
  if (!Number.isSafeInteger(folds) || folds < 2 || folds > 65536)
    throw new RangeError(`folds must be an integer in 2..65536: ${folds}`);
  const digits = /^[0-9a-f]{12}/.exec(keyedHash)?.[0];
  if (digits === undefined) throw new RangeError('a keyed hash starts with 12 hexadecimal digits');
  return parseInt(digits, 16) % folds;
}

export interface FoldSummary {
  readonly folds: number;
  readonly mean: number;
  /** ddof 1: a description. No unbiased estimator of the variance of a cross-validation exists (Bengio & Grandvalet 2004) */
  readonly sd: Estimate;
  readonly lowest: number;
  readonly highest: number;
}

/** Mean and spread of one figure per fold. No fold: 'empty'; the SD of one: 'too-few-folds'. */
export function foldSummary(values: readonly number[]): Estimate<FoldSummary> {
  const folds = values.length;
  if (folds === 0) return notEstimable('empty');
  const mean = values.reduce((sum, value) => sum + value, 0) / folds;
  return estimate({
    folds,
    mean,
    sd: folds < 2 ? notEstimable('too-few-folds') : estimate(Math.sqrt(varianceOf(values, mean))),
    lowest: Math.min(...values),
    highest: Math.max(...values),
  });
}

export interface FoldTest {
  readonly mean: number;
  /** root of the corrected variance */
  readonly se: number;
  /** folds - 1 */
  readonly df: number;
  readonly statistic: number;
  readonly pTwoSided: number;
  readonly interval: Interval;
}

/**
 * Corrected resampled t test of differences, one per fold: variance x (1 / folds + test / training rows), since folds share
 * training data. Fewer than two folds: 'too-few-folds'; equal differences: 'zero-variance'. Five folds cannot reach p < 0.05 in a
 * Wilcoxon test, which is why there is none here.
 * @param testRows, trainingRows rows of one fold tested and trained on, > 0
 * @throws RangeError if rows are not > 0, a difference is not finite, or level is outside (0, 1).
 * Source: Nadeau & Bengio, Mach Learn 2003;52:239-281, eq. 18.
 */
export function nadeauBengioTest(
  differences: readonly number[],
  testRows: number,
  trainingRows: number,
  level = 0.95,
): Estimate<FoldTest> {
  for (const rows of [testRows, trainingRows])
    if (!(rows > 0 && rows < Infinity)) throw new RangeError(`rows must be > 0: ${rows}`);
  const foreign = differences.find((value) => !Number.isFinite(value));
  if (foreign !== undefined) throw new RangeError(`differences must be finite: ${foreign}`);
  const folds = differences.length;
  if (folds < 2) return notEstimable('too-few-folds');
  if (differences.every((value) => value === differences[0])) return notEstimable('zero-variance');
  const mean = differences.reduce((sum, value) => sum + value, 0) / folds;
  const se = Math.sqrt(varianceOf(differences, mean) * (1 / folds + testRows / trainingRows));
  const df = folds - 1;
  const statistic = mean / se;
  const halfWidth = criticalT(level, df) * se;
  return estimate({
    mean,
    se,
    df,
    statistic,
    pTwoSided: tTwoSided(statistic, df),
    interval: [mean - halfWidth, mean + halfWidth],
  });
}

function varianceOf(values: readonly number[], mean: number): number {
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
