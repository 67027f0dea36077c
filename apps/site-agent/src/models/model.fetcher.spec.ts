import { mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Network } from '../../../../test/support/network.ts';
import { EgressGate } from '../egress/gate.ts';
import { LedgerStore } from '../egress/ledger.store.ts';
import { CoordinatorTrust } from '../identity/coordinator-trust.ts';
import { base64, modelOf, models, protocol, releaseKey, strangerKey } from '../jobs/trial.sample.ts';
import { CoordinatorClient } from '../link/coordinator.client.ts';
import { SampleCoordinator } from '../link/coordinator.sample.ts';
import { systemClock } from '../platform/clock.ts';
import { openDataDirectory, type DataDirectory } from '../platform/disk/data-directory.ts';
import { silentLog } from '../platform/log.ts';
import { PolicyStore } from '../policy/policy.store.ts';
import { ModelFetcher } from './model.fetcher.ts';
import { ModelStore } from './model.store.ts';

const { signal } = new AbortController();
const { detector } = models;
let coordinator: SampleCoordinator;
let directory: DataDirectory;
let fetcher: ModelFetcher;
let make: (address: string, patienceMs?: number) => ModelFetcher;

beforeEach(async () => {
  coordinator = await new SampleCoordinator().start();
  directory = await openDataDirectory(join(await mkdtemp(join(tmpdir(), 'sidemark-')), 'data'));
  const gate = new EgressGate(
    coordinator.address,
    new LedgerStore(directory.ledger),
    new PolicyStore(directory.policy),
    systemClock,
    silentLog,
  );
  make = (address, ...patience) => {
    const client = new CoordinatorClient(address);
    client.adoptSession('S'.repeat(43), () => undefined);
    const trust = new CoordinatorTrust(base64(releaseKey.publicKey));
    return new ModelFetcher(client, gate, trust, new ModelStore(directory.models), ...patience);
  };
  fetcher = make(coordinator.address);
});
afterEach(() => coordinator.stop());

test('fetches every model of the protocol, and none twice', async () => {
  const local = await fetcher.fetchAll(protocol, signal);
  expect(new Uint8Array(await readFile(local.detector.path))).toEqual(detector.bytes);
  expect(local.classifiers[0]?.manifest.role).toBe('classifier');
  expect(coordinator.received.ranges).toHaveLength(3);
  await fetcher.fetchAll(protocol, signal);
  expect(coordinator.received.ranges).toHaveLength(3);
});

test('goes on where the connection was cut', async () => {
  coordinator.cuts = [100_000, 50_000];
  await expect(fetcher.fetchAll(protocol, signal)).rejects.toMatchObject({ code: 'coordinator-unreachable' });
  await expect(fetcher.fetchAll(protocol, signal)).rejects.toMatchObject({ code: 'coordinator-unreachable' });
  const local = await fetcher.fetchAll(protocol, signal);
  expect(coordinator.received.ranges.slice(0, 3)).toEqual([undefined, 'bytes=100000-', 'bytes=150000-']);
  expect(new Uint8Array(await readFile(local.detector.path))).toEqual(detector.bytes);
});

test('goes on elsewhere where a download falls silent and nobody says so', async () => {
  const network = await Network.to(Number(new URL(coordinator.address).port));
  const silence = network.accident({ request: /^GET .*\/bytes/, then: 'silence', afterBytes: 100_000 });
  const impatient = make(network.url, 300);
  await expect(impatient.fetchAll(protocol, signal)).rejects.toMatchObject({
    code: 'coordinator-unreachable',
    details: { reason: 'download cut' },
  });
  await silence;
  const local = await impatient.fetchAll(protocol, signal);
  expect(coordinator.received.ranges[1]).toMatch(/^bytes=\d+-$/);
  expect(new Uint8Array(await readFile(local.detector.path))).toEqual(detector.bytes);
  await network.close();
});

test('uses no byte of a file with another digest, fetched or found', async () => {
  coordinator.bytes.set(detector.ref.sha256, new Uint8Array(detector.bytes.length));
  await expect(fetcher.fetchAll(protocol, signal)).rejects.toMatchObject({ code: 'model-digest-mismatch' });
  expect(await readdir(directory.models)).toEqual([]);
  coordinator.bytes.set(detector.ref.sha256, detector.bytes);
  const local = await fetcher.fetchAll(protocol, signal);
  await writeFile(local.detector.path, 'changed on the disk');
  await fetcher.fetchAll(protocol, signal);
  expect(new Uint8Array(await readFile(local.detector.path))).toEqual(detector.bytes);
});

test('stops at more bytes than were released', async () => {
  coordinator.bytes.set(detector.ref.sha256, new Uint8Array(detector.bytes.length + 1));
  await expect(fetcher.fetchAll(protocol, signal)).rejects.toMatchObject({ code: 'model-digest-mismatch' });
});

test.each([
  ['signed by a stranger', modelOf('detector', detector.bytes, strangerKey).released],
  ['of other bytes', modelOf('detector', models.inpainter.bytes).released],
  ['of another role', models.inpainter.released],
  ['with another manifest', { ...detector.released, manifest: { ...detector.manifest, license: 'MIT' } }],
])('refuses a release %s before a byte is fetched', async (_what, released) => {
  coordinator.released.set(detector.ref.sha256, released);
  await expect(fetcher.fetchAll(protocol, signal)).rejects.toMatchObject({ code: 'release-invalid' });
  expect(coordinator.received.ranges).toEqual([]);
});
