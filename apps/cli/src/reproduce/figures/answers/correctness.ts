// McNemar on correctness: one training on the original films against the same training on the inpainted films. With two
// classes the flips of a report say how many answers became right and how many wrong, with three its table of who is right.
import type { ReportResult } from '@sidemark/core/contract';
import { mcnemar } from '@sidemark/core/stats';
import { type Place, resultsOf, type RunEvidence } from '../../evidence.ts';
import type { Task, Trained } from '../../recipes.ts';

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
  const shown = entries.flatMap(({ entry }) => changesOf(entry) ?? []);
  return testedChanges(shown, entries.length);
}

/** @param of sites that could show theirs; null: none does */
export function testedChanges(shown: readonly Changes[], of: number): Correctness | null {
  if (shown.length === 0) return null;
  const sum = (which: keyof Changes): number => shown.reduce((all, one) => all + one[which], 0);
  const [becameRight, becameWrong] = [sum('becameRight'), sum('becameWrong')];
  const test = mcnemar([
    [0, becameRight],
    [becameWrong, 0],
  ]);
  const p = test.kind === 'estimate' ? test.value.exactP : null;
  return { becameRight, becameWrong, p, sites: shown.length, of };
}

type Changes = Pick<Correctness, 'becameRight' | 'becameWrong'>;

function changesOf(entry: ReportResult['classifiers'][number]): Changes | undefined {
  if (entry.kind === 'withheld') return undefined;
  if (entry.kind === 'multiclass') {
    const pair = entry.paired.find(({ a, b }) => a === 'original' && b === 'inpainted');
    if (pair?.correct?.kind !== 'counts') return undefined;
    return { becameRight: pair.correct.onlyB, becameWrong: pair.correct.onlyA };
  }
  const flips = entry.reliance?.marker.flips;
  if (flips?.kind !== 'counts') return undefined;
  const { positives, negatives } = flips;
  return {
    becameRight: positives.toPositive + negatives.toNegative,
    becameWrong: positives.toNegative + negatives.toPositive,
  };
}
