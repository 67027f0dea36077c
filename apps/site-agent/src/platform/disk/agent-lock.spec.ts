import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { isLocked, takeLock } from './agent-lock.ts';

const path = async (): Promise<string> => join(await mkdtemp(join(tmpdir(), 'sidemark-')), 'agent.lock');

test('one agent per directory', async () => {
  const file = await path();
  const lock = await takeLock(file);
  expect(await isLocked(file)).toBe(true);
  await expect(takeLock(file)).rejects.toMatchObject({ code: 'data-directory-in-use' });
  await lock.release();
  await (await takeLock(file)).release();
  expect(await isLocked(file)).toBe(false);
});

test.each(['999999999 1\n', `${process.pid} 1\n`, 'garbage', ''])(
  'takes over a stale lock: %j',
  async (content) => {
    const file = await path();
    await writeFile(file, content);
    const taken = await takeLock(file);
    expect(await isLocked(file)).toBe(true);
    await taken.release();
  },
);
