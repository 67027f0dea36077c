import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { sha256, signingKeyFromSeed, sixWords } from '@sidemark/core/signing';
import { EgressGate } from '../egress/gate.ts';
import { LedgerStore } from '../egress/ledger.store.ts';
import { CoordinatorTrust } from '../identity/coordinator-trust.ts';
import { loadDelegation, saveDelegation } from '../identity/enrolment.store.ts';
import { Site } from '../identity/site.ts';
import { SiteSigner } from '../identity/site-signer.ts';
import { JobIntake } from '../jobs/intake/job-intake.ts';
import { ProtocolFetcher } from '../jobs/intake/protocol.fetcher.ts';
import { JobRegister } from '../jobs/job-register.ts';
import { JobsStore } from '../jobs/jobs.store.ts';
import { base64, ids, models, protocol, releaseKey } from '../jobs/trial.sample.ts';
import { CoordinatorClient } from '../link/coordinator.client.ts';
import { ModelFetcher } from '../models/model.fetcher.ts';
import { ModelStore } from '../models/model.store.ts';
import type { Clock } from '../platform/clock.ts';
import { openDataDirectory, type DataDirectory } from '../platform/disk/data-directory.ts';
import { silentLog } from '../platform/log.ts';
import { silentNarrator } from '../platform/narrator.ts';
import { PolicyStore } from '../policy/policy.store.ts';
import { carriedJob, jobFileOf } from './job-file.sample.ts';
import { importJob, type JobImportWorld } from './job-import.ts';

const siteKey = signingKeyFromSeed(new Uint8Array(32).fill(9));
const now = new Date('2026-06-01T00:00:00.000Z');
const clock: Clock = { now: () => now, sleep: () => Promise.resolve() };
const { signal } = new AbortController();

let directory: DataDirectory;
let world: JobImportWorld;
let fetcher: ModelFetcher;
let path: string;
const put = async (bytes: Uint8Array): Promise<string> => {
  await writeFile(path, bytes);
  return path;
};

beforeEach(async () => {
  const root = await mkdtemp(join(tmpdir(), 'sidemark-'));
  directory = await openDataDirectory(join(root, 'data'));
  path = join(root, 'north.job');
  const releasePublicKey = base64(releaseKey.publicKey);
  const enrolment = {
    schema: 'sidemark.agent-enrolment/1' as const,
    coordinator: 'https://trial.invalid',
    allowHttp: false,
    releasePublicKey,
    study: ids.study,
    site: ids.site,
    siteName: 'north',
    siteKeyId: siteKey.keyId,
    words: sixWords('0'.repeat(64)),
    answered: true,
  };
  const trust = new CoordinatorTrust(releasePublicKey);
  const site = new Site(enrolment, new SiteSigner(siteKey), trust, (one) => saveDelegation(directory, one));
  const policies = new PolicyStore(directory.policy);
  const jobs = new JobsStore(directory);
  const store = new ModelStore(directory.models);
  const gate = new EgressGate(
    enrolment.coordinator,
    new LedgerStore(directory.ledger),
    policies,
    clock,
    silentLog,
  );
  const client = new CoordinatorClient(enrolment.coordinator);
  const register = new JobRegister(jobs, clock, silentNarrator, silentLog);
  const protocols = new ProtocolFetcher(client, gate, trust, jobs);
  fetcher = new ModelFetcher(client, gate, trust, store);
  const nothingWaits = { takeBack: () => Promise.resolve(true), hasLeft: () => Promise.resolve(false) };
  const intake = new JobIntake({ site, register, policies, protocols, outbox: nothingWaits, clock });
  const packs = { store: new ModelStore(directory.packs, '.pack') };
  world = { site, intake, jobs, models: store, packs, clock };
});

describe('a carried job', () => {
  test('is where a link would have put it: offer, protocol, models ready to load without a link', async () => {
    const bytes = jobFileOf(carriedJob(siteKey.keyId, now));
    const taken = await importJob(await put(bytes), sha256(bytes), world);
    expect(taken).toMatchObject({ sha256: sha256(bytes), sizeBytes: bytes.length, offer: { job: ids.job } });
    expect(await world.jobs.get(ids.job)).toMatchObject({ state: 'offered', attempt: 1 });
    expect(await world.jobs.protocol(ids.job)).toBeDefined();
    expect(await loadDelegation(directory)).toBeDefined();
    const local = await fetcher.fetchAll(protocol, signal);
    expect(new Uint8Array(await readFile(local.detector.path))).toEqual(models.detector.bytes);
    expect(await new LedgerStore(directory.ledger).entries()).toEqual([]);
  });

  test('taken in twice is one job; brought again after a refusal, it is another attempt', async () => {
    const file = await put(jobFileOf(carriedJob(siteKey.keyId, now)));
    await importJob(file, undefined, world);
    await importJob(file, undefined, world);
    expect(await world.jobs.get(ids.job)).toMatchObject({ state: 'offered', attempt: 1 });
    const register = new JobRegister(world.jobs, clock, silentNarrator, silentLog);
    await register.refuse(ids.job, 'dataset-not-found');
    await importJob(file, undefined, world);
    expect(await world.jobs.get(ids.job)).toMatchObject({ state: 'offered', attempt: 2 });
  });

  test('leaves no job behind when it is refused at its last byte', async () => {
    const bytes = Uint8Array.from(jobFileOf(carriedJob(siteKey.keyId, now)));
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await expect(importJob(await put(bytes), undefined, world)).rejects.toMatchObject({
      code: 'model-digest-mismatch',
    });
    expect(await readdir(directory.jobs)).toEqual([]);
    const left = await readdir(directory.models);
    expect(left.filter((name) => name.startsWith(models.classifier.ref.sha256))).toEqual([]);
  });
});
