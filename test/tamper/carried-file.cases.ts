// Files that people carry to a site: whatever is in them, nothing of the agent changes and nothing is unpacked.
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { CarriedReceipt, payloadTypes, type CarriedJob } from '@sidemark/core/contract';
import { readCarried } from '../../apps/site-agent/src/carried/carried-file.ts';
import { carriedJob, jobFileOf, modelBytes } from '../../apps/site-agent/src/carried/job-file.sample.ts';
import { importJob, type JobImportWorld } from '../../apps/site-agent/src/carried/job-import.ts';
import { EgressGate } from '../../apps/site-agent/src/egress/gate.ts';
import { LedgerStore } from '../../apps/site-agent/src/egress/ledger.store.ts';
import { Site } from '../../apps/site-agent/src/identity/site.ts';
import { JobIntake } from '../../apps/site-agent/src/jobs/intake/job-intake.ts';
import { ProtocolFetcher } from '../../apps/site-agent/src/jobs/intake/protocol.fetcher.ts';
import { JobRegister } from '../../apps/site-agent/src/jobs/job-register.ts';
import { JobsStore } from '../../apps/site-agent/src/jobs/jobs.store.ts';
import {
  delegationOf,
  ids,
  modelOf,
  models,
  onlineKey,
  protocol,
  releaseKey,
  seal,
  strangerKey,
} from '../../apps/site-agent/src/jobs/trial.sample.ts';
import { CoordinatorClient } from '../../apps/site-agent/src/link/coordinator.client.ts';
import { ModelStore } from '../../apps/site-agent/src/models/model.store.ts';
import type { OutboxItem } from '../../apps/site-agent/src/outbox/outbox-item.ts';
import { OutboxService } from '../../apps/site-agent/src/outbox/outbox.service.ts';
import { OutboxStore } from '../../apps/site-agent/src/outbox/outbox.store.ts';
import type { Clock } from '../../apps/site-agent/src/platform/clock.ts';
import { silentLog } from '../../apps/site-agent/src/platform/log.ts';
import { silentNarrator } from '../../apps/site-agent/src/platform/narrator.ts';
import { systemRandom } from '../../apps/site-agent/src/platform/random.ts';
import { PolicyStore } from '../../apps/site-agent/src/policy/policy.store.ts';
import { address, type AgentRoom, agentRoom, filesOf, siteKey } from './agent-room.ts';
import { type HostileCase, refusalOf } from './hostile.ts';

const now = new Date('2026-06-01T00:00:00.000Z');
const clock: Clock = { now: () => now, sleep: () => Promise.resolve() };

interface Room {
  readonly world: JobImportWorld;
  readonly outbox: OutboxService;
  readonly root: string;
}

function furnish({ directory, site: { enrolment, signer, trust } }: AgentRoom): Room {
  const site = new Site(enrolment, signer, trust, () => Promise.resolve());
  const policies = new PolicyStore(directory.policy);
  const gate = new EgressGate(address, new LedgerStore(directory.ledger), policies, clock, silentLog);
  const client = new CoordinatorClient(address);
  const jobs = new JobsStore(directory);
  const register = new JobRegister(jobs, clock, silentNarrator, silentLog);
  const protocols = new ProtocolFetcher(client, gate, trust, jobs);

  const store = new OutboxStore(directory);
  const quiet = { clock, random: systemRandom, log: silentLog, narrator: silentNarrator };
  const outbox = new OutboxService({
    ...quiet,
    site,
    store,
    gate,
    client,
    mayLeave: () => Promise.resolve(true),
  });
  const intake = new JobIntake({ site, register, policies, protocols, outbox, clock });
  const stores = {
    models: new ModelStore(directory.models),
    packs: { store: new ModelStore(directory.packs, '.pack') },
  };
  const world = { site, intake, jobs, ...stores, clock };
  return { world, outbox, root: directory.root };
}

/** A file is brought; if a file of the agent changes, that is what the door is heard to say. */
const brought = (
  expected: string,
  name: string,
  make: (folder: string) => Uint8Array | string | Promise<string>,
  door = 'carried job',
  open: (path: string, room: Room) => Promise<unknown> = (path, { world }) =>
    importJob(path, undefined, world),
): HostileCase => ({
  door,
  name,
  expected,
  prepare: async () => {
    const room = furnish(await agentRoom());
    const folder = await mkdtemp(join(tmpdir(), 'sidemark-carried-'));
    const made = await make(folder);
    const path = typeof made === 'string' ? made : join(folder, 'brought');
    if (typeof made !== 'string') await writeFile(path, made);
    const before = await filesOf(room.root);
    return async () => {
      const heard = await refusalOf(() => open(path, room));
      return (await filesOf(room.root)) === before ? heard : { ...heard, code: 'files changed' };
    };
  },
});

const good = (): CarriedJob => carriedJob(siteKey.keyId, now);
const changed = (expected: string, name: string, change: object): HostileCase =>
  brought(expected, name, () => jobFileOf({ ...good(), ...change }));
const offered = (name: string, change: Parameters<typeof carriedJob>[2]): HostileCase =>
  brought('offer-invalid', name, () => jobFileOf(carriedJob(siteKey.keyId, now, change)));
