// Wins and ties of every row against the other class, kept as integers so that nothing is lost before the last division.
import { tieEnd } from './midrank.ts';
import { sortedByValue } from './order.ts';

export interface Classes {
  readonly labels: Uint8Array;
  readonly positives: number;
  readonly negatives: number;
}

/**
 * doubled[n]: for a positive row 2 * (negatives below) + (negatives tied), for a negative row
 * 2 * (positives above) + (positives tied). twoU = the sum over either class = 2 * m * n * AUC.
 */
export interface Placements {
  readonly doubled: Float64Array;
  readonly twoU: number;
}

/**
 * Counts the classes of labels[n], each 0 (negative) or 1 (positive).
 * @throws RangeError on any other label.
 */
export function countClasses(labels: ArrayLike<number>): Classes {
  let positives = 0;
  const own = new Uint8Array(labels.length);
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row];
    if (label !== 0 && label !== 1)
      throw new RangeError(`labels must be 0 or 1: ${String(label)} in row ${row}`);
    own[row] = label;
    positives += label;
  }
  return { labels: own, positives, negatives: labels.length - positives };
}

/**
 * Placement values, doubled. scores[n]: no NaN, higher = more abnormal; exact while 2mn < 2^53. O(n).
 * @throws RangeError if lengths differ or a score is NaN.
 * Source: DeLong et al., Biometrics 1988;44:837-845, eq. 3-4 (V10 = doubled / 2n, V01 = doubled / 2m).
 */
export function placements(scores: ArrayLike<number>, classes: Classes): Placements {
  const { labels, positives } = classes;
  requireLength('scores', scores.length, labels.length);
  const { order, values } = sortedByValue(scores);
  const doubled = new Float64Array(scores.length);
  let [twoU, positivesBelow, negativesBelow] = [0, 0, 0];
  for (let first = 0; first < order.length;) {
    const end = tieEnd(values, first);
    let tiedPositives = 0;
    for (let at = first; at < end; at++) tiedPositives += labels[order[at]!]!;
    const tiedNegatives = end - first - tiedPositives;
    const ofPositive = 2 * negativesBelow + tiedNegatives;
    const ofNegative = 2 * (positives - positivesBelow - tiedPositives) + tiedPositives;
    for (let at = first; at < end; at++) {
      const row = order[at]!;
      doubled[row] = labels[row] === 1 ? ofPositive : ofNegative;
    }
    twoU += tiedPositives * ofPositive;
    positivesBelow += tiedPositives;
    negativesBelow += tiedNegatives;
    first = end;
  }
  return { doubled, twoU };
}

/** a - b, row by row: the pseudo-curve whose variance is the variance of AUC(a) - AUC(b), free of cancellation. */
export function placementDifference(a: Placements, b: Placements): Placements {
  const doubled = new Float64Array(a.doubled.length);
  for (let row = 0; row < doubled.length; row++) doubled[row] = a.doubled[row]! - b.doubled[row]!;
  return { doubled, twoU: a.twoU - b.twoU };
}

/** 2mn (V - AUC) of every row, an integer: class size * doubled - twoU. */
export function centred(
  { doubled, twoU }: Placements,
  { labels, positives, negatives }: Classes,
): Float64Array {
  const deviations = new Float64Array(doubled.length);
  for (let row = 0; row < doubled.length; row++)
    deviations[row] = (labels[row] === 1 ? positives : negatives) * doubled[row]! - twoU;
  return deviations;
}

/** @throws RangeError if `length` is not `expected`. */
export function requireLength(name: string, length: number, expected: number): void {
  if (length !== expected)
    throw new RangeError(`${name} must be as many as labels: ${length}, not ${expected}`);
}
