// The empirical ROC curve as counts, and the points on it where sensitivity + specificity is greatest.
import { missingClass } from './auc.ts';
import { type Estimate, estimate } from '../estimate.ts';
import { tieEnd } from './midrank.ts';
import { sortedByValue } from './order.ts';
import { countClasses, requireLength } from './placements.ts';

/** Rows called positive when every score at or above `acceptFrom` is; null: nobody. */
export interface RocPoint {
  readonly acceptFrom: number | null;
  readonly truePositives: number;
  readonly falsePositives: number;
}

export interface RocCurve {
  readonly positives: number;
  readonly negatives: number;
  /** one per distinct score, ascending, from everybody positive to nobody (last) */
  readonly points: RocPoint[];
}

export interface YoudenPoint extends RocPoint {
  /** halfway to the next lower score; -Infinity below the lowest, Infinity above the highest */
  readonly midpoint: number;
}

export interface Youden {
  /** sensitivity + specificity - 1, in 0..1 */
  readonly j: number;
  /** TP negatives - FP positives, an integer, over positives x negatives */
  readonly numerator: number;
  readonly denominator: number;
  /** every point that reaches it, ascending */
  readonly cuts: YoudenPoint[];
}

/**
 * Every distinct threshold with its counts. scores[n] no NaN, higher = more abnormal; labels[n] 0|1; both classes needed.
 * @throws RangeError on NaN, other labels or unequal lengths.
 * Source: Fawcett, Pattern Recognit Lett 2006;27:861-874, algorithm 1. Checked: golden/roc_delong.json (curve_pROC).
 */
export function rocCurve(scores: ArrayLike<number>, labels: ArrayLike<number>): Estimate<RocCurve> {
  const classes = countClasses(labels);
  requireLength('scores', scores.length, labels.length);
  const refusal = missingClass(classes);
  if (refusal) return refusal;
  const { order, values } = sortedByValue(scores);
  const points: RocPoint[] = [];
  let [truePositives, falsePositives] = [classes.positives, classes.negatives];
  for (let first = 0; first < order.length;) {
    const end = tieEnd(values, first);
    points.push({ acceptFrom: values[first]!, truePositives, falsePositives });
    for (let at = first; at < end; at++)
      if (labels[order[at]!] === 1) truePositives--;
      else falsePositives--;
    first = end;
  }
  points.push({ acceptFrom: null, truePositives, falsePositives });
  return estimate({ positives: classes.positives, negatives: classes.negatives, points });
}

/**
 * Youden's index and all points that reach it, ties decided in whole numbers (exact while m n < 2^53). A curve on or below
 * the diagonal has index 0, reached where everybody or nobody is positive.
 * Source: Youden, Cancer 1950;3:32-35. Checked: golden/roc_delong.json (youden_exact, exact).
 */
export function youden({ positives, negatives, points }: RocCurve): Youden {
  let [best, cuts] = [-Infinity, new Array<YoudenPoint>()];
  points.forEach((point, at) => {
    const numerator = point.truePositives * negatives - point.falsePositives * positives;
    if (numerator < best) return;
    if (numerator > best) cuts = [];
    best = numerator;
    cuts.push({ ...point, midpoint: midpointOf(points[at - 1]?.acceptFrom ?? null, point.acceptFrom) });
  });
  const denominator = positives * negatives;
  return { j: best / denominator, numerator: best, denominator, cuts };
}

function midpointOf(below: number | null, at: number | null): number {
  if (below === null) return -Infinity;
  return at === null ? Infinity : (below + at) / 2;
}
