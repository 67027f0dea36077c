// A PostgreSQL server of Debian's packages in a temporary folder, with its own tools beside it.
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serverUser } from '../../apps/coordinator/src/platform/database/postgres/server-user.ts';
import { freePort } from './free-port.ts';

const packages = '/usr/lib/postgresql';

export interface DebianPostgres {
  readonly urlOf: (database: string) => string;
  /** pg_dump, pg_restore, createdb ... */
  readonly tool: (name: string, ...args: string[]) => void;
  readonly stop: () => void;
}

/** Folder of the newest version that is installed here. @throws Error when there is none */
function programs(): string {
  const versions = existsSync(packages) ? readdirSync(packages).sort((a, b) => Number(b) - Number(a)) : [];
  const [newest] = versions
    .map((version) => join(packages, version, 'bin'))
    .filter((bin) => existsSync(join(bin, 'initdb')));
  if (newest === undefined) throw new Error('no PostgreSQL server: apt-get install postgresql');
  return newest;
}

export async function startDebianPostgres(): Promise<DebianPostgres> {
  const [bin, user, port] = [programs(), await serverUser(), await freePort()];
  const folder = mkdtempSync(join(tmpdir(), 'sidemark-debian-postgres-'));
  chmodSync(folder, 0o700);
  if (user) chownSync(folder, user.uid, user.gid);
  const run = (name: string, args: string[]): void =>
    void execFileSync(join(bin, name), args, { cwd: folder, stdio: 'ignore', ...user });
  const data = join(folder, 'data');
  run('initdb', [
    '--pgdata',
    data,
    '--username',
    'sidemark',
    '--auth',
    'trust',
    '--encoding',
    'UTF8',
    '--no-locale',
  ]);
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''`;
  run('pg_ctl', ['start', '-w', '-D', data, '-l', join(folder, 'log'), '-o', options]);
  const urlOf = (database: string): string => `postgresql://sidemark@127.0.0.1:${port}/${database}`;
  return {
    urlOf,
    tool: (name, ...args) =>
      void execFileSync(join(bin, name), args, { stdio: ['ignore', 'ignore', 'inherit'] }),
    stop: () => {
      run('pg_ctl', ['stop', '-w', '-m', 'immediate', '-D', data]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
