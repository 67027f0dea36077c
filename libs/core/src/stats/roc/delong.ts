// DeLong's variance and covariance for any number of correlated ROC curves.
import { aucOf, missingClass, tooFew } from './auc.ts';
import { type Estimate, estimate, notEstimable } from '../estimate.ts';
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
  const deviations = curves.map((curve) => centred(curve, classes));
  const { labels, positives, negatives } = classes;
  const unit = 2 * positives * negatives;
  const missing = missingClass(classes);
  const part = (label: 0 | 1, size: number): Estimate[][] => {
    const refusal =
      missing ?? (size < 2 ? notEstimable(label ? 'too-few-positives' : 'too-few-negatives') : undefined);
    return deviations.map((a) =>
      deviations.map((b) => refusal ?? estimate(crossSum(a, b, labels, label) / (size - 1) / unit / unit)),
    );
  };
  return { s10: part(1, positives), s01: part(0, negatives) };
}

function crossSum(a: Float64Array, b: Float64Array, labels: ArrayLike<number>, label: 0 | 1): number {
  let sum = 0;
  for (let row = 0; row < a.length; row++) if (labels[row] === label) sum += a[row]! * b[row]!;
  return sum;
}
