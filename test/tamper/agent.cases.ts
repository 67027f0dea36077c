// What a site agent is handed: files by people, messages by someone who says he is the coordinator.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type JobOffer, payloadTypes, type Receipt } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { digestOf, type SigningKey } from '@sidemark/core/signing';
import { judgeLedger } from '../../apps/site-agent/src/egress/ledger-verdict.ts';
import { LedgerStore } from '../../apps/site-agent/src/egress/ledger.store.ts';
import { readKit } from '../../apps/site-agent/src/enrolment/kit.reader.ts';
import { assertOpen, openOffer } from '../../apps/site-agent/src/jobs/intake/offer-check.ts';
import { openProtocol } from '../../apps/site-agent/src/jobs/intake/protocol-check.ts';
import {
  delegationOf,
  ids,
  kitFor,
  modelOf,
  models,
  onlineKey,
  protocol,
  protocolDigest,
  protocolEnvelope,
  releaseKey,
  seal,
  strangerKey,
} from '../../apps/site-agent/src/jobs/trial.sample.ts';
import { checkRelease } from '../../apps/site-agent/src/models/release-check.ts';
import { checkReceipt } from '../../apps/site-agent/src/outbox/receipt-check.ts';
import type { OutboxItem } from '../../apps/site-agent/src/outbox/outbox-item.ts';
import { Journal } from '../../apps/site-agent/src/pipeline/journal.ts';
import { PolicyStore } from '../../apps/site-agent/src/policy/policy.store.ts';
import { address, agentCase, type AgentRoom, agentRoom, siteKey } from './agent-room.ts';
import type { HostileCase } from './hostile.ts';

const now = new Date('2026-06-01T00:00:00.000Z');

const agent = agentCase('agent');

const kit = (expected: string, name: string, text: string): HostileCase =>
  agent(expected, `a kit ${name}`, async ({ directory }) => {
    const path = join(directory.root, 'kit.json');
    await writeFile(path, text);
    return () => readKit(path, now);
  });
const good = kitFor(address);
const kitCases: HostileCase[] = [
  kit('kit-invalid', 'with one key more', JSON.stringify({ ...good, extra: 1 })),
  kit('kit-invalid', 'with __proto__', JSON.stringify(good).replace('{', '{"__proto__":{"polluted":1},')),
  kit(
    'kit-invalid',
    'with a fingerprint cut short',
    JSON.stringify({ ...good, releaseKeyFingerprint: 'ab' }),
  ),
  kit('kit-invalid', 'with a script for an address', JSON.stringify({ ...good, coordinator: 'none' })),
  kit('kit-invalid', 'cut short', JSON.stringify(good).slice(0, -9)),
  kit('kit-expired', 'past its time', JSON.stringify({ ...good, expiresAt: '2020-01-01T00:00:00.000Z' })),
];

const offered: JobOffer = {
  schema: 'sidemark.job-offer/1',
  job: ids.job,
  run: ids.run,
  study: ids.study,
  site: ids.site,
  siteKeyId: siteKey.keyId,
  protocolDigest,
  nonce: 'a'.repeat(64),
  issuedAt: '2026-05-31T00:00:00.000Z',
  expiresAt: '2026-06-02T00:00:00.000Z',
};
const offer = (
  expected: string,
  name: string,
  change: object,
  key: SigningKey = onlineKey,
  type: string = payloadTypes.jobOffer,
): HostileCase =>
  agent(expected, `an offer ${name}`, ({ site }) => {
    const message = seal(type, { ...offered, ...change }, key);
    return () => assertOpen(openOffer(message, site, now), ids.study, now);
  });
