// Five parts of a site's patients, by a keyed hash: all films of a patient in one, the same for every run at a site.
import { hmacSha256 } from '@sidemark/core/signing';
import { foldOfPatient } from '@sidemark/core/stats';
import type { DatasetRow } from '../../../dataset/registered-dataset.ts';

export const patientFoldCount = 5;

/** Fold of each row's patient, from 0. @param key of the site */
export function patientFolds(rows: readonly Pick<DatasetRow, 'patient'>[], key: string): number[] {
  const bytes = new TextEncoder().encode(`sidemark patient folds 1 ${key}`);
  const known = new Map<string, number>();
  return rows.map(({ patient }) => {
    const fold = known.get(patient) ?? foldOfPatient(hmacSha256(bytes, patient), patientFoldCount);
    known.set(patient, fold);
    return fold;
  });
}
