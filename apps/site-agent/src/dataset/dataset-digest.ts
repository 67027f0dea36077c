// The digest of a dataset: it proves that nothing changed, and tells an outsider nothing, for it is keyed.
import { createHash, hkdfSync } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '@sidemark/core/errors';
import { canonicalJson, hmacSha256 } from '@sidemark/core/signing';
import { type DatasetRow, inDatasetOrder, type RegisteredDataset } from './registered-dataset.ts';
import { inParallel } from './rows/in-parallel.ts';

const FILES_AT_ONCE = 4;

/** The key of one study's dataset digest, 32 bytes: HKDF-SHA-256 of the site secret. */
export function deriveDatasetKey(siteSecret: Uint8Array, studyId: string): Uint8Array {
  return new Uint8Array(
    hkdfSync('sha256', siteSecret, new Uint8Array(), `sidemark dataset digest 1 ${studyId}`, 32),
  );
}

/** The key of the folds of a site's patients, in hexadecimal: HKDF-SHA-256 of the site secret. */
export function deriveFoldKey(siteSecret: Uint8Array): string {
  const key = hkdfSync('sha256', siteSecret, new Uint8Array(), 'sidemark patient folds 1', 32);
  return Buffer.from(key).toString('hex');
}

/**
 * HMAC-SHA-256 over everything that can change a result: file digest, patient, label, class and view of each row, and
 * where a row has them, its mask's digest and its split, and sex, age and vendor.
 */
export function datasetDigest(rows: readonly DatasetRow[], key: Uint8Array): string {
  const facts = inDatasetOrder(rows).map((row) => [
    row.sha256,
    row.patient,
    row.label,
    row.class ?? null,
    row.view ?? null,
    ...(row.maskSha256 === undefined && row.split === undefined
      ? []
      : [row.maskSha256 ?? null, row.split ?? null]),
    ...(row.sex === undefined && row.age === undefined && row.vendor === undefined
      ? []
      : [{ sex: row.sex ?? null, age: row.age ?? null, vendor: row.vendor ?? null }]),
  ]);
  return hmacSha256(key, canonicalJson(facts));
}

/** SHA-256 of a file, read as a stream. Rejects for what is no ordinary file: a pipe or a device has no end. */
export async function fileSha256(path: string): Promise<string> {
  if (!(await stat(path)).isFile()) throw new TypeError('no ordinary file');
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/**
 * Reads every file again and computes the digest anew.
 * @returns the digest, when it is still the registered one
 * @throws DomainError `dataset-changed` when a file is gone or differs, or the registration was edited
 */
export async function verifyDataset(
  dataset: RegisteredDataset,
  siteSecret: Uint8Array,
  onFile: (done: number) => void = () => undefined,
): Promise<string> {
  let [changed, done] = [0, 0];
  await inParallel(FILES_AT_ONCE, dataset.rows, async (row) => {
    const now = async (path: string): Promise<string | undefined> =>
      fileSha256(join(dataset.folder, path)).catch(() => undefined);
    if ((await now(row.path)) !== row.sha256) changed++;
    const { mask, maskSha256 } = row;
    if (mask !== undefined && maskSha256 !== undefined && (await now(mask)) !== maskSha256) changed++;
    onFile(++done);
  });
  const digest = datasetDigest(dataset.rows, deriveDatasetKey(siteSecret, dataset.study));
  if (changed > 0) throw new DomainError('dataset-changed', { files: changed });
  if (digest !== dataset.digest)
    throw new DomainError('dataset-changed', { reason: 'the registration itself differs' });
  return digest;
}