const [first, ...others] = good().models;
const flipped = Uint8Array.from(modelBytes[0] ?? [], (byte, i) => (i === 7 ? byte ^ 1 : byte));

const contentCases: HostileCase[] = [
  offered('for another site', { site: ids.run }),
  offered('for another key', { siteKeyId: strangerKey.keyId }),
  offered('of another study', { study: ids.run }),
  offered('whose offer has run out', { expiresAt: '2026-05-31T00:00:00.000Z' }),
  changed('signer-unknown', 'with the word of a stranger for its key', {
    delegation: delegationOf(strangerKey, strangerKey),
  }),
  changed('signer-unknown', 'whose offer a stranger signed', {
    offer: seal(payloadTypes.jobOffer, {}, strangerKey),
  }),
  changed('protocol-invalid', 'with another protocol', {
    protocol: seal(payloadTypes.protocol, { ...protocol, version: 2 }, releaseKey),
  }),
  changed('release-invalid', 'with a model that a stranger released', {
    models: [modelOf('detector', models.detector.bytes, strangerKey).released, ...others],
  }),
  changed('release-invalid', 'with its models in another order', { models: [...others, first] }),
  changed('carried-file-invalid', 'that lacks a model', { models: others }),
  changed('carried-file-invalid', 'that names a path', { path: '../../identity/site.key' }),
  brought('model-digest-mismatch', 'with one bit of a model turned', () =>
    jobFileOf(good(), [flipped, ...modelBytes.slice(1)]),
  ),
  brought('carried-file-invalid', 'cut short', () => jobFileOf(good()).subarray(0, -1)),
  brought('carried-file-invalid', 'with bytes after its end', () =>
    jobFileOf(good(), [...modelBytes, Buffer.of(0)]),
  ),
];

const formCases: HostileCase[] = [
  brought('carried-file-invalid', 'that is empty', () => Buffer.alloc(0)),
  brought('carried-file-invalid', 'that is gzip of 1 GiB of nothing', () =>
    gzipSync(Buffer.alloc(2 ** 20)).subarray(0, 900),
  ),
  brought('carried-file-invalid', 'that is a tar with a name that climbs', () => {
    const tar = Buffer.alloc(1024);
    tar.write('../../../identity/site.key');
    tar.write('ustar', 257);
    return tar;
  }),
  brought('carried-file-invalid', 'whose first line has no end', () => Buffer.alloc(5 * 2 ** 20, 0x20)),
  brought('carried-file-invalid', 'of 100,000 levels', () =>
    Buffer.from(`${'['.repeat(1e5)}${']'.repeat(1e5)}\n`),
  ),
  brought('carried-file-invalid', 'with __proto__', () =>
    Buffer.from(`${JSON.stringify(good()).replace('{', '{"__proto__":{"polluted":1},')}\n`),
  ),
  brought('carried-file-invalid', 'in bytes that are no UTF-8', () => Buffer.from([0x7b, 0xff, 0xfe, 0x0a])),
  brought('carried-file-invalid', 'that is a folder', async (folder) => {
    await mkdir(join(folder, 'a.job'));
    return join(folder, 'a.job');
  }),
  brought('carried-file-invalid', 'that is a pipe without an end', (folder) => {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    return Promise.resolve(path);
  }),
  brought('carried-file-invalid', 'that is a carried report', () =>
    Buffer.from(`${JSON.stringify({ schema: 'sidemark.carried-report/1', report: good().offer })}\n`),
  ),
];

const nobody = { reported: () => Promise.resolve(), parked: () => Promise.resolve() };
const receipt = (expected: string, name: string, content: unknown): HostileCase =>
  brought(
    expected,
    name,
    () => Buffer.from(JSON.stringify(content)),
    'carried receipt',
    async (path, { outbox }): Promise<OutboxItem> =>
      outbox.takeReceipt(await readCarried(path, CarriedReceipt), nobody),
  );
const said = {
  schema: 'sidemark.receipt/1',
  job: ids.job,
  site: ids.site,
  payloadDigest: 'a'.repeat(64),
  sequence: 1,
  receivedAt: '2026-06-01T00:00:00.000Z',
  auditHead: 'b'.repeat(64),
};
const carried = {
  schema: 'sidemark.carried-receipt/1',
  delegation: delegationOf(onlineKey),
  receipt: seal(payloadTypes.receipt, said, onlineKey),
};
const receiptCases: HostileCase[] = [
  receipt('receipt-invalid', 'for a report that was never made', carried),
  receipt('signer-unknown', 'signed by a stranger', {
    ...carried,
    receipt: seal(payloadTypes.receipt, said, strangerKey),
  }),
  receipt('signer-unknown', 'with the word of a stranger for its key', {
    ...carried,
    delegation: delegationOf(strangerKey, strangerKey),
  }),
  receipt('envelope-type-unexpected', 'that is an offer', { ...carried, receipt: good().offer }),
  receipt('carried-file-invalid', 'with one key more', { ...carried, extra: 1 }),
];

export const carriedFileCases = [...contentCases, ...formCases, ...receiptCases];
