// The comparisons that the protocol declares: any two cells, on the same images, at the precision at which they may leave.
import type { CellRef, ComparisonResult, ProtocolDocument } from '@sidemark/core/contract';
import { disclosedValue, disclosedVariance, pairedDifference } from '@sidemark/core/stats';
import type { LocalModels } from '../../models/local-model.ts';
import { classSizes, type CommonSet, curveOf } from './common-set.ts';

/** In the order of the protocol. */
export function comparisonResults(
  set: CommonSet,
  protocol: ProtocolDocument,
  models: LocalModels,
): ComparisonResult[] {
  const sizes = classSizes(set);
  const place = ({ classifier, arm }: CellRef): [number, number] => [
    protocol.classifiers.findIndex(({ id }) => id === classifier),
    protocol.arms.indexOf(arm),
  ];
  const named = (cell: CellRef): ComparisonResult['a'] => ({
    classifier: models.classifiers[place(cell)[0]]!.sha256,
    arm: cell.arm,
  });
  const rows = { positives: sizes.positives.images, negatives: sizes.negatives.images };
  return protocol.comparisons.map(({ a, b }) => {
    const [curveA, curveB] = [curveOf(set, ...place(a)), curveOf(set, ...place(b))];
    const { difference, variance } = pairedDifference(curveA, curveB, set.labels, set.clusters);
    return {
      a: named(a),
      b: named(b),
      ...sizes,
      difference: disclosedValue(difference, variance, rows),
      variance: disclosedVariance(variance),
    };
  });
}
