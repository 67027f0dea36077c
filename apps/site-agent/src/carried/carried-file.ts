// Small carried files at the site: read with a limit before anything is parsed, written only when the egress gate has
// cleared what is in them.
import { open, rm, stat, type FileHandle } from 'node:fs/promises';
import { maxCarriedJsonBytes, readWith } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import type { z } from 'zod';
import type { Cleared } from '../egress/gate.ts';
import { onDisk, systemCode } from '../platform/disk/durable-file.ts';

export function invalid(reason: string, cause?: unknown): DomainError {
  return new DomainError('carried-file-invalid', { reason }, { cause });
}

/** Opens what people brought. A pipe or device is refused: it has no end. @throws DomainError `carried-file-invalid` */
export async function openCarried(path: string): Promise<{ file: FileHandle; sizeBytes: number }> {
  const found = await stat(path).catch((cause: unknown) => {
    throw invalid('the file cannot be read', cause);
  });
  if (!found.isFile()) throw invalid('no ordinary file');
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw invalid('the file cannot be read', cause);
  });
  return { file, sizeBytes: found.size };
}

/** Bytes as what `schema` says. @throws DomainError `carried-file-invalid` */
export function parseCarried<S extends z.ZodType>(bytes: Uint8Array, schema: S): z.output<S> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw invalid('not JSON', cause);
  }
  const parsed = readWith(schema, value);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || '(file)'}: ${issue.message}`);
  throw invalid(lines.join('; '), parsed.error);
}

/** A carried file that is one JSON document. @throws DomainError `carried-file-invalid` */
export async function readCarried<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S>> {
  const { file, sizeBytes } = await openCarried(path);
  try {
    if (sizeBytes > maxCarriedJsonBytes) throw invalid(`more than ${maxCarriedJsonBytes} bytes`);
    return parseCarried(await file.readFile(), schema);
  } finally {
    await file.close();
  }
}

/**
 * Writes a file to carry out. Its name is taken first, so that nothing is put in the ledger that cannot be written.
 * @throws DomainError `already-exists`, `disk-failed`, and what `clear` throws
 */
export async function writeCleared(path: string, clear: () => Promise<Cleared<string>>): Promise<void> {
  const file = await onDisk(() => open(path, 'wx', 0o600)).catch((cause: unknown) => {
    if (systemCode(cause) === 'EEXIST') throw new DomainError('already-exists', { file: path }, { cause });
    throw systemCode(cause) === undefined
      ? cause
      : new DomainError('usage', { reason: `cannot write ${path}` });
  });
  let written = false;
  try {
    const { value } = await clear();
    await onDisk(async () => {
      await file.writeFile(value);
      await file.sync();
    });
    written = true;
  } finally {
    await file.close();
    if (!written) await rm(path, { force: true });
  }
}
