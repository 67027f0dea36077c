import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { applyMigrations, missingSql } from '@sidemark/prisma/migrate';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from './database.ts';
import { PostgresCluster } from './postgres/cluster.ts';

const migrations = new URL('../../../../../prisma/migrations/', import.meta.url);
let dataDir: string;
let cluster: PostgresCluster;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sidemark-migrate-'));
  cluster = await PostgresCluster.prepare(dataDir, () => 'only-for-this-test');
  await cluster.start();
});
afterAll(async () => {
  await cluster.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function authored(): Promise<string[]> {
  const entries = await readdir(migrations, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

describe('the migrations', () => {
  it('are applied once, however many coordinators start together', async () => {
    const applied = await Promise.all([1, 2, 3].map(() => applyMigrations(cluster.url)));
    expect(applied.flat().sort()).toEqual((await authored()).sort());
  });

  it('stand in the table that `prisma migrate deploy` reads', async () => {
    const database = new Database(cluster.url);
    const rows = await database.read(
      (tx) => tx.$queryRaw`SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL`,
    );
    await database.close();
    expect(rows).toEqual((await authored()).map((name) => ({ migration_name: name })));
  });

  it('agree with schema.prisma', async () => {
    expect(await missingSql(cluster.url)).toBe('');
  });
});
