// Small carried files: one JSON document each, read with a limit before it is parsed.
import { open, readFile, stat, writeFile } from 'node:fs/promises';
import { maxCarriedJsonBytes, readWith } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { usageError } from '@sidemark/terminal';
import type { z } from 'zod';

/** @throws DomainError `usage` when there is no such file, `carried-file-invalid` for any other content. */
export async function readCarried<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S>> {
  const parsed = readWith(schema, await readJsonWithin(path, maxCarriedJsonBytes));
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.slice(0, 5);
  throw new DomainError('carried-file-invalid', {
    reason: issues.map(({ path: at, message }) => `${at.join('.') || '(file)'}: ${message}`).join('; '),
  });
}

async function readJsonWithin(path: string, most: number): Promise<unknown> {
  const found = await stat(path).catch(() => {
    throw usageError(`the file cannot be read: ${path}`);
  });
  if (!found.isFile()) throw new DomainError('carried-file-invalid', { reason: 'no ordinary file' });
  if (found.size > most)
    throw new DomainError('carried-file-invalid', { bytes: found.size, limitBytes: most });
  const file = await open(path, 'r');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(await file.readFile())) as unknown;
  } catch (cause) {
    throw new DomainError('carried-file-invalid', { reason: 'not JSON' }, { cause });
  } finally {
    await file.close();
  }
}

/** Writes a small carried file. One that is there already stays, unless it is the same. @throws DomainError `already-exists` */
export async function writeCarried(path: string, value: unknown): Promise<void> {
  const text = `${JSON.stringify(value)}\n`;
  await writeFile(path, text, { flag: 'wx', mode: 0o600 }).catch(async (cause: unknown) => {
    if ((await readFile(path, 'utf8').catch(() => undefined)) === text) return;
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST')
      throw new DomainError('already-exists', { file: path }, { cause });
    throw usageError(`the file cannot be written: ${path}`);
  });
}
