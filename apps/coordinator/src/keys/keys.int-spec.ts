// Kills between the steps by which a new on-line key takes over.
import { afterAll, describe, expect, it } from '@jest/globals';
import type { KeyDelegation, KeyList } from '@sidemark/core/contract';
import { payloadTypes } from '@sidemark/core/contract';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningCoordinator, startCoordinator } from '../../../../test/support/coordinator.ts';
import { Database } from '../platform/database/database.ts';
import { KeysStore } from '../platform/keys/keys.store.ts';

const folder = mkdtemp(join(tmpdir(), 'sidemark-keys-'));
afterAll(async () => rm(await folder, { recursive: true, force: true }));
const change = { rotate: true, overlapHours: 1, validDays: null, revoke: [] };

const listOf = async (at: RunningCoordinator): Promise<KeyList> =>
  (await at.call<KeyList>('GET', '/api/keys')).body;
const signing = (at: RunningCoordinator): string => at.app.get(KeysStore).online.keyId;
const files = async (): Promise<string[]> => (await readdir(join(await folder, 'keys'))).sort();

describe('a coordinator that is killed while its on-line key changes', () => {
  it('goes on with the old key where the new list was only drafted, and with the same next key afterwards', async () => {
    const first = await startCoordinator({ dataDir: await folder });
    const old = signing(first);
    const draft = async (at: RunningCoordinator): Promise<KeyDelegation> =>
      (await at.call<KeyDelegation>('POST', '/api/keys/delegations/draft', { body: change })).body;
    const drafted = await draft(first);
    await first.close();
    const second = await startCoordinator({ dataDir: await folder });
    expect([signing(second), (await listOf(second)).delegation]).toEqual([old, 1]);
    expect((await draft(second)).online.at(-1)?.keyId).toBe(drafted.online.at(-1)?.keyId);
    expect(await files()).toEqual(['online-next.key', 'online.key', 'release.key']);
    await second.close();
  });

  it('signs with the new key where the list was recorded, though the file had not been moved', async () => {
    const first = await startCoordinator({ dataDir: await folder });
    const { body: drafted } = await first.call<KeyDelegation>('POST', '/api/keys/delegations/draft', {
      body: change,
    });
    const keys = first.app.get(KeysStore);
    const envelope = await keys.signAsRelease(payloadTypes.keyDelegation, drafted);
    await first.app.get(Database).transaction((tx) => keys.record(tx, envelope, drafted));
    await first.close();
    const second = await startCoordinator({ dataDir: await folder });
    expect(signing(second)).toBe(drafted.online.at(-1)?.keyId);
    expect(await files()).toEqual(['online.key', 'release.key']);
    await second.close();
  });

  it('makes another key where the seed was lost, and refuses to start with a release key of another trial', async () => {
    const keys = join(await folder, 'keys');
    await rm(join(keys, 'online.key'));
    const third = await startCoordinator({ dataDir: await folder });
    const { delegation, keys: listed } = await listOf(third);
    expect(delegation).toBe(3);
    expect(listed.filter(({ role }) => role === 'online').at(-1)?.keyId).toBe(signing(third));
    await third.close();
    await writeFile(join(keys, 'release.key'), Buffer.alloc(32, 5).toString('base64'));
    await expect(startCoordinator({ dataDir: await folder })).rejects.toMatchObject({
      code: 'release-key-mismatch',
    });
    await rm(join(keys, 'release.key'));
    const offline = await startCoordinator({ dataDir: await folder });
    expect(await listOf(offline)).toMatchObject({ delegation: 3, releaseKeyAtHand: false });
    await offline.close();
  });
});
