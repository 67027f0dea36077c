import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Alive, Health, Problem, Study } from '@sidemark/core/contract';
import { startCoordinator, type RunningCoordinator } from '../../../../../test/support/coordinator.ts';
import { DatabaseServer } from './database-server.ts';
import type { PostgresCluster } from './postgres/cluster.ts';

let coordinator: RunningCoordinator;
beforeAll(async () => {
  coordinator = await startCoordinator();
});
afterAll(() => coordinator.close());

function cluster(): PostgresCluster {
  const { cluster } = coordinator.app.get(DatabaseServer);
  if (cluster === undefined) throw new Error('this test needs the embedded PostgreSQL');
  return cluster;
}
const create = (name: string): ReturnType<typeof coordinator.call<Study & Problem>> =>
  coordinator.call('POST', '/api/studies', { body: { name, title: name } });

describe('a coordinator whose PostgreSQL goes away', () => {
  it('answers 503 with a problem document, says so in its health, and works on when it is back', async () => {
    expect((await create('before')).status).toBe(200);
    await cluster().stop();

    const since = Date.now();
    const refused = await create('during');
    expect(refused).toMatchObject({
      status: 503,
      type: 'application/problem+json; charset=utf-8',
      body: { code: 'database-unavailable', failure: 'transient' },
    });
    expect(Date.now() - since).toBeLessThan(5000);
    const sick = await coordinator.call<Health>('GET', '/api/health', { token: null });
    expect(sick).toMatchObject({ status: 503, body: { status: 'degraded', database: 'down' } });
    const alive = await coordinator.call<Alive>('GET', '/api/alive', { token: null });
    expect(alive).toMatchObject({ status: 200, body: { status: 'alive' } });

    await cluster().start();
    expect((await create('after')).status).toBe(200);
    const names = (await coordinator.call<Study[]>('GET', '/api/studies')).body.map(({ name }) => name);
    expect(names).toEqual(['before', 'after']);
  });

  it('brings an embedded server back that was killed', async () => {
    const pidFile = join(coordinator.dataDir, 'postgres/data/postmaster.pid');
    process.kill(Number((await readFile(pidFile, 'utf8')).split('\n')[0]), 'SIGKILL');
    const statuses: number[] = [];
    for (const until = Date.now() + 30_000; Date.now() < until && statuses.at(-1) !== 200;) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      statuses.push((await coordinator.call('GET', '/api/studies')).status);
    }
    expect(statuses.at(-1)).toBe(200);
    expect(new Set(statuses.slice(0, -1))).toEqual(new Set([503]));
  });

  it('answers 503 to work in flight when its connections are cut', async () => {
    const answers = Array.from({ length: 20 }, (_, i) => create(`flight-${i}`));
    await cluster().stop();
    const statuses = new Set((await Promise.all(answers)).map(({ status }) => status));
    for (const status of statuses) expect([200, 503]).toContain(status);
    await cluster().start();
    expect(
      (await coordinator.call<{ firstBroken: null }>('GET', '/api/audit/verify')).body.firstBroken,
    ).toBeNull();
  });
});
