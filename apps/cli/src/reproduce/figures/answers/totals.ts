// What the totals of right answers leave of McNemar's test where few sites show who is right on both: a bound.
import type { CellRef } from '@sidemark/core/contract';
import { mcnemarBound } from '@sidemark/core/stats';
import { type Place, resultsOf, type RunEvidence } from '../../evidence.ts';

export interface RightTotals {
  /** right answers of a less those of b */
  readonly difference: number;
  /** films with two answers */
  readonly moved: number;
  /** of McNemar's test, at most; null where no answer moved */
  readonly pAtMost: number | null;
  /** that tell both totals */
  readonly sites: number;
  readonly of: number;
}

/**
 * Two cells of multi-class classifiers, judged on the same films. Films with one answer are right in both or in none.
 * @returns null where no site tells both totals
 */
export function rightTotals(
  run: RunEvidence,
  [a, b]: readonly [CellRef, CellRef],
  place: Place,
): RightTotals | null {
  const [onA, onB] = [a, b].map(({ classifier }) => resultsOf(run, classifier, place));
  const told = onA!.flatMap(({ entry: first }, site) => {
    const second = onB![site]?.entry;
    if (first.kind !== 'multiclass' || second?.kind !== 'multiclass') return [];
    const against = a.classifier === b.classifier ? undefined : second.classifier;
    const pair = first.paired.find((one) => one.a === a.arm && one.b === b.arm && one.against === against);
    const right = [first.right[first.arms.indexOf(a.arm)], second.right[second.arms.indexOf(b.arm)]];
    if (!pair || typeof right[0] !== 'number' || typeof right[1] !== 'number') return [];
    const moved = pair.table.flatMap((line, row) => line.filter((_, column) => column !== row));
    return [{ difference: right[0] - right[1], moved: moved.reduce((sum, films) => sum + films, 0) }];
  });
  if (told.length === 0) return null;
  const sum = (of: 'difference' | 'moved'): number => told.reduce((all, one) => all + one[of], 0);
  const [difference, moved] = [sum('difference'), sum('moved')];
  const bound = mcnemarBound(difference, moved);
  const pAtMost = bound.kind === 'estimate' ? bound.value.p : null;
  return { difference, moved, pAtMost, sites: told.length, of: onA!.length };
}
