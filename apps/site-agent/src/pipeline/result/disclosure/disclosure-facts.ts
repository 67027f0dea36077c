// What the figures of a result could tell of single patients: counted beside the result, for the egress gate of this
// site. It is in no message, and no message has a field for it.
import type { Arm } from '@sidemark/core/contract';
import type { DatasetRow } from '../../../dataset/registered-dataset.ts';
import { affectedPatients, redrawnPatients } from './affected-patients.ts';
import type { Cells, Curve } from '../curves.ts';
import type { FineFacts } from '../fine/fine-figures.ts';
import { patientsWhere } from './patients-where.ts';
import type { Picture } from '../pictures.ts';

export interface Cell {
  /** id in the protocol */
  readonly classifier: string;
  readonly arm: Arm;
  /** what the classifier drew, and not what it scored */
  readonly of?: Picture['of'];
}

/** Of the classifiers that are judged on the same rows. */
export interface DisclosureFacts {
  /** indices of the classifiers whose figures are shown, ascending: of the protocol and of the result */
  readonly classifiers: readonly number[];
  /** patients with a score other than the cell's commonest; for a multi-class classifier, another class */
  readonly alone: readonly { readonly cell: Cell; readonly patients: number }[];
  /** of each multi-class cell, the patients of the class that it predicts least often */
  readonly smallClasses: readonly { readonly cell: Cell; readonly patients: number }[];
  /** cells of two classifiers, or two arms of a multi-class one, and the patients on whom they differ; a lower bound from the floor on */
  readonly pairs: readonly { readonly a: Cell; readonly b: Cell; readonly patients: number }[];
  readonly cells: Cells;
  /** of the finer figures */
  readonly fine: FineFacts;
  /** the images that every figure rests on */
  readonly rows: readonly DatasetRow[];
}

/** O(n log n) in images, for each pair of cells. */
export function disclosureFacts(
  classifiers: readonly number[],
  cells: Cells,
  rows: readonly DatasetRow[],
  floor: number,
): Omit<DisclosureFacts, 'fine'> {
  const { curves, patients } = cells;
  return {
    classifiers,
    alone: curves.flatMap((curve) => [
      { cell: cellOf(curve), patients: patientsWhere(patients, offCommonest(curve.values)) },
      ...(curve.pictures ?? []).map(({ of, prints }) => ({
        cell: { ...cellOf(curve), of },
        patients: patientsWhere(patients, offCommonest(prints)),
      })),
    ]),
    smallClasses: curves
      .filter(({ kind }) => kind === 'multiclass')
      .flatMap((curve) => {
        const sizes = [...new Set(curve.values)].map((one) =>
          patientsWhere(patients, (row) => curve.values[row] === one),
        );
        return [{ cell: cellOf(curve), patients: Math.min(...sizes) }];
      }),
    pairs: curves.flatMap((a, i) => curves.slice(i + 1).flatMap((b) => pairsOf(a, b, patients, floor))),
    cells,
    rows,
  };
}

function pairsOf(
  a: Curve,
  b: Curve,
  patients: readonly number[],
  floor: number,
): DisclosureFacts['pairs'][number][] {
  const others = a.classifier !== b.classifier;
  const [cellA, cellB] = [cellOf(a), cellOf(b)];
  const scored =
    a.kind === b.kind && (a.kind === 'multiclass' || others)
      ? [{ a: cellA, b: cellB, patients: affectedPatients(a, b, patients, floor) }]
      : [];
  const drawn = (a.pictures ?? []).flatMap((picture) => {
    const { of } = picture;
    const other = others ? b.pictures?.find((one) => one.of === of) : undefined;
    if (!other) return [];
    const redrawn = redrawnPatients(picture, other, patients, floor);
    return [{ a: { ...cellA, of }, b: { ...cellB, of }, patients: redrawn }];
  });
  return [...scored, ...drawn];
}

const cellOf = ({ classifier, arm }: Curve): Cell => ({ classifier, arm });

function offCommonest(values: readonly number[]): (row: number) => boolean {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let [commonest, most] = [values[0], 0];
  for (const [value, count] of counts) if (count > most) [commonest, most] = [value, count];
  return (row) => values[row] !== commonest;
}
