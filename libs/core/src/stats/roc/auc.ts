// The area under the empirical ROC curve, as an integer ratio.
import { type Estimate, estimate, mapEstimate, type NotEstimable, notEstimable } from '../estimate.ts';
import { type Classes, countClasses, type Placements, placements } from './placements.ts';

/**
 * 2U: twice the Mann-Whitney count of positive-above-negative pairs, ties one; an integer in 0..2mn.
 * scores[n]: no NaN, higher = more abnormal; labels[n] 0|1. Not estimable without both classes.
 * @throws RangeError on NaN, other labels or unequal lengths.
 * Source: Mann & Whitney, Ann Math Stat 1947;18:50-60. Checked: golden/roc_delong.json (two_u, exact).
 */
export function twoU(scores: ArrayLike<number>, labels: ArrayLike<number>): Estimate {
  const classes = countClasses(labels);
  const { twoU: value } = placements(scores, classes);
  return missingClass(classes) ?? estimate(value);
}

/**
 * AUC in [0, 1], ties one half; input as for `twoU`.
 * @throws RangeError on NaN, other labels or unequal lengths.
 * Source: Bamber, J Math Psychol 1975;12:387-415. Checked: golden/roc_delong.json (pROC 1.18, scikit-learn 1.2).
 */
export function auc(scores: ArrayLike<number>, labels: ArrayLike<number>): Estimate {
  const { positives, negatives } = countClasses(labels);
  return mapEstimate(twoU(scores, labels), (count) => count / (2 * positives * negatives));
}

/** AUC of ready placements, or AUC(a) - AUC(b) of a placement difference. */
export function aucOf(curve: Placements, classes: Classes): Estimate {
  return missingClass(classes) ?? estimate(curve.twoU / (2 * classes.positives * classes.negatives));
}

/** Why no AUC exists, or undefined if it does. */
export function missingClass({ positives, negatives }: Classes): NotEstimable | undefined {
  if (positives + negatives === 0) return notEstimable('empty');
  if (positives === 0) return notEstimable('no-positives');
  if (negatives === 0) return notEstimable('no-negatives');
  return undefined;
}

/** Why no variance exists, or undefined if it does. */
export function tooFew(classes: Classes): NotEstimable | undefined {
  const missing = missingClass(classes);
  if (missing) return missing;
  if (classes.positives < 2) return notEstimable('too-few-positives');
  if (classes.negatives < 2) return notEstimable('too-few-negatives');
  return undefined;
}
