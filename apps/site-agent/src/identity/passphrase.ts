// Where the passphrase of the site key comes from: the file that the configuration names, or a person at the terminal.
// Never the command line, which other users of the machine can read.
import { DomainError } from '@sidemark/core/errors';
import { askHidden, usageError } from '@sidemark/terminal';
import { onDisk, systemCode } from '../platform/disk/durable-file.ts';
import { readFile } from 'node:fs/promises';

/** Gives the passphrase. @throws DomainError `passphrase-needed` where nobody can be asked */
export type PassphraseSource = () => Promise<string>;

export const noPassphrase: PassphraseSource = () => Promise.reject(new DomainError('passphrase-needed'));

const fewest = 12;

/** The first line of a file. @throws DomainError `passphrase-needed` naming why it cannot be read */
export async function passphraseIn(file: string): Promise<string> {
  const text = await onDisk(() => readFile(file, 'utf8')).catch((cause: unknown) => {
    const reason = `the file cannot be read (${systemCode(cause) ?? 'unknown'})`;
    throw new DomainError('passphrase-needed', { reason }, { cause });
  });
  const [line = ''] = text.split(/\r?\n/);
  if (line === '')
    throw new DomainError('passphrase-needed', { reason: 'the first line of the file is empty' });
  return line;
}

/** From the file, read anew each time; else asked once at the terminal and kept for the life of the process. */
export function passphraseSource(file: string | undefined, ask = askHidden): PassphraseSource {
  if (file !== undefined) return () => passphraseIn(file);
  let asked: Promise<string> | undefined;
  return () => (asked ??= askPassphrase('Passphrase of the site key: ', ask));
}

async function askPassphrase(question: string, ask: typeof askHidden): Promise<string> {
  const answer = await ask(question);
  if (answer === undefined) throw new DomainError('passphrase-needed');
  return answer;
}

/**
 * A new passphrase: from a file, or asked twice.
 * @throws DomainError `usage` for one of fewer than 12 characters, or two that differ
 */
export async function newPassphrase(file: string | undefined, ask = askHidden): Promise<string> {
  const passphrase =
    file === undefined
      ? await askPassphrase('New passphrase of the site key: ', ask)
      : await passphraseIn(file);
  if ([...passphrase].length < fewest) throw usageError(`a passphrase has at least ${fewest} characters`);
  if (file === undefined && (await askPassphrase('The same again: ', ask)) !== passphrase)
    throw usageError('the two passphrases differ; nothing was changed');
  return passphrase;
}