const offerCases: HostileCase[] = [
  offer('offer-invalid', 'for another site', { site: ids.run }),
  offer('offer-invalid', 'for another key', { siteKeyId: strangerKey.keyId }),
  offer('offer-invalid', 'that has run out', { expiresAt: '2026-05-31T12:00:00.000Z' }),
  offer('offer-invalid', 'of another study', { study: ids.run }),
  offer('envelope-malformed', 'with one key more', { script: 'x' }),
  offer('signer-unknown', 'signed by a stranger', {}, strangerKey),
  offer('signer-unknown', 'signed by the release key', {}, releaseKey),
  offer(
    'signature-invalid',
    'forged under the on-line key id',
    {},
    { ...strangerKey, keyId: onlineKey.keyId },
  ),
  offer('envelope-type-unexpected', 'under the type of a receipt', {}, onlineKey, payloadTypes.receipt),
  agent(
    'envelope-malformed',
    'no envelope for an offer',
    ({ site }) =>
      () =>
        openOffer('offer', site, now),
  ),
];

const trustCases: HostileCase[] = [
  agent('signer-unknown', 'a delegation by a stranger', ({ trust }) => () => {
    trust.admit(delegationOf(strangerKey, strangerKey));
  }),
  agent('signature-invalid', 'a delegation forged under the release key id', ({ trust }) => () => {
    trust.admit(delegationOf(strangerKey, { ...strangerKey, keyId: releaseKey.keyId }));
  }),
  agent('protocol-invalid', 'a protocol of another digest', ({ trust }) => () => {
    const other = seal(payloadTypes.protocol, { ...protocol, version: 2 }, releaseKey);
    openProtocol(other, { protocolDigest, study: ids.study }, trust);
  }),
  agent('protocol-invalid', 'a protocol signed by the on-line key', ({ trust }) => () => {
    const other = seal(payloadTypes.protocol, protocol, onlineKey);
    openProtocol(other, { protocolDigest, study: ids.study }, trust);
  }),
  agent('protocol-invalid', 'a protocol of another study', ({ trust }) => () => {
    openProtocol(protocolEnvelope, { protocolDigest, study: ids.run }, trust);
  }),
];

const { detector, inpainter } = models;
const release = (name: string, released: typeof detector.released): HostileCase =>
  agent('release-invalid', `a model release ${name}`, ({ trust }) => () => {
    checkRelease(released, detector.ref, 'detector', trust);
  });
const releaseCases: HostileCase[] = [
  release('signed by the on-line key', modelOf('detector', detector.bytes, onlineKey).released),
  release('signed by a stranger', modelOf('detector', detector.bytes, strangerKey).released),
  release('of other bytes', modelOf('detector', inpainter.bytes).released),
  release('of another role', inpainter.released),
  release('with another manifest', {
    ...detector.released,
    manifest: { ...detector.manifest, license: 'MIT' },
  }),
];

const item: OutboxItem = {
  schema: 'sidemark.outbox/1',
  kind: 'report',
  sequence: 3,
  job: ids.job,
  attempt: 1,
  protocolDigest,
  minPatientsPerClass: 10,
  payloadDigest: digestOf('the report'),
  envelope: protocolEnvelope,
  parked: null,
  queuedAt: '2026-06-01T00:00:00.000Z',
};
const receipt = (
  expected: string,
  name: string,
  change: Partial<Receipt>,
  key: SigningKey = onlineKey,
): HostileCase =>
  agent(expected, `a receipt ${name}`, ({ trust }) => () => {
    const { job, sequence, payloadDigest } = item;
    const said = { schema: 'sidemark.receipt/1', job, site: ids.site, payloadDigest, sequence };
    const rest = { receivedAt: '2026-06-01T00:00:00.000Z', auditHead: 'b'.repeat(64) };
    checkReceipt(seal(payloadTypes.receipt, { ...said, ...rest, ...change }, key), item, ids.site, trust);
  });
const receiptCases: HostileCase[] = [
  receipt('receipt-invalid', 'for another payload', { payloadDigest: digestOf('another report') }),
  receipt('receipt-invalid', 'for another job', { job: ids.run }),
  receipt('receipt-invalid', 'for another sequence number', { sequence: 4 }),
  receipt('receipt-invalid', 'for another site', { site: ids.run }),
  receipt('key-not-yet-valid', 'from before its key was made', { receivedAt: '2001-01-01T00:00:00.000Z' }),
  receipt('signer-unknown', 'signed by a stranger', {}, strangerKey),
];

