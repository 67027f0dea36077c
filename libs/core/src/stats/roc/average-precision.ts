// The area under the precision-recall steps.
import { type Estimate, estimate, notEstimable } from '../estimate.ts';
import { tieEnd } from './midrank.ts';
import { sortedByValue } from './order.ts';
import { countClasses, requireLength } from './placements.ts';

/**
 * Sum over distinct thresholds of (recall - recall before) x precision, in (0, 1]; no interpolation, which would be
 * optimistic. scores[n] no NaN, labels[n] 0|1; no positive row: 'no-positives'.
 * @throws RangeError on NaN, other labels or unequal lengths.
 * Source: Davis & Goadrich, ICML 2006:233-240; Boyd, Eng & Page, ECML 2013. Checked: golden/average_precision.json (exact).
 */
export function averagePrecision(scores: ArrayLike<number>, labels: ArrayLike<number>): Estimate {
  const { positives } = countClasses(labels);
  requireLength('scores', scores.length, labels.length);
  if (labels.length === 0) return notEstimable('empty');
  if (positives === 0) return notEstimable('no-positives');
  const { order, values } = sortedByValue(scores);
  order.reverse();
  values.reverse();
  let [sum, right, called] = [0, 0, 0];
  for (let first = 0; first < order.length;) {
    const end = tieEnd(values, first);
    let tied = 0;
    for (let at = first; at < end; at++) tied += labels[order[at]!]!;
    right += tied;
    called += end - first;
    sum += tied * (right / called);
    first = end;
  }
  return estimate(sum / positives);
}
