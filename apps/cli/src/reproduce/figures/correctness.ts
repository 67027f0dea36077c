// McNemar on correctness: one binary training on the original films against the same training on the inpainted films.
// The flips of a report say how many answers became right and how many wrong.
import { mcnemar } from '@sidemark/core/stats';
import { type Place, resultsOf, type RunEvidence } from '../evidence.ts';
import type { Task, Trained } from '../recipes.ts';

export interface Correctness {
  readonly becameRight: number;
  readonly becameWrong: number;
  /** exact; null where no answer flipped */
  readonly p: number | null;
  /** that show their flips */
  readonly sites: number;
  readonly of: number;
}

/** Films without a marker are the same on both arms: none of their answers can flip. */
export function correctnessOf(
  run: RunEvidence,
  task: Task,
  trained: Trained,
  place: Place,
): Correctness | null {
  const entries = resultsOf(run, `${task}-${trained}`, place);
  const shown = entries.flatMap(({ entry }) => {
    const flips = entry.kind === 'binary' ? entry.reliance?.marker.flips : undefined;
    return flips?.kind === 'counts' ? [flips] : [];
  });
  if (shown.length === 0) return null;
  const sum = (of: (one: (typeof shown)[number]) => number): number =>
    shown.reduce((all, one) => all + of(one), 0);
  const becameRight = sum(({ positives, negatives }) => positives.toPositive + negatives.toNegative);
  const becameWrong = sum(({ positives, negatives }) => positives.toNegative + negatives.toPositive);
  const test = mcnemar([
    [0, becameRight],
    [becameWrong, 0],
  ]);
  const p = test.kind === 'estimate' ? test.value.exactP : null;
  return { becameRight, becameWrong, p, sites: shown.length, of: entries.length };
}
