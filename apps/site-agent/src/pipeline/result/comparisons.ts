// The comparisons that the protocol declares: any two cells on the same images, at the precision at which they may leave.
import type { CellRef, ComparisonResult, ProtocolDocument } from '@sidemark/core/contract';
import {
  disclosedValue,
  disclosedVariance,
  notEstimable,
  type NotEstimableReason,
  pairedDifference,
} from '@sidemark/core/stats';
import type { LocalModels } from '../../models/local-model.ts';
import { classSizes, type CommonSet, curveOf, placeOf } from './common-set.ts';
import type { JudgedClassifier } from './judged-classifier.ts';

/**
 * In the order of the protocol. A comparison of cells that differ on 1 to floor - 1 patients is withheld as
 * `too-few-affected`: its difference would be theirs. Cells of classifiers that are judged on different rows have
 * `no-common-rows`.
 */
export function comparisonResults(
  protocol: ProtocolDocument,
  models: LocalModels,
  judged: readonly JudgedClassifier[],
): ComparisonResult[] {
  const named = (cell: CellRef): ComparisonResult['a'] => ({
    classifier: models.classifiers[placeOf(protocol, cell)[0]]!.sha256,
    arm: cell.arm,
  });
  const judgedAs = (cell: CellRef): JudgedClassifier | undefined =>
    judged.find(({ index }) => index === placeOf(protocol, cell)[0]);
  return protocol.comparisons.map(({ a, b }) => {
    const [of, other] = [judgedAs(a), judgedAs(b)];
    const cells = { a: named(a), b: named(b) };
    if (!of || !other) return { ...cells, ...without('below-floor') };
    if (of.group !== other.group) return { ...cells, ...without('no-common-rows') };
    const { group, withheld } = of;
    const figures = withheld.difference(a, b)
      ? bothAbsent('too-few-affected')
      : disclosedDifference(group.set, placeOf(protocol, a), placeOf(protocol, b));
    return { ...cells, ...classSizes(group.set), ...figures };
  });
}

const nobody = { images: 0, patients: 0 };
const bothAbsent = (reason: NotEstimableReason): Pick<ComparisonResult, 'difference' | 'variance'> => ({
  difference: notEstimable(reason),
  variance: notEstimable(reason),
});
const without = (reason: NotEstimableReason): Omit<ComparisonResult, 'a' | 'b'> => ({
  positives: nobody,
  negatives: nobody,
  ...bothAbsent(reason),
});

function disclosedDifference(
  set: CommonSet,
  a: [number, number],
  b: [number, number],
): Pick<ComparisonResult, 'difference' | 'variance'> {
  const found = pairedDifference(curveOf(set, ...a), curveOf(set, ...b), set.labels, set.clusters);
  const { positives, negatives } = classSizes(set);
  const rows = { positives: positives.images, negatives: negatives.images };
  return {
    difference: disclosedValue(found.difference, found.variance, rows),
    variance: disclosedVariance(found.variance),
  };
}
