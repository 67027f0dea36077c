// Classifiers that are judged on the same rows, with the images that all of them could score. Groups share no row, so two
// classifiers have all rows in common or none.
import type { ClassifierManifest, RowsSeen } from '@sidemark/core/contract';
import type { DatasetRow } from '../../dataset/registered-dataset.ts';
import { isInSet, type RowSet } from '../../dataset/row-sets.ts';
import type { LocalModel } from '../../models/local-model.ts';
import type { ImageOutcome } from '../image/image-outcome.ts';
import { classSizes, commonSet, type CommonSet, type Size, sizeOf } from './common-set.ts';

export interface RowGroup {
  readonly rowSet: RowSet;
  /** indices of the protocol, ascending */
  readonly classifiers: readonly number[];
  readonly set: CommonSet;
}

/** @param rowSets of the classifiers. @param outcomes parallel to rows */
export function rowGroups(
  rows: readonly DatasetRow[],
  outcomes: readonly ImageOutcome[],
  rowSets: readonly RowSet[],
): RowGroup[] {
  return [...new Set(rowSets)].map((rowSet) => {
    const chosen = rows.flatMap((row, i) => (isInSet(rowSet, row) ? [i] : []));
    return {
      rowSet,
      classifiers: rowSets.flatMap((one, index) => (one === rowSet ? [index] : [])),
      set: commonSet(
        chosen.map((i) => rows[i]!),
        chosen.map((i) => outcomes[i]!),
      ),
    };
  });
}

/** Sizes of the classes that a classifier's figures rest on: its labels' for a multi-class one, else the two. */
export function sizesFor({ set }: RowGroup, { manifest }: LocalModel<ClassifierManifest>): Size[] {
  if (manifest.decode.variant !== 'multiclass') return Object.values(classSizes(set));
  return manifest.labels.map((_, c) => sizeOf(set.rows.filter((row) => row.class === c)));
}

/**
 * Classifiers that a class of their own rows is too small for, where others are not: a fold that is too small does not
 * stop the job. With one set of rows, or none that is large enough, nobody is left out here: the gate stops the report.
 */
export function belowFloor(
  groups: readonly RowGroup[],
  models: readonly LocalModel<ClassifierManifest>[],
  floor: number,
): ReadonlySet<number> {
  const all = groups.flatMap((group) =>
    group.classifiers.map((index) => ({
      index,
      below: sizesFor(group, models[index]!).some(({ patients }) => patients < floor),
    })),
  );
  const below = all.filter((one) => one.below).map(({ index }) => index);
  return new Set(groups.length > 1 && below.length < all.length ? below : []);
}

/** The rows in the words of a report: which fold it was follows from the manifest. */
export function rowsSeen(rowSet: RowSet): RowsSeen {
  return rowSet === 'all' || rowSet === 'test' ? rowSet : 'fold';
}
