import { afterAll, describe, expect, it } from '@jest/globals';
import type { Study } from '@sidemark/core/contract';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCoordinator } from '../../../../../test/support/coordinator.ts';
import { DatabaseServer } from './database-server.ts';
import { KeysStore } from '../keys/keys.store.ts';
import { PostgresCluster } from './postgres/cluster.ts';

const folder = mkdtemp(join(tmpdir(), 'sidemark-restart-'));
afterAll(async () => rm(await folder, { recursive: true, force: true }));

describe('a coordinator that starts again in its data directory', () => {
  it('keeps studies, keys and the administrator token, in files that only it can read', async () => {
    const dataDir = await folder;
    const first = await startCoordinator({ dataDir });
    await first.call('POST', '/api/studies', { body: { name: 'kept', title: 'Kept' } });
    const keyId = first.app.get(KeysStore).release.keyId;
    await first.close();
    for (const file of ['keys/release.key', 'keys/online.key', 'postgres.password', 'admin.token']) {
      expect([file, (await stat(join(dataDir, file))).mode & 0o077]).toEqual([file, 0]);
    }
    expect((await stat(join(dataDir, 'keys'))).mode & 0o777).toBe(0o700);

    const second = await startCoordinator({ dataDir });
    const { body } = await second.call<Study[]>('GET', '/api/studies');
    expect(body.map(({ name }) => name)).toEqual(['kept']);
    expect(second.app.get(KeysStore).release.keyId).toBe(keyId);
    await second.close();
  });

  it('takes over from a PostgreSQL that a killed coordinator left running', async () => {
    const dataDir = await folder;
    const password = await readFile(join(dataDir, 'postgres.password'), 'utf8');
    const orphan = await PostgresCluster.prepare(dataDir, () => password);
    await orphan.start();
    const coordinator = await startCoordinator({ dataDir });
    expect((await coordinator.call<Study[]>('GET', '/api/studies')).status).toBe(200);
    await coordinator.close();
    expect(await orphan.isRunning()).toBe(false);
  });

  it('leaves a living coordinator alone and says what to do', async () => {
    const dataDir = await folder;
    const living = await startCoordinator({ dataDir });
    await expect(startCoordinator({ dataDir })).rejects.toThrow(
      /another coordinator works in this data directory/,
    );
    expect((await living.call('GET', '/api/studies')).status).toBe(200);
    expect(living.app.get(DatabaseServer).cluster).toBeDefined();
    await living.close();
  });
});
