// The comparisons that the protocol declares: any two cells, on the same images.
import type { CellRef, ComparisonResult, ProtocolDocument } from '@sidemark/core/contract';
import { pairedDifference } from '@sidemark/core/stats';
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
  return protocol.comparisons.map(({ a, b }) => ({
    a: named(a),
    b: named(b),
    ...sizes,
    ...pairedDifference(curveOf(set, ...place(a)), curveOf(set, ...place(b)), set.labels, set.clusters),
  }));
}
