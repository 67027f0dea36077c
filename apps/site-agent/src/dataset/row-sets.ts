// Which rows of a dataset a classifier may be judged on: none that it was trained on. A row is in one set at most.
import type { ClassifierManifest } from '@sidemark/core/contract';
import { countClassPatients, type DatasetRow, Split } from './registered-dataset.ts';

const FoldSplit = Split.exclude(['train', 'test']);

/** Without splits every row counts; with them, the rows of no training, or one fold that was held out. */
export type RowSet = 'all' | Exclude<Split, 'train'>;

/**
 * Rows without any split: all. Else a classifier sees `test` rows and those with an empty cell; but one that held out a
 * fold and was trained at this site sees that fold, where the dataset has one.
 * @param siteName as the trial office names this site
 */
export function rowSetOf(
  { fold, trainedOnSites }: Pick<ClassifierManifest, 'fold' | 'trainedOnSites'>,
  rows: readonly DatasetRow[],
  siteName: string,
): RowSet {
  if (rows.every(({ split }) => split === undefined)) return 'all';
  if (fold === undefined || !trainedOnSites.includes(siteName)) return 'test';
  const own = FoldSplit.parse(`fold-${fold.heldOut}`);
  return rows.some(({ split }) => split === own) ? own : 'test';
}

export function isInSet(set: RowSet, { split = 'test' }: DatasetRow): boolean {
  return set === 'all' || set === split;
}

/** Patients by label and class, as `countClassPatients`, of the set whose smallest class is largest. */
export function fullestSet(
  rows: readonly DatasetRow[],
  sets: readonly RowSet[],
): ReturnType<typeof countClassPatients> {
  const counted = sets.map((set) => countClassPatients(rows.filter((row) => isInSet(set, row))));
  const smallest = (counts: Readonly<Record<string, number>>): number => Math.min(...Object.values(counts));
  return counted.reduce((best, next) => (smallest(next) > smallest(best) ? next : best));
}

/** Every set that rows with a split belong to; `all` where none has one. */
export function setsOf(rows: readonly DatasetRow[]): RowSet[] {
  if (rows.every(({ split }) => split === undefined)) return ['all'];
  const found = new Set(rows.map(({ split = 'test' }) => split));
  return [...found].filter((split): split is Exclude<RowSet, 'all'> => split !== 'train').sort();
}
