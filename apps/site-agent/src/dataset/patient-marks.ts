// Marks by which a site knows the same patients again in two reports, without keeping a name: keyed with the site secret,
// and of what was evaluated, so that another pseudonym is the same patient, and another label, film or mask another.
import { hkdfSync } from 'node:crypto';
import { canonicalJson, hmacSha256 } from '@sidemark/core/signing';
import { inDatasetOrder, type DatasetRow } from './registered-dataset.ts';

/** The key of this site's patient marks, 32 bytes: HKDF-SHA-256 of the site secret. */
export function deriveMarkKey(siteSecret: Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', siteSecret, new Uint8Array(), 'sidemark patient marks 1', 32));
}

/** One mark of 32 hex digits for each patient of the rows, sorted. O(n log n). */
export function patientMarks(rows: readonly DatasetRow[], key: Uint8Array): string[] {
  const films = new Map<string, unknown[]>();
  for (const { patient, sha256, label, class: of, view, maskSha256 } of inDatasetOrder(rows)) {
    const film = [
      ...[sha256, label, of ?? null, view ?? null],
      ...(maskSha256 === undefined ? [] : [maskSha256]),
    ];
    const known = films.get(patient);
    if (known) known.push(film);
    else films.set(patient, [film]);
  }
  return [...films.values()].map((film) => hmacSha256(key, canonicalJson(film)).slice(0, 32)).sort();
}