const policy = (name: string, text: string): HostileCase =>
  agent('policy-invalid', `policy.yaml ${name}`, async ({ directory }) => {
    await writeFile(directory.policy, text);
    return async () => {
      const reading = await new PolicyStore(directory.policy).read();
      if (reading.source !== 'invalid') return;
      if (reading.policy.default !== 'hold') throw new Error('an invalid policy must hold everything');
      throw reading.problem;
    };
  });
const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]', ...'bcdefghij'.split('').map(nested)].join('\n');
function nested(name: string): string {
  const inner = `*${String.fromCharCode(name.charCodeAt(0) - 1)}`;
  return `${name}: &${name} [${Array(9).fill(inner).join(',')}]`;
}
const policyCases: HostileCase[] = [
  policy('with an unknown key', 'schema: sidemark.policy/1\ndefault: auto-approve\nallow: everything\n'),
  policy('with one key twice', 'schema: sidemark.policy/1\ndefault: refuse\ndefault: auto-approve\n'),
  policy('with a floor below the hard one', 'schema: sidemark.policy/1\nfloors: {minPatientsPerClass: 1}\n'),
  policy('of aliases that grow to a billion', `schema: sidemark.policy/1\n${bomb}\n`),
  policy('of 10,000 levels', `schema: ${'['.repeat(10_000)}`),
  policy('with a tag that makes an object', 'schema: !!js/function "process.exit()"\n'),
];

async function ledgerOf({ directory }: AgentRoom): Promise<LedgerStore> {
  const ledger = new LedgerStore(directory.ledger);
  const common = { kind: 'job-state', at: '2026-06-01T00:00:00.000Z', to: address, bytes: 40 } as const;
  for (const state of ['held', 'accepted', 'running'] as const)
    await ledger.append({ ...common, job: ids.job, change: { state, code: null } });
  return ledger;
}
const ledger = (name: string, alter: (lines: string[]) => string[]): HostileCase =>
  agent('ledger-broken', `the ledger with ${name}`, async (room) => {
    const store = await ledgerOf(room);
    const lines = (await readFile(room.directory.ledger, 'utf8')).trimEnd().split('\n');
    await writeFile(room.directory.ledger, `${alter(lines).join('\n')}\n`);
    return async () => {
      const { firstBroken } = judgeLedger(await store.lines());
      if (firstBroken !== null) throw new DomainError('ledger-broken', { line: firstBroken });
    };
  });
const fileCases: HostileCase[] = [
  ledger('a line altered', (lines) => lines.map((line) => line.replace('accepted', 'running'))),
  ledger('a line taken out', (lines) => lines.toSpliced(1, 1)),
  ledger('a line twice', ([first = '', ...rest]) => [first, first, ...rest]),
  ledger('a first line that is none', (lines) => ['{}', ...lines]),
  {
    door: 'agent',
    name: 'the journal of another job',
    expected: 'no outcome taken',
    prepare: async () => {
      const path = join((await agentRoom()).directory.root, 'journal.ndjson');
      const theirs = await Journal.open(path, { subject: 'their job', key: 'key' });
      theirs.append('a'.repeat(64), { kind: 'skipped', reason: 'truncated' });
      await theirs.close();
      return async () => {
        const ours = await Journal.open(path, { subject: 'our job', key: 'key' });
        await ours.close();
        const taken = ours.outcomeOf('a'.repeat(64));
        return { code: taken === undefined ? 'no outcome taken' : 'taken', status: null, failure: '' };
      };
    },
  },
];

export const agentCases = [
  ...kitCases,
  ...offerCases,
  ...trustCases,
  ...releaseCases,
  ...receiptCases,
  ...policyCases,
  ...fileCases,
];
