// What the totals of right answers leave of McNemar's test where few sites show who is right on both: a bound.
import type { CellRef } from '@sidemark/core/contract';
import { chiSquareUpperTail } from '@sidemark/core/stats';
import type { Place, RunEvidence } from '../../evidence.ts';

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
 * Two cells of multi-class classifiers, judged on the same films. Films with one answer are right in both or in none, so
 * difference^2 / moved is at most McNemar's statistic. @returns null where no site tells both totals
 */
export function rightTotals(
  run: RunEvidence,
  [a, b]: readonly [CellRef, CellRef],
  place: Place,
): RightTotals | null {
  const sites = run.sites.filter(({ role }) => role === place);
  const told = sites.flatMap(({ result }) => {
    const [first, second] = [a, b].map(({ classifier }) => {
      const entry = result.classifiers[run.document.classifiers.findIndex(({ id }) => id === classifier)];
      return entry?.kind === 'multiclass' ? entry : undefined;
    });
    if (!first || !second) return [];
    const against = a.classifier === b.classifier ? undefined : second.classifier;
    const pair = first.paired.find((one) => one.a === a.arm && one.b === b.arm && one.against === against);
    const [rightA, rightB] = [
      first.right[first.arms.indexOf(a.arm)],
      second.right[second.arms.indexOf(b.arm)],
    ];
    if (!pair || typeof rightA !== 'number' || typeof rightB !== 'number') return [];
    const moved = pair.table.flatMap((line, row) => line.filter((_, column) => column !== row));
    return [{ difference: rightA - rightB, moved: moved.reduce((sum, films) => sum + films, 0) }];
  });
  if (told.length === 0) return null;
  const sum = (of: 'difference' | 'moved'): number => told.reduce((all, one) => all + one[of], 0);
  const [difference, moved] = [sum('difference'), sum('moved')];
  const pAtMost = moved === 0 ? null : chiSquareUpperTail(difference ** 2 / moved, 1);
  return { difference, moved, pAtMost, sites: told.length, of: sites.length };
}
