// The rules of a report on curves of finer figures: what breaks one stays, since nobody would be asked about it.
import { largestShare, mostShare } from '../../../egress/scrutiny/concentration.ts';
import { isTooFew } from '../../../policy/floors.ts';
import type { Curve } from '../curves.ts';
import { affectedPatients } from './affected-patients.ts';
import { patientsWhere } from './patients-where.ts';
import { tooClose } from './too-close.ts';

/**
 * True for each curve that says the same of all but a few patients, differs on a few from an earlier one that is shown, or asks of one
 * patient together with the others. @param patients parallel to the curves' values
 */
export function keptCurves(curves: readonly Curve[], patients: readonly number[], floor: number): boolean[] {
  if (floor <= 1) return curves.map(() => false);
  const alone = curves.map(({ values }) => {
    const counts = new Map<number, number>();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    const commonest = [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
    return isTooFew(
      patientsWhere(patients, (row) => values[row] !== commonest),
      floor,
    );
  });
  const close = tooClose(curves, (a, b) => affectedPatients(a, b, patients, floor), floor);
  const shown = curves.filter((_, at) => !alone[at] && !close[at]);
  const ofOne = largestShare(
    shown.map(({ order }) => order!.ranks),
    patients,
  );
  return curves.map((_, at) => alone[at]! || close[at]! || ofOne > mostShare);
}
