// The AUC of a table of categories, each fold scored by what the others taught: how much features tell of a label.
import { type Estimate, estimate, type NotEstimable, notEstimable } from '../estimate.ts';
import { aucClustered } from '../roc/clustered-auc.ts';

export interface CrossFitted {
  readonly auc: Estimate;
  readonly variance: Estimate;
}

/** Rows added to each class of each level: a level seen seldom says little. */
const PRIOR = 1;

/**
 * Naive Bayes on categories. features[feature][row]: a level, or undefined where nothing is to be learnt from it;
 * labels[row] 0|1, folds[row] whole numbers, clusters[row] = integer patient index, each patient in one fold. A row scores
 * the sum over features of ln (share of its level among positives / among negatives) in the other folds, with one row
 * added to each level and class. The AUC is that of pairs within a fold, weighted by their number, since scores of two
 * folds come from two models; its variance is Obuchowski's, summed over folds as they are independent. Folds without both classes, or without
 * two patients of each, are left out; without any: the reason of the first.
 * @throws RangeError on other labels, or unequal lengths.
 * Source: Hand & Yu, Int Stat Rev 2001;69:385-398 (naive Bayes); Le Dell et al., Electron J Stat 2015;9:1583-1607 (cross-validated AUC).
 */
export function crossFittedAuc(
  features: readonly (readonly (string | undefined)[])[],
  labels: readonly (0 | 1)[],
  folds: readonly number[],
  clusters: readonly number[],
): CrossFitted {
  if ([...features, folds, clusters].some((list) => list.length !== labels.length))
    throw new RangeError('features, folds and clusters must be as many as labels');
  let [pairs, weighted, spread] = [0, 0, 0];
  let refusal: NotEstimable | undefined;
  for (const fold of [...new Set(folds)].sort((a, b) => a - b)) {
    const test = folds.flatMap((one, row) => (one === fold ? [row] : []));
    const train = folds.flatMap((one, row) => (one === fold ? [] : [row]));
    const scores = scoresOf(features, labels, train, test);
    const own = test.map((row) => labels[row]!);
    const { auc, covariance, positives, negatives } = aucClustered(
      [scores],
      own,
      test.map((row) => clusters[row]!),
    );
    const [value, variance] = [auc[0]!, covariance[0]![0]!];
    if (value.kind !== 'estimate') refusal ??= value;
    else if (variance.kind !== 'estimate') refusal ??= variance;
    else {
      const weight = positives * negatives;
      pairs += weight;
      weighted += weight * value.value;
      spread += weight * weight * variance.value;
    }
  }
  if (pairs === 0) {
    const none = refusal ?? notEstimable('empty');
    return { auc: none, variance: none };
  }
  return { auc: estimate(weighted / pairs), variance: estimate(spread / pairs / pairs) };
}

function scoresOf(
  features: readonly (readonly (string | undefined)[])[],
  labels: readonly (0 | 1)[],
  train: readonly number[],
  test: readonly number[],
): number[] {
  const scores = test.map(() => 0);
  for (const levels of features) {
    const weights = evidenceOf(levels, labels, train);
    test.forEach((row, at) => (scores[at]! += weights.get(levels[row]) ?? 0));
  }
  return scores;
}

/** ln (share among positives / share among negatives), level by level. */
function evidenceOf(
  levels: readonly (string | undefined)[],
  labels: readonly (0 | 1)[],
  train: readonly number[],
): Map<string | undefined, number> {
  const counts = new Map<string, [number, number]>();
  const totals: [number, number] = [0, 0];
  for (const row of train) {
    const level = levels[row];
    if (level === undefined) continue;
    const of = counts.get(level) ?? [PRIOR, PRIOR];
    of[labels[row]!]++;
    totals[labels[row]!]++;
    counts.set(level, of);
  }
  const shares = (of: readonly [number, number], label: 0 | 1): number =>
    of[label] / (totals[label] + PRIOR * counts.size);
  return new Map([...counts].map(([level, of]) => [level, Math.log(shares(of, 1) / shares(of, 0))]));
}
