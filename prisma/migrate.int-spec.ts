import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { PostgresCluster } from '../apps/coordinator/src/platform/postgres/cluster.ts';
import { applyMigrations, missingSql } from './migrate.ts';
import { prismaFolder } from './schema-engine.ts';

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

describe('the migrations', () => {
  it('are applied once, however many coordinators start together', async () => {
    const entries = await readdir(join(prismaFolder, 'migrations'), { withFileTypes: true });
    const all = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    const applied = await Promise.all([1, 2, 3].map(() => applyMigrations(cluster.url)));
    expect(applied.flat().sort()).toEqual(all.sort());
  });

  it('stand in the table that `prisma migrate deploy` reads', async () => {
    const client = new pg.Client({ connectionString: cluster.url });
    await client.connect();
    const { rows } = await client.query('SELECT migration_name, finished_at FROM _prisma_migrations');
    await client.end();
    expect(rows).toContainEqual({
      migration_name: '20261123000000_federation',
      finished_at: expect.any(Date) as unknown,
    });
  });

  it('agree with schema.prisma', async () => {
    expect(await missingSql(cluster.url)).toBe('');
  });
});
