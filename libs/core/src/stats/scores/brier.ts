// How good probabilities are as probabilities: squared error and log loss.
import { type Estimate, estimate, notEstimable } from '../estimate.ts';

/** scikit-learn's clip since 1.2: a certain miss costs 36.04, not infinity. */
export const logLossEpsilon = 2 ** -52;

/**
 * Mean of (p - y)^2 in 0..1. labels[n] 0|1, probabilities[n] in 0..1 of label 1; no rows: 'empty'.
 * @throws RangeError on other labels or probabilities, or unequal lengths.
 * Source: Brier, Mon Weather Rev 1950;78:1-3. Checked: golden/probability_scores.json (scikit-learn 1.2).
 */
export function brier(labels: ArrayLike<number>, probabilities: ArrayLike<number>): Estimate {
  return meanOf(labels, probabilities, (y, p) => (p - y) ** 2);
}

/**
 * Mean of -ln P(label), natural logarithm, >= 0; probabilities are clipped to [epsilon, 1 - epsilon] first, and the value
 * depends on epsilon as soon as a probability of 0 or 1 misses. Input as for `brier`.
 * @throws RangeError as `brier`, or if epsilon is outside [0, 0.5).
 * Source: Good, J R Stat Soc B 1952;14:107-114. Checked: golden/probability_scores.json (scikit-learn 1.2).
 */
export function logLoss(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  epsilon = logLossEpsilon,
): Estimate {
  if (!(epsilon >= 0 && epsilon < 0.5)) throw new RangeError(`epsilon must lie in [0, 0.5): ${epsilon}`);
  return meanOf(labels, probabilities, (y, p) => {
    const clipped = Math.min(Math.max(p, epsilon), 1 - epsilon);
    return -(y === 1 ? Math.log(clipped) : Math.log1p(-clipped));
  });
}

/**
 * The same for k classes: mean over rows of the sum over classes of squared errors (0..2), and of -ln P(class) with rows
 * clipped, then scaled to sum 1. classes[n] in 0..k-1, probabilities[class][n].
 * @throws RangeError on other classes or probabilities, or unequal lengths.
 * Checked: golden/multiclass_auc.json (scikit-learn 1.2).
 */
export function multiclassScores(
  classes: ArrayLike<number>,
  probabilities: readonly ArrayLike<number>[],
  epsilon = logLossEpsilon,
): Estimate<{ readonly brier: number; readonly logLoss: number }> {
  const n = classes.length;
  for (const column of probabilities) requireLength(column.length, n);
  if (n === 0) return notEstimable('empty');
  let [squares, losses] = [0, 0];
  for (let row = 0; row < n; row++) {
    const own = classes[row]!;
    if (probabilities[own] === undefined)
      throw new RangeError(`classes must be 0..${probabilities.length - 1}: ${own} in row ${row}`);
    let total = 0;
    probabilities.forEach((column, at) => {
      const p = requireProbability(column[row]!, row);
      squares += (p - (at === own ? 1 : 0)) ** 2;
      total += Math.min(Math.max(p, epsilon), 1 - epsilon);
    });
    losses -= Math.log(Math.min(Math.max(probabilities[own][row]!, epsilon), 1 - epsilon) / total);
  }
  return estimate({ brier: squares / n, logLoss: losses / n });
}

/** Checks every row, then averages. */
function meanOf(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  loss: (y: number, p: number) => number,
): Estimate {
  const n = labels.length;
  requireLength(probabilities.length, n);
  if (n === 0) return notEstimable('empty');
  let sum = 0;
  for (let row = 0; row < n; row++) {
    const y = labels[row]!;
    if (y !== 0 && y !== 1) throw new RangeError(`labels must be 0 or 1: ${String(y)} in row ${row}`);
    sum += loss(y, requireProbability(probabilities[row]!, row));
  }
  return estimate(sum / n);
}

function requireProbability(p: number, row: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`probabilities must lie in [0, 1]: ${p} in row ${row}`);
  return p;
}

function requireLength(length: number, expected: number): void {
  if (length !== expected)
    throw new RangeError(`probabilities must be as many as labels: ${length}, not ${expected}`);
}
