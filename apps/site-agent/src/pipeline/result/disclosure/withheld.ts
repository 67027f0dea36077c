// Which figures of a result stay at the site because, beside the others, they would point at fewer patients than the
// floor. Decided before any figure is computed: from scores alone, but for decisions with a small count of one truth.
import type { CellRef } from '@sidemark/core/contract';
import { isTooFew } from '../../../policy/floors.ts';
import { affectedPatients, decidedOtherwise } from './affected-patients.ts';
import type { Cells, Curve } from '../curves.ts';
import { patientsWhere } from './patients-where.ts';
import { tooClose } from './too-close.ts';

export interface Withheld {
  /** the AUC of the cell, and every difference with it */
  auc(cell: CellRef): boolean;
  /** the decision counts of the cell */
  decisions(cell: CellRef): boolean;
  difference(a: CellRef, b: CellRef): boolean;
}

const nameOf = ({ classifier, arm }: CellRef): string => `${classifier} ${arm}`;

/**
 * @param labels parallel to the patients of the cells
 * @param floor fewest patients that a figure may rest on; 1 withholds nothing
 */
export function withheldFigures(cells: Cells, labels: readonly (0 | 1)[], floor: number): Withheld {
  const aucs = closeArms(cells, floor);
  const decisions = keptDecisions(cells, labels, floor);
  const curves = new Map(cells.curves.map((curve) => [nameOf(curve), curve]));
  return {
    auc: (cell) => aucs.has(nameOf(cell)),
    decisions: (cell) => decisions.has(nameOf(cell)),
    difference: (a, b) =>
      aucs.has(nameOf(a)) ||
      aucs.has(nameOf(b)) ||
      isTooFew(
        affectedPatients(curves.get(nameOf(a))!, curves.get(nameOf(b))!, cells.patients, floor),
        floor,
      ),
  };
}

/** Arms too close to an earlier arm of the same classifier that is shown. Across classifiers the gate holds the report. */
function closeArms({ curves, patients }: Cells, floor: number): Set<string> {
  const binary = curves.filter(({ kind }) => kind === 'binary');
  const affected = (a: Curve, b: Curve): number =>
    a.classifier === b.classifier ? affectedPatients(a, b, patients, floor) : 0;
  const close = tooClose(binary, affected, floor);
  return new Set(binary.filter((_, at) => close[at]).map(nameOf));
}

/**
 * Decisions of which one of the four counts is of few patients (whoever knows how many were called positive has all four
 * from any one), and those that set few patients apart from all others, or from an earlier cell that is shown.
 */
function keptDecisions({ curves, patients }: Cells, labels: readonly (0 | 1)[], floor: number): Set<string> {
  const sides = [patients.map(() => true), patients.map(() => false)];
  const all = curves.flatMap((curve) => (curve.positive ? [{ curve, positive: curve.positive }] : []));
  const small = (positive: readonly boolean[]): boolean =>
    [true, false].some((side) =>
      [0, 1].some((label) =>
        isTooFew(
          patientsWhere(patients, (row) => positive[row] === side && labels[row] === label),
          floor,
        ),
      ),
    );
  const decided = all.filter(({ positive }) => !small(positive));
  const close = tooClose<readonly boolean[]>(
    decided.map(({ positive }) => positive),
    (a, b) => decidedOtherwise(a, b, patients),
    floor,
    sides,
  );
  const shown = new Set(decided.filter((_, at) => !close[at]).map(({ curve }) => nameOf(curve)));
  return new Set(all.map(({ curve }) => nameOf(curve)).filter((name) => !shown.has(name)));
}
