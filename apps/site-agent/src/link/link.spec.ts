import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { LinkChallenge } from '@sidemark/core/contract';
import { payloadTypes } from '@sidemark/core/contract';
import { openEnvelope } from '@sidemark/core/signing';
import { EgressGate } from '../egress/gate.ts';
import { LedgerStore } from '../egress/ledger.store.ts';
import { enrol } from '../enrolment/enrol.ts';
import { loadSite, type Site } from '../identity/site.ts';
import { delegationOf, kitFor, onlineKey, releaseKey, seal, strangerKey } from '../jobs/trial.sample.ts';
import { systemClock } from '../platform/clock.ts';
import { openDataDirectory } from '../platform/disk/data-directory.ts';
import { silentLog } from '../platform/log.ts';
import type { AgentEvent } from '../platform/narrator.ts';
import { systemRandom } from '../platform/random.ts';
import { PolicyStore } from '../policy/policy.store.ts';
import { assertSecureAddress, below } from './address.ts';
import { CoordinatorClient } from './coordinator.client.ts';
import { SampleCoordinator } from './coordinator.sample.ts';
import { LinkSession } from './link.session.ts';

let coordinator: SampleCoordinator;
let site: Site;
let link: LinkSession;
let stop: AbortController;
let running: Promise<void> | undefined;
let events: AgentEvent[];
let offers: unknown[];
let next: (event: AgentEvent['event']) => Promise<AgentEvent>;

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
  const common = { clock: systemClock, random: { ...systemRandom, fraction: () => 0 } };
  await enrol(kitFor(coordinator.address), { directory, client, gate, ...common, allowHttp: false });
  site = await loadSite(directory);
  [events, offers] = [[], []];
  const waiting: { event: string; tell: (event: AgentEvent) => void }[] = [];
  next = (event) => new Promise((tell) => waiting.push({ event, tell }));
  const tell = (event: AgentEvent): void => {
    events.push(event);
    waiting.filter((one) => one.event === event.event).forEach((one) => one.tell(event));
  };
  link = new LinkSession({ ...common, site, gate, client, log: silentLog, narrator: { tell } });
  stop = new AbortController();
});

afterEach(async () => {
  stop.abort();
  await running;
  await coordinator.stop();
});

const start = (): void => {
  running = link.run(stop.signal, {
    ready: () => undefined,
    offer: (o) => offers.push(o),
    cancel: () => undefined,
  });
};

test('proves both sides, and connects again when it is cut', async () => {
  const connected = next('connected');
  start();
  await connected;
  expect(coordinator.received.hellos[0]).toMatchObject({
    address: coordinator.address,
    siteKeyId: site.signer.keyId,
    siteNonce: coordinator.received.openings[0]?.siteNonce,
    coordinatorNonce: 'c'.repeat(64),
  });
  const again = next('connected');
  coordinator.cut();
  await again;
  const [first, second] = coordinator.received.openings;
  expect(first?.siteNonce).not.toBe(second?.siteNonce);
});

const hello = (change: object): ((challenge: LinkChallenge) => LinkChallenge) => {
  return (challenge) => {
    const { payload } = openEnvelope(
      challenge.hello,
      payloadTypes.coordinatorHello,
      () => onlineKey.publicKey,
    );
    const statement = { ...(JSON.parse(Buffer.from(payload).toString('utf8')) as object), ...change };
    return { ...challenge, hello: seal(payloadTypes.coordinatorHello, statement, onlineKey) };
  };
};

test.each<[string, (challenge: LinkChallenge) => LinkChallenge, string]>([
  ['for another address', hello({ address: 'https://elsewhere.example' }), 'challenge-failed'],
  ['for another nonce', hello({ siteNonce: 'd'.repeat(64) }), 'challenge-failed'],
  ['for another site key', hello({ siteKeyId: 'd'.repeat(64) }), 'challenge-failed'],
  ['naming another coordinator key', hello({ coordinatorKeyId: 'd'.repeat(64) }), 'challenge-failed'],
  ['of another contract', hello({ contract: 99 }), 'contract-version-mismatch'],
  [
    'by another key than the delegation names',
    (c) => ({ ...c, delegation: delegationOf(strangerKey, releaseKey, { number: 2 }) }),
    'signer-unknown',
  ],
  [
    'vouched for by a stranger',
    (c) => ({ ...c, delegation: delegationOf(onlineKey, strangerKey) }),
    'signer-unknown',
  ],
  [
    'that is a report in disguise',
    (c) => ({ ...c, hello: { ...c.hello, payloadType: payloadTypes.report } }),
    'envelope-type-unexpected',
  ],
])('answers nothing to a hello %s', async (_what, twist, code) => {
  coordinator.twist = twist;
  const ended = next('disconnected');
  start();
  expect(await ended).toMatchObject({ code });
  expect(coordinator.received.hellos).toEqual([]);
});

const minutes = (n: number): number => n * 60_000;
const days = (n: number): number => n * 24 * 60 * 60_000;

test.each([
  ['14 minutes behind', minutes(14)],
  ['14 minutes ahead', minutes(-14)],
])('works with a coordinator whose clock is %s ours', async (_what, offMs) => {
  coordinator.twist = hello({ issuedAt: new Date(Date.now() - offMs).toISOString() });
  const connected = next('connected');
  start();
  await connected;
});

test.each([
  ['days behind', days(3)],
  ['days ahead', days(-3)],
  ['half an hour ahead', minutes(-30)],
])('says by how much the clocks differ where the coordinator is %s', async (_what, offMs) => {
  const issuedAt = new Date(Date.now() - offMs).toISOString();
  coordinator.twist = hello({ issuedAt });
  const ended = next('disconnected');
  start();
  const { code, details } = (await ended) as AgentEvent & { code: string; details: Record<string, number> };
  expect({ code, coordinatorClock: details['coordinatorClock'] }).toEqual({
    code: 'clock-skew',
    coordinatorClock: issuedAt,
  });
  expect(Math.abs(details['thisClockIsAheadBySeconds']! - offMs / 1000)).toBeLessThan(60);
  expect(coordinator.received.hellos).toEqual([]);
});

test('says which side to upgrade', async () => {
  coordinator.twist = hello({ contract: 0 });
  const ended = next('disconnected');
  start();
  expect(await ended).toMatchObject({ details: { upgrade: 'coordinator' } });
});

test.each([
  ['https://trial.example', false, true],
  ['http://localhost:3000', false, true],
  ['http://127.0.0.1:3000', false, true],
  ['http://[::1]:3000', false, true],
  ['http://trial.example', false, false],
  ['http://127.0.0.1.example', false, false],
  ['http://trial.example', true, true],
  ['ftp://trial.example', true, false],
])('%s (allowed: %s) may be spoken to: %s', (address, allowHttp, may) => {
  const check = (): void => assertSecureAddress(address, allowHttp);
  if (may) check();
  else expect(check).toThrow(expect.objectContaining({ code: 'insecure-address' }));
});

test('a coordinator may live below a path', () => {
  expect(below('https://trial.example/sidemark/', '/api/link').href).toBe(
    'https://trial.example/sidemark/api/link',
  );
});
