// The bytes of one film's file. A pipe or a device has no end, and a file beyond the limit is no radiograph.
import { readFile, stat } from 'node:fs/promises';
import { FilmRefusal } from './film.reader.ts';

/** Bytes; an uncompressed 16-bit film of `maxFilmPixels` takes half of it. */
export const maxFilmBytes = 256 * 1024 * 1024;

/**
 * @returns undefined where there is no ordinary file that can be read
 * @throws FilmRefusal `bad-geometry` for more than `most` bytes
 */
export async function readFilmFile(path: string, most = maxFilmBytes): Promise<Uint8Array | undefined> {
  const facts = await stat(path).catch(() => undefined);
  if (!facts?.isFile()) return undefined;
  if (facts.size > most) throw new FilmRefusal('bad-geometry', `more than ${most} bytes`);
  return readFile(path).catch(() => undefined);
}
