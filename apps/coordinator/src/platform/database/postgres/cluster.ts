// One PostgreSQL cluster in a folder: made once, started and stopped with the coordinator. All through pg_ctl, which
// knows a running server from a stale postmaster.pid. Only loopback, a password of its own, no socket file.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PrismaPg } from '@prisma/adapter-pg';
import { postgresBinaries, type PostgresBinaries } from './binaries.ts';
import { serverUser, type ServerUser } from './server-user.ts';

const run = promisify(execFile);

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

export class PostgresCluster {
  private port: number | undefined;
  private isWanted = false;

  private constructor(
    private readonly folder: string,
    private readonly password: string,
    private readonly binaries: PostgresBinaries,
    private readonly user: ServerUser | undefined,
  ) {}

  /** Prepares the cluster under `dataDir`, with initdb when there is none yet. Does not start it. */
  static async prepare(dataDir: string, newPassword: () => string): Promise<PostgresCluster> {
    const user = await serverUser();
    const binaries = await postgresBinaries(user);
    // under root the server runs as another user, who must be able to pass through the data directory
    if (user !== undefined) await chmod(dataDir, 0o711);
    const folder = join(dataDir, 'postgres');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (user !== undefined) await chown(folder, user.uid, user.gid);
    const passwordFile = join(dataDir, 'postgres.password');
    if (!existsSync(passwordFile)) await writeFile(passwordFile, newPassword(), { mode: 0o600 });
    const cluster = new PostgresCluster(folder, await readFile(passwordFile, 'utf8'), binaries, user);
    await cluster.initialise();
    return cluster;
  }

  get url(): string {
    if (this.port === undefined) throw new Error('the embedded PostgreSQL is not started');
    return this.urlAt(this.port);
  }

  /** Starts the server; a second start after `stop` takes the same port. */
  async start(): Promise<void> {
    if (this.port === undefined && (await this.isRunning())) await this.stopOrphan();
    this.port ??= await freePort();
    this.isWanted = true;
    await this.pgCtl(
      'start',
      '-w',
      '-t',
      '60',
      '-l',
      join(this.folder, 'server.log'),
      '-o',
      `-p ${this.port}`,
    );
  }

  /** Stops the server and waits for it; nothing to do when it is stopped already. */
  async stop(): Promise<void> {
    this.isWanted = false;
    if (await this.isRunning()) await this.pgCtl('stop', '-w', '-t', '60', '-m', 'fast');
  }

  /** Starts a server that died without having been stopped. */
  async revive(): Promise<void> {
    if (this.isWanted && !(await this.isRunning())) await this.start();
  }

  async isRunning(): Promise<boolean> {
    if (!existsSync(join(this.data, 'postmaster.pid'))) return false;
    return this.pgCtl('status').then(
      () => true,
      () => false,
    );
  }

  private get data(): string {
    return join(this.folder, 'data');
  }

  private urlAt(port: number): string {
    return `postgresql://sidemark:${this.password}@127.0.0.1:${port}/postgres`;
  }

  /** initdb beside the final place, then one rename: a killed initdb leaves nothing that looks like a cluster. */
  private async initialise(): Promise<void> {
    if (existsSync(this.data)) return;
    const [draft, passwordFile] = [join(this.folder, 'data.new'), join(this.folder, 'first-password')];
    await rm(draft, { recursive: true, force: true });
    await writeFile(passwordFile, this.password, { mode: 0o600 });
    if (this.user !== undefined) await chown(passwordFile, this.user.uid, this.user.gid);
    try {
      await this.execute(this.binaries.initdb, [
        ...['--pgdata', draft, '--username', 'sidemark', '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
        ...['--encoding', 'UTF8', '--no-locale', '--set', 'listen_addresses=127.0.0.1'],
        ...['--set', 'unix_socket_directories=', '--set', 'log_min_messages=warning'],
      ]);
      await rename(draft, this.data);
    } finally {
      await rm(passwordFile, { force: true });
    }
  }

  /** A server without clients was left by a killed coordinator; one with clients belongs to a living one. */
  private async stopOrphan(): Promise<void> {
    const port = (await readFile(join(this.data, 'postmaster.pid'), 'utf8')).split('\n')[3] ?? '';
    const adapter = await new PrismaPg({ connectionString: this.urlAt(Number(port)), max: 1 }).connect();
    const sql = `SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`;
    const result = await adapter.queryRaw({ sql, args: [], argTypes: [] }).finally(() => adapter.dispose());
    if (result.rows[0]?.[0] !== 0) {
      throw new Error(
        'another coordinator works in this data directory: stop it first, or set SIDEMARK_DATA_DIR',
      );
    }
    await this.stop();
  }

  private async pgCtl(verb: string, ...options: string[]): Promise<void> {
    await this.execute(this.binaries.pgCtl, [verb, '-D', this.data, ...options]);
  }

  private async execute(program: string, options: string[]): Promise<void> {
    try {
      await run(program, options, { cwd: this.folder, ...this.user });
    } catch (cause) {
      const said = (cause as { stderr?: string }).stderr?.trim() ?? '';
      const hint = /denied|could not access|EACCES/.test(`${said} ${String(cause)}`)
        ? ' (under root PostgreSQL runs as user postgres, who must be able to pass through every folder above the data directory: choose another, e.g. /var/lib/sidemark)'
        : '';
      throw new Error(`the embedded PostgreSQL failed${hint}: ${said || String(cause)}`, { cause });
    }
  }
}
