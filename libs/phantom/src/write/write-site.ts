// A site on disk: its films, its labels.csv and its markers.json.
import { fork } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SiteProfile } from '../site/profile.ts';
import { type FilmsTask, labelColumns, writeFilms, type WrittenFilm } from './write-films.ts';

export interface WriteOptions {
  /** also writes `clean/` (16-bit PNG without markers) and `masks/` (8-bit PNG, 255 = lesion) */
  truth?: boolean;
  /** processes that draw side by side; the files are the same for any number; default 1 */
  processes?: number;
  /** called after each film with the number written */
  onFilm?: (written: number) => void;
}

/**
 * Writes `folder/images/*`, `folder/labels.csv` and `folder/markers.json` (paths relative to the folder).
 * @returns the number of films
 */
export async function writeSite(
  site: SiteProfile,
  folder: string,
  { truth = false, processes = 1, onFilm = () => undefined }: WriteOptions = {},
): Promise<number> {
  for (const name of truth ? ['images', 'clean', 'masks'] : ['images']) {
    await mkdir(join(folder, name), { recursive: true });
  }
  const films: WrittenFilm[] = [];
  const take = (one: WrittenFilm): void => onFilm(films.push(one));
  const tasks = Array.from({ length: processes }, (_, index) => ({
    site,
    folder,
    truth,
    part: { index, of: processes },
  }));
  await Promise.all(
    tasks.map((task) => (processes === 1 ? drawHere(task, take) : drawInProcess(task, take))),
  );
  // processes finish in any order; file names are in the order of the films
  films.sort((a, b) => (a.row < b.row ? -1 : 1));
  const rows = films.map(({ row }) => row);
  await writeFile(join(folder, 'labels.csv'), `${[labelColumns(truth), ...rows].join('\n')}\n`);
  const marked = films.map((one) => one.marked);
  await writeFile(join(folder, 'markers.json'), `${JSON.stringify(marked, undefined, 1)}\n`);
  return films.length;
}

async function drawHere(task: FilmsTask, take: (one: WrittenFilm) => void): Promise<void> {
  for await (const written of writeFilms(task)) take(written);
}

async function drawInProcess(task: FilmsTask, take: (one: WrittenFilm) => void): Promise<void> {
  // TypeScript is run as it is: the process needs the loader too
  const execArgv = ['--import', import.meta.resolve('tsx')];
  const child = fork(new URL('./film.process.ts', import.meta.url), { execArgv });
  child.on('message', (written) => take(written as WrittenFilm));
  child.send(task);
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      code === 0 ? resolve() : reject(new Error(`a drawing process ended with ${code ?? signal}`)),
    );
  });
}
