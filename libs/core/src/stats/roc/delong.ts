// DeLong's variance and covariance for any number of correlated ROC curves.
import { aucOf, missingClass, tooFew } from './auc.ts';
import { type Estimate, estimate, type NotEstimable, notEstimable } from '../estimate.ts';
import { centred, type Classes, countClasses, type Placements, placements } from './placements.ts';

export interface AucResult {
  readonly positives: number;
  readonly negatives: number;
  /** one per curve, in [0, 1] */
  readonly auc: Estimate[];
  /** [curve][curve], symmetric */
  readonly covariance: Estimate[][];
}

/** Sample covariances (divisor size - 1) of the placement values, [curve][curve]. */
export interface DelongParts {
  readonly s10: Estimate[][];
  readonly s01: Estimate[][];
}

/**
 * AUCs and their DeLong covariance. curves[c][i]: score of row i, no NaN, higher = more abnormal; labels[i] 0|1.
 * Variance >= 0, exactly 0 when no placement varies; one row in a class leaves it not estimable. O(curves * n).
 * @throws RangeError on NaN, other labels or unequal lengths.
 * Source: DeLong et al., Biometrics 1988;44:837-845, eq. 3-7; one sort per curve after Sun & Xu, IEEE SPL
 * 2014;21:1389-1393. Checked: golden/roc_delong.json, golden/roc_paired.json (pROC 1.18).
 */
export function aucDelong(curves: readonly ArrayLike<number>[], labels: ArrayLike<number>): AucResult {
  const classes = countClasses(labels);
  const placed = curves.map((scores) => placements(scores, classes));
  return {
    positives: classes.positives,
    negatives: classes.negatives,
    auc: placed.map((curve) => aucOf(curve, classes)),
    covariance: delongCovariance(placed, classes),
  };
}

/** S10 / m + S01 / n of ready placements. */
export function delongCovariance(curves: readonly Placements[], classes: Classes): Estimate[][] {
  const { s10, s01 } = delongParts(curves, classes);
  const { positives, negatives } = classes;
  const refusal = tooFew(classes);
  return s10.map((line, a) =>
    line.map((ofPositives, b) => {
      const ofNegatives = s01[a]![b]!;
      if (refusal) return refusal;
      if (ofPositives.kind !== 'estimate') return ofPositives;
      if (ofNegatives.kind !== 'estimate') return ofNegatives;
      return estimate(ofPositives.value / positives + ofNegatives.value / negatives);
    }),
  );
}

/** S10 and S01 of ready placements; each needs two rows in its own class and one in the other. */
export function delongParts(curves: readonly Placements[], classes: Classes): DelongParts {
  const { positives, negatives } = classes;
  const split = curves.map((curve) => byClass(centred(curve, classes), classes));
  const unit = 2 * positives * negatives;
  const missing = missingClass(classes);
  return {
    s10: covariances(
      split.map((one) => one.ofPositives),
      unit,
      missing ?? (positives < 2 ? notEstimable('too-few-positives') : undefined),
    ),
    s01: covariances(
      split.map((one) => one.ofNegatives),
      unit,
      missing ?? (negatives < 2 ? notEstimable('too-few-negatives') : undefined),
    ),
  };
}

/** The deviations of each class side by side, in row order. */
function byClass(
  deviations: Float64Array,
  { labels, positives, negatives }: Classes,
): { ofPositives: Float64Array; ofNegatives: Float64Array } {
  const ofPositives = new Float64Array(positives);
  const ofNegatives = new Float64Array(negatives);
  let [p, n] = [0, 0];
  for (let row = 0; row < deviations.length; row++)
    if (labels[row] === 1) ofPositives[p++] = deviations[row]!;
    else ofNegatives[n++] = deviations[row]!;
  return { ofPositives, ofNegatives };
}

function covariances(
  deviations: readonly Float64Array[],
  unit: number,
  refusal: NotEstimable | undefined,
): Estimate[][] {
  const found: Estimate[][] = deviations.map(() => []);
  deviations.forEach((a, i) => {
    for (let j = i; j < deviations.length; j++) {
      const one = refusal ?? estimate(dot(a, deviations[j]!) / (a.length - 1) / unit / unit);
      found[i]![j] = one;
      found[j]![i] = one;
    }
  });
  return found;
}

const block = 4096;

/** In blocks with four running sums: the rounding of a million terms stays that of a thousand, and the order is fixed. */
function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let start = 0; start < a.length; start += block) {
    const end = Math.min(start + block, a.length);
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    let at = start;
    for (; at + 3 < end; at += 4) {
      s0 += a[at]! * b[at]!;
      s1 += a[at + 1]! * b[at + 1]!;
      s2 += a[at + 2]! * b[at + 2]!;
      s3 += a[at + 3]! * b[at + 3]!;
    }
    for (; at < end; at++) s0 += a[at]! * b[at]!;
    total += s0 + s1 + (s2 + s3);
  }
  return total;
}
