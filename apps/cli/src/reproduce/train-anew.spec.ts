import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Output } from '@sidemark/terminal';
import { trainAnew } from './train-anew.ts';

const notes: string[] = [];
const output = { note: (text: string) => void notes.push(text) } as Output;

describe(trainAnew, () => {
  let root: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'sidemark-train-'));
    await mkdir(join(root, 'training'));
  });
  afterAll(() => rm(root, { recursive: true }));

  const recipe = (text: string): Promise<void> => writeFile(join(root, 'training/run.sh'), text);

  it('runs all recipes in the repository, and says so first', async () => {
    await recipe('echo "$PWD $1" > ran');
    await trainAnew(root, output);
    expect(await readFile(join(root, 'ran'), 'utf8')).toMatch(/ all\n$/);
    expect(notes[0]).toContain('two hours');
  });

  it('stops when they fail, with what to do', async () => {
    await recipe('exit 3');
    await expect(trainAnew(root, output)).rejects.toMatchObject({
      code: 'usage',
      details: { reason: expect.stringContaining('ended with 3') as unknown },
    });
  });
});
