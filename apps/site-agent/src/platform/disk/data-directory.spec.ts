import { chmod, mkdtemp, readFile, readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openDataDirectory } from './data-directory.ts';
import { onDisk, readIfThere, writeDurably } from './durable-file.ts';

const fresh = async (): Promise<string> => join(await mkdtemp(join(tmpdir(), 'sidemark-')), 'data');

test('makes a private directory with its rooms', async () => {
  const root = await fresh();
  const layout = await openDataDirectory(root);
  expect((await stat(root)).mode & 0o777).toBe(0o700);
  expect((await stat(layout.receipts)).isDirectory()).toBe(true);
});

test('refuses a directory that others can read', async () => {
  const root = await fresh();
  await openDataDirectory(root);
  await chmod(root, 0o750);
  await expect(openDataDirectory(root)).rejects.toMatchObject({ code: 'data-directory-open' });
});

test('replaces a file as a whole and leaves nothing beside it', async () => {
  const { outbox } = await openDataDirectory(await fresh());
  const path = join(outbox, 'item.json');
  await writeDurably(path, 'old');
  await writeDurably(path, 'new');
  expect(await readFile(path, 'utf8')).toBe('new');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(outbox)).toEqual(['item.json']);
  expect(await readIfThere(join(outbox, 'absent'))).toBeUndefined();
});

test('a full disk is a transient refusal', async () => {
  const full = Object.assign(new Error('no space'), { code: 'ENOSPC', syscall: 'write' });
  await expect(onDisk(() => Promise.reject(full))).rejects.toMatchObject({
    code: 'disk-failed',
    failureClass: 'transient',
  });
});
