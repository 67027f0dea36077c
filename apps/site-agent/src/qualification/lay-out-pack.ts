// The films of a pack as files that inference children can read.
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Pack, readWith } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { sha256 } from '@sidemark/core/signing';
import type { PackFilmFile } from '../pipeline/pack/pack-film.ts';
import { onDisk } from '../platform/disk/durable-file.ts';

/**
 * Written as a whole: what a kill left half is written anew.
 * @throws DomainError `protocol-invalid` where the bytes are no pack, `disk-failed`
 */
export async function layOutPack(bytes: Uint8Array, folder: string): Promise<PackFilmFile[]> {
  const { films } = readPack(bytes);
  const files = films.map(({ name, dicom, around }) => {
    const file = Buffer.from(dicom, 'base64');
    return { file, film: { name, path: `${name}.dcm`, sha256: sha256(file), around } };
  });
  const beside = `${folder}.part`;
  await onDisk(async () => {
    await rm(beside, { recursive: true, force: true });
    await mkdir(beside, { recursive: true, mode: 0o700 });
    for (const { file, film } of files) await writeFile(join(beside, film.path), file, { mode: 0o600 });
    await rm(folder, { recursive: true, force: true });
    await rename(beside, folder);
  });
  return files.map(({ film }) => film);
}

function readPack(bytes: Uint8Array): Pack {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    value = undefined;
  }
  const parsed = readWith(Pack, value);
  if (parsed.success) return parsed.data;
  throw new DomainError('protocol-invalid', { problems: ['the qualification pack is not one'] });
}
