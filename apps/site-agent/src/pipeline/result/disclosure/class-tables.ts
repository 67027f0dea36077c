// What may leave of each table by truth and answer: its cells, and how many answers are right.
import type { CellRef, ClassifierManifest } from '@sidemark/core/contract';
import {
  type DisclosedSquare,
  disclosedSquare,
  disclosedTable,
  type PatientCell,
} from '@sidemark/core/stats';
import { isTooFew } from '../../../policy/floors.ts';
import { classTable } from '../class-table.ts';
import type { CommonSet } from '../common-set.ts';
import type { Cells, Curve } from '../curves.ts';
import { answeredOtherwise } from './affected-patients.ts';

/** Of one multi-class cell; `diagonal` counts the right answers. */
export type ShownClassTables = (cell: CellRef) => DisclosedSquare;

interface ClassTableParts {
  readonly set: Pick<CommonSet, 'rows'>;
  readonly cells: Cells;
  /** by id of the classifier */
  readonly manifests: ReadonlyMap<string, Pick<ClassifierManifest, 'labels'>>;
  readonly floor: number;
}

/**
 * A whole table tells its right answers. Of the others they are told where they give no cell away, and where the answers are
 * not those of a cell already told but for 1 to floor - 1 patients: two sums would tell of these.
 */
export function shownClassTables({ set, cells, manifests, floor }: ClassTableParts): ShownClassTables {
  const { curves, patients } = cells;
  const tables = curves
    .filter(({ kind }) => kind === 'multiclass')
    .map((curve) => {
      const classes = manifests.get(curve.classifier)!.labels.length;
      const table = classTable(truthOf(set, classes), curve.values, patients, classes);
      return { curve, table, shown: disclosedSquare(table, floor) };
    });
  const told: Curve[] = [];
  const found = new Map<string, DisclosedSquare>();
  const [whole, others] = [true, false].map((all) => tables.filter(({ shown }) => isWhole(shown) === all));
  for (const { curve, table, shown } of whole!.concat(others!)) {
    const near = told.some((other) => isTooFew(answeredOtherwise(curve, other, patients), floor));
    const kept = !isWhole(shown) && near ? withoutRight(table, floor) : shown;
    if (kept.diagonal !== null) told.push(curve);
    found.set(nameOf(curve), kept);
  }
  return (cell) => found.get(nameOf(cell))!;
}

/** Class of each row; undefined: none, or one that the model does not know. */
export function truthOf({ rows }: Pick<CommonSet, 'rows'>, classes: number): (number | undefined)[] {
  return rows.map((row) => (row.class === undefined || row.class >= classes ? undefined : row.class));
}

const nameOf = ({ classifier, arm }: CellRef): string => `${classifier} ${arm}`;

const isWhole = ({ cells }: DisclosedSquare): boolean => cells.flat().every((count) => count !== null);

const withoutRight = (table: readonly (readonly PatientCell[])[], floor: number): DisclosedSquare => ({
  cells: disclosedTable(table, floor),
  diagonal: null,
});
