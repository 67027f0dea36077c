// One agent per data directory. The lock names a process; a lock whose process is gone is taken over.
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { DomainError } from '@sidemark/core/errors';
import { readIfThere, systemCode } from './durable-file.ts';

export interface AgentLock {
  release(): Promise<void>;
}

/** Tells a process from a later one with the same number (a container often starts with the same numbers). */
async function birthOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) !== 'ESRCH';
  }
}

async function isHeld(content: string): Promise<boolean> {
  const [pidText = '', birth = ''] = content.trim().split(' ');
  const pid = Number(pidText);
  return Number.isInteger(pid) && pid > 0 && isAlive(pid) && (await birthOf(pid)) === birth;
}

/**
 * Takes the lock file for this process.
 * @throws DomainError `data-directory-in-use` while another living process holds it.
 */
export async function takeLock(path: string): Promise<AgentLock> {
  const mine = `${process.pid} ${await birthOf(process.pid)}\n`;
  const beside = `${path}.${process.pid}`;
  await writeFile(beside, mine, { mode: 0o600 });
  try {
    const found = await readIfThere(path);
    if (found !== undefined) {
      if (await isHeld(found))
        throw new DomainError('data-directory-in-use', { pid: found.split(' ')[0] ?? '' });
      await rename(path, `${beside}.stale`).catch(() => undefined);
      await rm(`${beside}.stale`, { force: true });
    }
    await link(beside, path);
  } catch (error) {
    if (systemCode(error) === 'EEXIST') throw new DomainError('data-directory-in-use', {}, { cause: error });
    throw error;
  } finally {
    await rm(beside, { force: true });
  }
  return { release: () => rm(path, { force: true }) };
}

/** True while a living process holds the lock. */
export async function isLocked(path: string): Promise<boolean> {
  const found = await readIfThere(path);
  return found !== undefined && (await isHeld(found));
}
