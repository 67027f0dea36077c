// Which files a site wants harmonized, and whether what comes of them has a place of its own.
import { mkdir, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve, sep } from 'node:path';
import { DomainError } from '@sidemark/core/errors';

export interface FilmFiles {
  /** absolute, links followed */
  readonly folder: string;
  /** below the folder, sorted */
  readonly paths: readonly string[];
}

/** Lists and notes that lie beside films; everything else is looked into. */
const notFilms = new Set(['.csv', '.json', '.txt', '.md', '.tsv', '.xml', '.html', '.pdf', '.zip', '.gz']);

/** @param path a film, or a folder with films at any depth. @throws DomainError `no-films` */
export async function filmFiles(path: string): Promise<FilmFiles> {
  const place = await realpath(path).catch(() => undefined);
  const facts = place === undefined ? undefined : await stat(place);
  if (place === undefined || !facts) throw new DomainError('no-films', { in: path });
  if (!facts.isDirectory()) return { folder: dirname(place), paths: [basename(place)] };
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => !entry.isDirectory() && mayBeFilm(entry.name))
    .map((entry) => relative(place, join(entry.parentPath, entry.name)))
    .sort();
  if (paths.length === 0) throw new DomainError('no-films', { in: path });
  return { folder: place, paths };
}

function mayBeFilm(name: string): boolean {
  return !name.startsWith('.') && name !== 'DICOMDIR' && !notFilms.has(extname(name).toLowerCase());
}

/**
 * Makes the output folder.
 * @returns its absolute path, links followed
 * @throws DomainError `output-in-input` when one of the two lies in the other, before anything is made
 */
export async function outputFolder(path: string, input: string): Promise<string> {
  const wanted = await reachable(resolve(path));
  if (wanted === input || lies(wanted, input) || lies(input, wanted))
    throw new DomainError('output-in-input', { in: input, out: wanted });
  await mkdir(wanted, { recursive: true, mode: 0o700 });
  return realpath(wanted);
}

const lies = (inner: string, outer: string): boolean =>
  inner.startsWith(outer.endsWith(sep) ? outer : `${outer}${sep}`);

/** A path that need not be there yet, with the links of the part that is. */
async function reachable(path: string): Promise<string> {
  const found = await realpath(path).catch(() => undefined);
  if (found !== undefined) return found;
  return dirname(path) === path ? path : join(await reachable(dirname(path)), basename(path));
}
