import { readFile } from 'node:fs/promises';
import { usageError } from '@sidemark/terminal';

/** @throws DomainError `usage` naming the file when it cannot be read or is not JSON. */
export async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw usageError(`the file cannot be read: ${file}`);
  });
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw usageError(`${file} is not JSON: ${(error as Error).message}`);
  }
}
