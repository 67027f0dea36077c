// A secret, asked of a person: what is typed does not appear.
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** The line that was typed; undefined where standard input is no terminal, or nothing came. */
export async function askHidden(question: string): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true, historySize: 0 });
  process.stderr.write(question);
  try {
    return await new Promise<string | undefined>((resolve) => {
      reader.once('line', resolve);
      reader.once('close', () => resolve(undefined));
      reader.once('SIGINT', () => reader.close());
    });
  } finally {
    reader.close();
    process.stderr.write('\n');
  }
}
