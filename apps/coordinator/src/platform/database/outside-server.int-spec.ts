// DATABASE_URL names a server of the trial office's own: none is started, none is stopped.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Study } from '@sidemark/core/contract';
import { startCoordinator, type RunningCoordinator } from '../../../../../test/support/coordinator.ts';
import { PostgresCluster } from './postgres/cluster.ts';

let serverDir: string;
let server: PostgresCluster;
let coordinator: RunningCoordinator;

beforeAll(async () => {
  serverDir = await mkdtemp(join(tmpdir(), 'sidemark-server-'));
  server = await PostgresCluster.prepare(serverDir, () => 'only-for-this-test');
  await server.start();
  coordinator = await startCoordinator({ env: { DATABASE_URL: server.url } });
});
afterAll(async () => {
  await coordinator.close();
  await server.stop();
  await rm(serverDir, { recursive: true, force: true });
});

const create = (name: string): Promise<{ status: number }> =>
  coordinator.call('POST', '/api/studies', { body: { name, title: name } });

describe('a coordinator with DATABASE_URL', () => {
  it('migrates and uses that server, and makes no cluster of its own', async () => {
    expect((await create('first')).status).toBe(200);
    expect(existsSync(join(coordinator.dataDir, 'postgres'))).toBe(false);
  });

  it('answers 503 while that server is gone and works on when it is back', async () => {
    await server.stop();
    expect((await create('lost')).status).toBe(503);
    await server.start();
    expect((await create('second')).status).toBe(200);
    const { body } = await coordinator.call<Study[]>('GET', '/api/studies');
    expect(body.map(({ name }) => name)).toEqual(['first', 'second']);
  });

  it('leaves the server running when it ends', async () => {
    await coordinator.close();
    expect(await server.isRunning()).toBe(true);
  });
});
