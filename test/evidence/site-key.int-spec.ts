// A site agent changes its key against a real coordinator; answers are lost and steps are cut short in between.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KeyList } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { EgressGate } from '../../apps/site-agent/src/egress/gate.ts';
import { LedgerStore } from '../../apps/site-agent/src/egress/ledger.store.ts';
import { enrol } from '../../apps/site-agent/src/enrolment/enrol.ts';
import { loadKeyHistory } from '../../apps/site-agent/src/identity/key-history.store.ts';
import { KeyRotation, requestRotation } from '../../apps/site-agent/src/identity/key-rotation.ts';
import {
  findKeyFace,
  loadSiteKey,
  saveKey,
  sweepDrafts,
} from '../../apps/site-agent/src/identity/key.store.ts';
import { loadSite } from '../../apps/site-agent/src/identity/site.ts';
import { CoordinatorClient } from '../../apps/site-agent/src/link/coordinator.client.ts';
import { systemClock } from '../../apps/site-agent/src/platform/clock.ts';
import {
  type DataDirectory,
  openDataDirectory,
} from '../../apps/site-agent/src/platform/disk/data-directory.ts';
import { writeDurably } from '../../apps/site-agent/src/platform/disk/durable-file.ts';
import { silentLog } from '../../apps/site-agent/src/platform/log.ts';
import { silentNarrator } from '../../apps/site-agent/src/platform/narrator.ts';
import { systemRandom } from '../../apps/site-agent/src/platform/random.ts';
import { PolicyStore } from '../../apps/site-agent/src/policy/policy.store.ts';
import { type RunningCoordinator, startCoordinator } from '../support/coordinator.ts';
import { connected, invite, newStudy } from '../support/site.ts';

const words = 'correct horse battery';
const passphrase = (): Promise<string> => Promise.resolve(words);

/** Sends for real, and loses so many answers. */
class LossyClient extends CoordinatorClient {
  losses = 0;
  override async call<N extends Parameters<CoordinatorClient['call']>[0]>(
    ...given: Parameters<CoordinatorClient['call']>
  ): ReturnType<typeof CoordinatorClient.prototype.call<N>> {
    const answer = await super.call(...given);
    if ((this.losses -= 1) >= 0) throw new DomainError('coordinator-unreachable', { reason: 'lost answer' });
    return answer as Awaited<ReturnType<typeof CoordinatorClient.prototype.call<N>>>;
  }
}

let coordinator: RunningCoordinator;
let study: string;
let root: string;
beforeAll(async () => {
  coordinator = await startCoordinator();
  study = (await newStudy(coordinator, 'keys')).id;
  root = await mkdtemp(join(tmpdir(), 'sidemark-site-key-'));
});
afterAll(async () => {
  await coordinator.close();
  await rm(root, { recursive: true, force: true });
});

interface Enrolled {
  readonly directory: DataDirectory;
  readonly client: LossyClient;
  readonly gate: EgressGate;
}

async function enrolled(name: string, lockWith?: string): Promise<Enrolled> {
  const directory = await openDataDirectory(join(root, name));
  const client = new LossyClient(coordinator.url);
  const [ledger, policies] = [new LedgerStore(directory.ledger), new PolicyStore(directory.policy)];
  const gate = new EgressGate(coordinator.url, ledger, policies, systemClock, silentLog);
  const kit = await invite(coordinator, study, name);
  const world = { directory, client, gate, clock: systemClock, random: systemRandom, allowHttp: true };
  const { site, words: six } = await enrol(kit, { ...world, passphrase, lockWith });
  await coordinator.call('POST', `/api/sites/${site}/approve`, { body: { words: six } });
  return { directory, client, gate };
}

/** What a process that starts now does with the wish it finds. */
async function finish({ directory, client, gate }: Enrolled): Promise<string> {
  const site = await loadSite(directory, passphrase);
  const world = { directory, client, gate, clock: systemClock, random: systemRandom, passphrase };
  return (await new KeyRotation({ ...world, site, narrator: silentNarrator }).finish()).current.keyId;
}

const keysOf = async (name: string): Promise<KeyList['keys']> =>
  (await coordinator.call<KeyList>('GET', '/api/keys')).body.keys.filter((key) => key.siteName === name);

