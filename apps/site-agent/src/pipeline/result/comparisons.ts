// The comparisons that the protocol declares: any two cells, on the same images, at the precision at which they may leave.
import type { CellRef, ComparisonResult, ProtocolDocument } from '@sidemark/core/contract';
import { disclosedValue, disclosedVariance, notEstimable, pairedDifference } from '@sidemark/core/stats';
import type { LocalModels } from '../../models/local-model.ts';
import { classSizes, type CommonSet, curveOf, placeOf } from './common-set.ts';
import type { Withheld } from './withheld.ts';

/**
 * In the order of the protocol. A comparison of cells that differ on 1 to floor - 1 patients is withheld as
 * `too-few-affected`: its difference would be theirs.
 */
export function comparisonResults(
  set: CommonSet,
  protocol: ProtocolDocument,
  models: LocalModels,
  withheld: Withheld,
): ComparisonResult[] {
  const sizes = classSizes(set);
  const named = (cell: CellRef): ComparisonResult['a'] => ({
    classifier: models.classifiers[placeOf(protocol, cell)[0]]!.sha256,
    arm: cell.arm,
  });
  return protocol.comparisons.map(({ a, b }) => ({
    a: named(a),
    b: named(b),
    ...sizes,
    ...(withheld.difference(a, b)
      ? { difference: tooFew, variance: tooFew }
      : disclosedDifference(set, placeOf(protocol, a), placeOf(protocol, b))),
  }));
}

const tooFew = notEstimable('too-few-affected');

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
