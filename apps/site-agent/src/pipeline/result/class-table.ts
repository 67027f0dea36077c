// Films by truth and answer, before anything is withheld.
import type { PatientCell } from '@sidemark/core/stats';

/**
 * @param truth class of each film; undefined: left out. @param answers, @param patients parallel to it
 * @returns rows by truth, columns by answer, `classes` of each
 */
export function classTable(
  truth: readonly (number | undefined)[],
  answers: readonly number[],
  patients: readonly number[],
  classes: number,
): PatientCell[][] {
  const found = Array.from({ length: classes }, () => Array.from({ length: classes }, (): number[] => []));
  truth.forEach((own, row) => {
    if (own !== undefined) found[own]![answers[row]!]!.push(patients[row]!);
  });
  return found.map((line) => line.map((of) => ({ images: of.length, patients: of })));
}
