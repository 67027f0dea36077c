// Counts and means of several sites taken together; a site that withholds one is left out and missed in the count.
import type { ReportResult, ShareMoments } from '@sidemark/core/contract';

type Entry = ReportResult['classifiers'][number];

export interface Accuracy {
  readonly correct: number;
  readonly total: number;
  /** that tell it */
  readonly sites: number;
  readonly of: number;
}

export interface MeanOfFilms {
  readonly mean: number;
  readonly images: number;
  readonly sites: number;
}

/** At the shipped threshold of a binary classifier, or by the largest logit of several. */
export function accuracyOf(entries: readonly Entry[], arm: string): Accuracy | null {
  const counted = entries.flatMap((entry) => {
    const right = rightOf(entry, arm);
    return right ? [right] : [];
  });
  if (counted.length === 0) return null;
  const sum = (of: 'correct' | 'total'): number => counted.reduce((all, one) => all + one[of], 0);
  return { correct: sum('correct'), total: sum('total'), sites: counted.length, of: entries.length };
}

function rightOf(entry: Entry, arm: string): { correct: number; total: number } | undefined {
  if (entry.kind === 'withheld') return undefined;
  const at = entry.arms.findIndex((one) => one === arm);
  if (entry.kind === 'binary') {
    const counts = entry.decisions[at];
    if (counts?.kind !== 'counts') return undefined;
    const { tp, tn, fp, fn } = counts;
    return { correct: tp + tn, total: tp + tn + fp + fn };
  }
  const correct = entry.right[at];
  if (typeof correct !== 'number') return undefined;
  return { correct, total: entry.classes.reduce((sum, { images }) => sum + images, 0) };
}

/** Every film counts once, whatever its site. */
export function meanOfFilms(
  moments: readonly (ShareMoments | { kind: string } | undefined)[],
): MeanOfFilms | null {
  const known = moments.flatMap((one) => (one && isMoments(one) && one.films.images > 0 ? [one] : []));
  const images = known.reduce((sum, { films }) => sum + films.images, 0);
  if (images === 0) return null;
  const mean = known.reduce((sum, one) => sum + one.films.images * one.mean, 0) / images;
  return { mean, images, sites: known.length };
}

type Moments = Extract<ShareMoments, { kind: 'moments' }>;
const isMoments = (one: { kind: string }): one is Moments => one.kind === 'moments';

/** The middle one; of an even number the lower of the two. Null where there is none. */
export function medianOf(values: readonly (number | null | undefined)[]): number | null {
  const known = values.flatMap((value) => (value === null || value === undefined ? [] : [value]));
  return known.sort((a, b) => a - b)[Math.floor((known.length - 1) / 2)] ?? null;
}
