import { readFile } from 'node:fs/promises';
import { usageError } from '@sidemark/terminal';

/** @throws DomainError `usage` naming the file when it cannot be read or is not JSON. */
export async function readJson(file: string): Promise<unknown> {
  return (await readJsonText(file)).value;
}

/** The value of a file with the text it was read from. @throws DomainError as `readJson` */
export async function readJsonText(file: string): Promise<{ text: string; value: unknown }> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw usageError(`the file cannot be read: ${file}`);
  });
  try {
    return { text, value: JSON.parse(text) as unknown };
  } catch (error) {
    throw usageError(`${file} is not JSON: ${(error as Error).message}`);
  }
}
