// Every file below a folder and what it is: known ones from the cache, the others read in parallel.
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { DomainError } from '@sidemark/core/errors';
import { WorkerPool } from '../../inference/worker-pool.ts';
import type { CheckCache, FileStamp } from './check-cache.store.ts';
import type { FileFacts } from './file-facts.ts';

/** So much is not lost when the command is stopped. */
const SAVE_EVERY = 500;

export interface CheckedFile {
  /** relative to the folder, with forward slashes */
  path: string;
  facts: FileFacts;
}

export interface FolderRequest {
  /** absolute, links resolved */
  folder: string;
  /** relative paths that are no films: labels and masks */
  leaveOut: ReadonlySet<string>;
  /** relative paths of the only files to look at; absent: all of the folder */
  only?: ReadonlySet<string>;
  workers: number;
  cache: CheckCache;
}

export interface CheckedFolder {
  /** by path */
  files: CheckedFile[];
  /** files that were opened; the others were known */
  opened: number;
}

/** @throws DomainError `dataset-problems` when the folder cannot be opened, `disk-failed` */
export async function checkFolder(
  { folder, leaveOut, only, workers, cache }: FolderRequest,
  onFile: (done: number, total: number) => void = () => undefined,
): Promise<CheckedFolder> {
  const stamps = (await stampsIn(folder)).filter(
    ({ path }) => !leaveOut.has(path) && (only?.has(path) ?? true),
  );
  const facts = stamps.map((stamp) => cache.get(stamp));
  const open = stamps.flatMap((stamp, index) => (facts[index] ? [] : [{ stamp, index }]));
  let done = stamps.length - open.length;
  onFile(done, stamps.length);
  const pool = new WorkerPool({ size: Math.min(workers, open.length), start: { kind: 'facts' } });
  const questions = open.map(({ stamp, index }) => ({
    index,
    message: { factsOf: { path: join(folder, stamp.path) } },
  }));
  try {
    for (let at = 0; at < questions.length; at += SAVE_EVERY) {
      await pool.run(questions.slice(at, at + SAVE_EVERY), (index, answer) => {
        facts[index] = answer && 'facts' in answer ? answer.facts : lost;
        // a loss may be the machine's fault: it is read again next time
        if (facts[index] !== lost) cache.set(stamps[index]!, facts[index]);
        onFile(++done, stamps.length);
      });
      await cache.save();
    }
  } finally {
    await pool.close();
  }
  const files = stamps.map(({ path }, index) => ({ path, facts: facts[index] ?? lost }));
  return { files, opened: open.length };
}

const lost: FileFacts = {
  kind: 'skipped',
  syntax: 'unknown',
  reason: 'unreadable',
  detail: 'reading it ended the process that read it',
};

/** Ordinary files below a folder, hidden ones aside; links are followed to files inside it only. */
async function stampsIn(folder: string): Promise<FileStamp[]> {
  const root = folder.endsWith(sep) ? folder : `${folder}${sep}`;
  const found: FileStamp[] = [];
  const walk = async (directory: string): Promise<void> => {
    const entries = await readdir(directory, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith('.')) continue;
      const full = join(directory, entry.name);
      // a folder that may not be entered does not stop the others
      if (entry.isDirectory()) await walk(full).catch(() => undefined);
      else await add(full, entry.isSymbolicLink());
    }
  };
  const add = async (full: string, link: boolean): Promise<void> => {
    const real = link ? await realpath(full).catch(() => '') : full;
    const facts = real.startsWith(root) ? await stat(real).catch(() => undefined) : undefined;
    if (!facts?.isFile()) return;
    const path = relative(folder, full).split(sep).join('/');
    found.push({ path, size: facts.size, mtimeMs: facts.mtimeMs });
  };
  try {
    await walk(folder);
  } catch (cause) {
    throw new DomainError('dataset-problems', { reason: 'the folder cannot be opened' }, { cause });
  }
  return found;
}
