import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { sixWords } from '@sidemark/core/signing';
import { EgressGate } from '../egress/gate.ts';
import { LedgerStore } from '../egress/ledger.store.ts';
import { loadSite } from '../identity/site.ts';
import { digestOf } from '@sidemark/core/signing';
import { kitFor, strangerKey } from '../jobs/trial.sample.ts';
import { CoordinatorClient } from '../link/coordinator.client.ts';
import { SampleCoordinator } from '../link/coordinator.sample.ts';
import { systemClock } from '../platform/clock.ts';
import { dataLayout, openDataDirectory } from '../platform/disk/data-directory.ts';
import { silentLog } from '../platform/log.ts';
import { systemRandom } from '../platform/random.ts';
import { PolicyStore } from '../policy/policy.store.ts';
import { enrol, type EnrolWorld } from './enrol.ts';
import { readKit } from './kit.reader.ts';

let coordinator: SampleCoordinator;
let world: EnrolWorld;

beforeEach(async () => {
  coordinator = await new SampleCoordinator().start();
  const directory = await openDataDirectory(join(await mkdtemp(join(tmpdir(), 'sidemark-')), 'data'));
  const ledger = new LedgerStore(directory.ledger);
  const gate = new EgressGate(
    coordinator.address,
    ledger,
    new PolicyStore(directory.policy),
    systemClock,
    silentLog,
  );
  const client = new CoordinatorClient(coordinator.address);
  world = { directory, client, gate, clock: systemClock, random: systemRandom, allowHttp: false };
});
afterEach(() => coordinator.stop());

test('enrols, keeps the key to itself, and shows the words of its own statement', async () => {
  const record = await enrol(kitFor(coordinator.address), world);
  expect(coordinator.received.tokens).toHaveLength(1);
  const [entry] = await new LedgerStore(world.directory.ledger).entries();
  expect(entry?.content).toMatchObject({ kind: 'enrolment' });
  if (entry?.content.kind === 'enrolment')
    expect(record.words).toEqual(sixWords(digestOf(entry.content.statement)));
  expect((await stat(world.directory.siteKey)).mode & 0o777).toBe(0o600);
  const kept = await readFile(world.directory.enrolment, 'utf8');
  expect(kept + (await readFile(world.directory.ledger, 'utf8'))).not.toContain('T'.repeat(43));
  expect((await loadSite(world.directory)).enrolment.answered).toBe(true);
});

test('sends no token to a coordinator with another key than the kit names', async () => {
  coordinator.release = strangerKey;
  await expect(enrol(kitFor(coordinator.address), world)).rejects.toMatchObject({
    code: 'fingerprint-mismatch',
  });
  expect(coordinator.received.tokens).toEqual([]);
});

test.each([
  ['another address', { address: 'https://elsewhere.example' }, 'challenge-failed'],
  ['another nonce', { siteNonce: 'd'.repeat(64) }, 'challenge-failed'],
  ['another site key', { siteKeyId: 'e'.repeat(64) }, 'challenge-failed'],
  ['a newer contract', { contract: 99 }, 'contract-version-mismatch'],
])('sends no token after a hello for %s', async (_what, hello, code) => {
  coordinator.hello = hello;
  await expect(enrol(kitFor(coordinator.address), world)).rejects.toMatchObject({ code });
  expect(coordinator.received.tokens).toEqual([]);
});

test('enrols a directory once', async () => {
  await enrol(kitFor(coordinator.address), world);
  await expect(enrol(kitFor(coordinator.address), world)).rejects.toMatchObject({ code: 'already-enrolled' });
});

test('refuses plain HTTP beyond this machine before a byte is sent', async () => {
  const kit = kitFor('http://trial.example');
  await expect(enrol(kit, world)).rejects.toMatchObject({ code: 'insecure-address' });
});

test('goes on with the same key after an attempt that reached nobody', async () => {
  const nowhere = { ...world, client: new CoordinatorClient('http://127.0.0.1:9') };
  await expect(enrol(kitFor(coordinator.address), nowhere)).rejects.toMatchObject({
    code: 'coordinator-unreachable',
  });
  const key = await readFile(world.directory.siteKey, 'utf8');
  await enrol(kitFor(coordinator.address), world);
  expect(await readFile(world.directory.siteKey, 'utf8')).toBe(key);
});

test('reads a kit, or says what is wrong with it', async () => {
  const path = join(dataLayout(world.directory.root).root, 'kit.json');
  await writeFile(path, JSON.stringify(kitFor(coordinator.address)));
  expect((await readKit(path, new Date())).siteName).toBe('north');
  await writeFile(path, JSON.stringify({ ...kitFor(coordinator.address), extra: 1 }));
  await expect(readKit(path, new Date())).rejects.toMatchObject({ code: 'kit-invalid' });
  await writeFile(
    path,
    JSON.stringify(kitFor(coordinator.address, { expiresAt: '2020-01-01T00:00:00.000Z' })),
  );
  await expect(readKit(path, new Date())).rejects.toMatchObject({ code: 'kit-expired' });
});
