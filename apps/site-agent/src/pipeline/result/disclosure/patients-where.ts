// Patients of some rows.

/** Patients of the rows for which `chosen` holds. */
export function patientsWhere(patients: readonly number[], chosen: (row: number) => boolean): number {
  return new Set(patients.filter((_, row) => chosen(row))).size;
}
