// What is wrong only when rows are seen together.
import type { DraftRow } from './label-rows.ts';
import type { DatasetRow } from '../registered-dataset.ts';
import type { RowProblem } from './row-problems.ts';

/** Second and later rows of one path. */
export function repeatedPaths(drafts: readonly DraftRow[]): RowProblem[] {
  return groups(drafts, (draft) => draft.path).flatMap(([first, ...others]) =>
    others.map(({ row }) => ({ row, code: 'path-repeated', detail: `as row ${first!.row}` }) as const),
  );
}

/** All rows of a patient whose images are in more than one split; an empty cell is read as `test`. */
export function splitConflicts(drafts: readonly DraftRow[]): RowProblem[] {
  const sideOf = ({ split = 'test' }: DraftRow): string => split;
  return groups(drafts, (draft) => draft.patient)
    .filter((rows) => rows.some((row) => sideOf(row) !== sideOf(rows[0]!)))
    .flatMap((rows) => rows.map(({ row }) => ({ row, code: 'split-conflict' }) as const));
}

/** Rows with the same bytes: all of them when their labels differ, else the second and later ones. */
export function repeatedFiles(rows: readonly (DatasetRow & { row: number })[]): RowProblem[] {
  return groups(rows, (row) => row.sha256)
    .filter((same) => new Set(same.map(({ path }) => path)).size > 1)
    .flatMap((same): RowProblem[] => {
      const [first, ...others] = same;
      const detail = `as row ${first!.row}`;
      const agree = others.every(({ label, class: kind }) => label === first!.label && kind === first!.class);
      if (agree) return others.map(({ row }) => ({ row, code: 'file-repeated', detail }));
      return same.map(({ row, label }) => ({ row, code: 'file-two-labels', detail: `label ${label} here` }));
    });
}

/** Items that share a key, in order; groups of one are left in. */
function groups<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const byKey = new Map<string, T[]>();
  for (const item of items) {
    const group = byKey.get(keyOf(item));
    if (group) group.push(item);
    else byKey.set(keyOf(item), [item]);
  }
  return [...byKey.values()];
}