describe('a site that changes its key', () => {
  it('gets there through lost answers and new starts, by one rotation', async () => {
    const site = await enrolled('lossy');
    const old = (await loadSiteKey(site.directory)).keyId;
    const wished = await requestRotation(site.directory, passphrase, systemRandom);
    expect(await requestRotation(site.directory, passphrase, systemRandom)).toBe(wished);
    site.client.losses = 2;
    await expect(finish(site)).rejects.toMatchObject({ code: 'coordinator-unreachable' });
    expect((await keysOf('lossy')).map(({ keyId }) => keyId)).toEqual([old, wished]);
    await expect(finish(site)).rejects.toMatchObject({ code: 'coordinator-unreachable' });
    expect((await loadSiteKey(site.directory)).keyId).toBe(old);
    expect(await finish(site)).toBe(wished);
    expect((await loadSiteKey(site.directory)).keyId).toBe(wished);
    expect(await findKeyFace(site.directory.nextSiteKey)).toBeUndefined();
    expect(await keysOf('lossy')).toHaveLength(2);
    expect(await loadKeyHistory(site.directory)).toHaveLength(1);
    const { socket } = await connected(coordinator, await loadSiteKey(site.directory));
    socket.disconnect();
  });

  it('comes out of a kill between the kept answer and the change of files', async () => {
    const site = await enrolled('killed');
    const wished = await requestRotation(site.directory, passphrase, systemRandom);
    const [before, next] = [
      await readFile(site.directory.siteKey),
      await readFile(site.directory.nextSiteKey),
    ];
    await finish(site);
    // the disk as it was the moment before
    await writeDurably(site.directory.siteKey, before);
    await writeDurably(site.directory.nextSiteKey, next);
    expect(await finish(site)).toBe(wished);
    expect([(await keysOf('killed')).length, (await loadKeyHistory(site.directory)).length]).toEqual([2, 1]);
  });

  it('tells its ledger of every try before it is sent', async () => {
    const entries = await new LedgerStore((await openDataDirectory(join(root, 'lossy'))).ledger).entries();
    expect(entries.map(({ content }) => content.kind).filter((kind) => kind === 'key-rotation')).toHaveLength(
      3,
    );
  });

  it('keeps a locked key locked, with no seed in clear in any file', async () => {
    const site = await enrolled('locked', words);
    const seeds = [(await loadSiteKey(site.directory, passphrase)).secretKey.subarray(0, 32)];
    await expect(loadSite(site.directory)).rejects.toMatchObject({ code: 'passphrase-needed' });
    await requestRotation(site.directory, passphrase, systemRandom);
    expect(await findKeyFace(site.directory.nextSiteKey)).toMatchObject({ locked: true });
    await finish(site);
    seeds.push((await loadSiteKey(site.directory, passphrase)).secretKey.subarray(0, 32));
    expect(Buffer.compare(seeds[0]!, seeds[1]!)).not.toBe(0);
    const files = await readdir(site.directory.root, { recursive: true, withFileTypes: true });
    for (const file of files.filter((one) => one.isFile())) {
      const path = join(file.parentPath, file.name);
      const bytes = await readFile(path);
      for (const seed of seeds.map((one) => Buffer.from(one)))
        for (const form of [seed.toString('hex'), seed.toString('base64'), seed])
          expect([path, bytes.includes(form)]).toEqual([path, false]);
      expect([path, bytes.includes(words), (await stat(path)).mode & 0o077]).toEqual([path, false, 0]);
    }
  });

  it('leaves no draft of a key behind, and opens again after lock and unlock', async () => {
    const { directory } = await enrolled('drafts');
    const { keyId, secretKey } = await loadSiteKey(directory);
    await writeDurably(`${directory.siteKey}.77-1.tmp`, Buffer.from(secretKey).toString('hex'));
    await saveKey(directory.siteKey, secretKey.subarray(0, 32), words, systemRandom);
    await sweepDrafts(directory);
    expect((await readdir(directory.identity)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect((await loadSiteKey(directory, passphrase)).keyId).toBe(keyId);
    await saveKey(directory.siteKey, secretKey.subarray(0, 32), undefined, systemRandom);
    expect((await loadSiteKey(directory)).keyId).toBe(keyId);
  });
});
