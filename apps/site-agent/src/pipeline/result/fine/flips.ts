// Decisions that change, by the truth: by filling a marker, or under some glyph.
import type { FlipCounts } from '@sidemark/core/contract';
import type { EquationBudget } from './equation-budget.ts';
import type { Partition, ShownPartitions } from './partitions.ts';

const tooFew = { kind: 'not-estimable', reason: 'too-few-affected' } as const;
const tooMany = { kind: 'not-estimable', reason: 'too-many-figures' } as const;

/** Cells of a partition by flips. */
export const notAsked = 0;
const [toNegative, same, toPositive] = [1, 2, 3];
const cells = [notAsked, toNegative, same, toPositive];

export function flipOf(before: boolean, after: boolean): number {
  if (before === after) return same;
  return after ? toPositive : toNegative;
}

/** Of few patients in a class, or nearly another table by truth: nothing of it. @param partition by `flipOf` or `notAsked` */
export function flipCounts(
  partition: Partition,
  labels: readonly (0 | 1)[],
  shown: ShownPartitions,
  budget: EquationBudget,
): FlipCounts {
  const { crowd } = shown;
  const count = (cell: number, label: 0 | 1): number =>
    partition.filter((one, row) => one === cell && labels[row] === label).length;
  const few = cells.some((cell) =>
    ([0, 1] as const).some((label) =>
      crowd.isFew(count(cell, label), (row) => partition[row] === cell && labels[row] === label),
    ),
  );
  if (few || shown.nearlyMeets(partition)) return tooFew;
  if (!budget.take(new Set(partition).size - 1, partition.join())) return tooMany;
  shown.add(partition);
  const ofClass = (label: 0 | 1): { toPositive: number; toNegative: number; same: number } => ({
    toPositive: count(toPositive, label),
    toNegative: count(toNegative, label),
    same: count(same, label),
  });
  return { kind: 'counts', positives: ofClass(1), negatives: ofClass(0) };
}
