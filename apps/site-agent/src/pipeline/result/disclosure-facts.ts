// What the figures of a result could tell of single patients: counted beside the result, for the egress gate of this
// site. It is in no message, and no message has a field for it.
import type { Arm } from '@sidemark/core/contract';
import type { DatasetRow } from '../../dataset/registered-dataset.ts';
import { affectedPatients } from './affected-patients.ts';
import { type Cells, type Curve, patientsWhere } from './curves.ts';

export interface Cell {
  /** id in the protocol */
  readonly classifier: string;
  readonly arm: Arm;
}

export interface DisclosureFacts {
  /** patients with a score other than the cell's commonest; for a multi-class classifier, another class */
  readonly alone: readonly { readonly cell: Cell; readonly patients: number }[];
  /** of each multi-class cell, the patients of the class that it predicts least often */
  readonly smallClasses: readonly { readonly cell: Cell; readonly patients: number }[];
  /** cells of two classifiers, or two arms of a multi-class one, and the patients on whom they differ; a lower bound from the floor on */
  readonly pairs: readonly { readonly a: Cell; readonly b: Cell; readonly patients: number }[];
  readonly cells: Cells;
  /** the images that every figure rests on */
  readonly rows: readonly DatasetRow[];
}

/** O(n log n) in images, for each pair of cells. */
export function disclosureFacts(cells: Cells, rows: readonly DatasetRow[], floor: number): DisclosureFacts {
  const { curves, patients } = cells;
  return {
    alone: curves.map((curve) => ({
      cell: cellOf(curve),
      patients: patientsWhere(patients, offCommonest(curve.values)),
    })),
    smallClasses: curves
      .filter(({ kind }) => kind === 'multiclass')
      .flatMap((curve) => {
        const sizes = [...new Set(curve.values)].map((one) =>
          patientsWhere(patients, (row) => curve.values[row] === one),
        );
        return [{ cell: cellOf(curve), patients: Math.min(...sizes) }];
      }),
    pairs: curves.flatMap((a, i) =>
      curves
        .slice(i + 1)
        .filter((b) => a.kind === b.kind && (a.kind === 'multiclass' || a.classifier !== b.classifier))
        .map((b) => ({
          a: cellOf(a),
          b: cellOf(b),
          patients: affectedPatients(a, b, patients, floor),
        })),
    ),
    cells,
    rows,
  };
}

const cellOf = ({ classifier, arm }: Curve): Cell => ({ classifier, arm });

function offCommonest(values: readonly number[]): (row: number) => boolean {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let [commonest, most] = [values[0], 0];
  for (const [value, count] of counts) if (count > most) [commonest, most] = [value, count];
  return (row) => values[row] !== commonest;
}
