import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isReachable, reachableFolder } from './reachable.ts';

const stranger = { uid: 54_321, gid: 54_321 };
let dir: string;
let programs: string;

beforeEach(async () => {
  dir = await realpath(await mkdtemp(join(tmpdir(), 'sidemark-reach-')));
  programs = join(dir, 'programs');
  await mkdir(programs);
  await writeFile(join(programs, 'initdb'), 'a program');
  await chmod(programs, 0o755);
});
afterEach(() => rm(dir, { recursive: true, force: true }));

describe('programs for another user', () => {
  it('are used where they are when every folder above them can be passed', async () => {
    await chmod(dir, 0o711);
    expect(await isReachable(programs, stranger)).toBe(true);
    expect(await reachableFolder(programs, 'unused', stranger)).toBe(programs);
  });

  it('are copied once to common ground when a folder above them is private', async () => {
    await chmod(dir, 0o700);
    const name = `sidemark-reach-test-${process.pid}`;
    const copy = await reachableFolder(programs, name, stranger);
    try {
      expect(copy).not.toBe(programs);
      expect(await isReachable(copy, stranger)).toBe(true);
      expect(await readFile(join(copy, 'initdb'), 'utf8')).toBe('a program');
      await writeFile(join(programs, 'initdb'), 'another');
      expect(await reachableFolder(programs, name, stranger)).toBe(copy);
      expect(await readFile(join(copy, 'initdb'), 'utf8')).toBe('a program');
    } finally {
      await rm(copy, { recursive: true, force: true });
    }
  });
});
