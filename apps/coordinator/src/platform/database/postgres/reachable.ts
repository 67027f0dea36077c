// Under root the server runs as another user, who may not be able to reach a checkout in a private folder (/root, a
// temporary folder of mode 0700). Its programs are then copied once to a place everybody can pass through.
import { chmod, cp, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ServerUser } from './server-user.ts';

async function mayPass(folder: string, user: ServerUser): Promise<boolean> {
  const { mode, uid, gid } = await stat(folder);
  if (uid === user.uid) return (mode & 0o100) !== 0;
  return (mode & (gid === user.gid ? 0o010 : 0o001)) !== 0;
}

/** True when `user` may enter `folder` and every folder above it. */
export async function isReachable(folder: string, user: ServerUser): Promise<boolean> {
  const parent = dirname(folder);
  return (await mayPass(folder, user)) && (parent === folder || (await isReachable(parent, user)));
}

/** A copy counts only when it is ours and nobody else can have changed it. */
async function isOurs(folder: string): Promise<boolean> {
  const found = await stat(folder).catch(() => undefined);
  return found !== undefined && found.uid === process.getuid?.() && (found.mode & 0o022) === 0;
}

async function commonGround(user: ServerUser): Promise<string> {
  for (const place of [tmpdir(), '/var/tmp', '/tmp']) {
    if (await isReachable(place, user).catch(() => false)) return place;
  }
  throw new Error(
    'PostgreSQL runs as user postgres, who can reach no temporary folder: set DATABASE_URL instead',
  );
}

/**
 * The folder itself when `user` can reach it, else a copy that the user can reach.
 * @param name of the copy; must change when the content does
 */
export async function reachableFolder(folder: string, name: string, user: ServerUser): Promise<string> {
  if (await isReachable(folder, user)) return folder;
  const ground = await commonGround(user);
  const copy = join(ground, name);
  if (await isOurs(copy)) return copy;
  const draft = await mkdtemp(join(ground, `${name}-`));
  try {
    await cp(folder, draft, { recursive: true, verbatimSymlinks: true });
    await chmod(draft, 0o755);
    await rename(draft, copy);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!(await isOurs(copy))) throw error;
  }
  return copy;
}
