// Files that survive a pulled plug: written beside, flushed, renamed, and the directory flushed too. A full or
// failing disk becomes the transient refusal `disk-failed`, so that work waits instead of dying.
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DomainError } from '@sidemark/core/errors';
import type { z } from 'zod';

const diskTrouble = new Set([
  'ENOSPC',
  'EDQUOT',
  'EIO',
  'EROFS',
  'EMFILE',
  'ENFILE',
  'EACCES',
  'EPERM',
  'EBUSY',
]);

/** The code of a failed system call, or undefined for any other error. */
export function systemCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error) || !('syscall' in error))
    return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Runs disk work. @throws DomainError `disk-failed` for a disk that is full or does not take writes. */
export async function onDisk<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const code = systemCode(cause);
    if (code !== undefined && diskTrouble.has(code))
      throw new DomainError('disk-failed', { system: code }, { cause });
    throw cause;
  }
}

/** Makes renames and new names in a directory durable. */
export async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

let written = 0;

/** Replaces a file as a whole: after a crash it holds the old bytes or the new ones, never a part. */
export async function writeDurably(path: string, bytes: string | Uint8Array, mode = 0o600): Promise<void> {
  await onDisk(async () => {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const beside = `${path}.${process.pid}-${(written += 1)}.tmp`;
    const handle = await open(beside, 'w', mode);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, path);
    await syncDirectory(dirname(path));
  });
}

/** Writes JSON durably, indented for the people of the site. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeDurably(path, `${JSON.stringify(value, null, 2)}\n`);
}

/** Text of a file, or undefined where there is none. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await onDisk(() => readFile(path, 'utf8'));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** A JSON file parsed with its schema, or undefined where there is none. */
export async function readJson<S extends z.ZodType>(
  path: string,
  schema: S,
): Promise<z.output<S> | undefined> {
  const text = await readIfThere(path);
  return text === undefined ? undefined : schema.parse(JSON.parse(text));
}

/** Removes a file for good; a file that is not there is no error. */
export async function removeDurably(path: string): Promise<void> {
  await onDisk(async () => {
    await rm(path, { force: true });
    await syncDirectory(dirname(path));
  });
}
