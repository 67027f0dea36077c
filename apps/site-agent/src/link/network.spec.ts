// The network as hospitals have it: proxies that cut, proxies that must be used, and TLS that is not the world's.
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Envelope } from '@sidemark/core/contract';
import { privateCertificate, type Certificate } from '../../../../test/support/certificate.ts';
import type { NetworkConfig } from '../config.ts';
import { EgressGate } from '../egress/gate.ts';
import { LedgerStore } from '../egress/ledger.store.ts';
import { enrol } from '../enrolment/enrol.ts';
import { loadSite } from '../identity/site.ts';
import { kitFor, models } from '../jobs/trial.sample.ts';
import { systemClock } from '../platform/clock.ts';
import { openDataDirectory } from '../platform/disk/data-directory.ts';
import { silentLog } from '../platform/log.ts';
import type { AgentEvent } from '../platform/narrator.ts';
import { systemRandom } from '../platform/random.ts';
import { PolicyStore } from '../policy/policy.store.ts';
import { CoordinatorClient } from './coordinator.client.ts';
import { SampleCoordinator } from './coordinator.sample.ts';
import { LinkSession } from './link.session.ts';
import { openOutbound, type Outbound } from './outbound.ts';
import { ConnectProxy, Front, hiddenHost } from './proxies.sample.ts';

let folder: string;
let certificate: Certificate;
let coordinator: SampleCoordinator;
let proxy: ConnectProxy;
let fronts: Front[];
let stop: AbortController;
let running: Promise<void> | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sidemark-'));
  certificate = privateCertificate(folder, hiddenHost);
});

beforeEach(async () => {
  coordinator = await new SampleCoordinator().start();
  proxy = await new ConnectProxy().start();
  [fronts, stop, running] = [[], new AbortController(), undefined];
});

afterEach(async () => {
  stop.abort();
  await running;
  for (const front of fronts) front.stop();
  proxy.stop();
  await coordinator.stop();
});

async function front(tls?: Certificate, host?: string): Promise<Front> {
  const made = await new Front(coordinator.address, tls).start(host);
  fronts.push(made);
  return made;
}

interface Hospital {
  readonly client: CoordinatorClient;
  readonly gate: EgressGate;
  readonly offers: unknown[];
  enrol(): Promise<unknown>;
  /** starts the link, by another way out where one is given */
  run(otherwise?: Outbound): Promise<void>;
  next(event: AgentEvent['event']): Promise<AgentEvent>;
}

/** A site that reaches the coordinator by `address`. */
async function hospital(address: string, network: NetworkConfig = {}): Promise<Hospital> {
  coordinator.hello = { address };
  const directory = await openDataDirectory(join(await mkdtemp(join(folder, 'site-')), 'data'));
  const policies = new PolicyStore(directory.policy);
  const gate = new EgressGate(address, new LedgerStore(directory.ledger), policies, systemClock, silentLog);
  const outbound = await openOutbound(network, address);
  const client = new CoordinatorClient(address, outbound);
  const common = { clock: systemClock, random: { ...systemRandom, fraction: () => 0 } };
  const offers: unknown[] = [];
  const waiting = new Set<(event: AgentEvent) => void>();
  const next: Hospital['next'] = (wanted) =>
    new Promise((resolve) => {
      const look = (event: AgentEvent): void => {
        if (event.event === wanted && waiting.delete(look)) resolve(event);
      };
      waiting.add(look);
    });
  const tell = (event: AgentEvent): void => [...waiting].forEach((look) => look(event));
  return {
    client,
    gate,
    offers,
    next,
    enrol: () => enrol(kitFor(address), { directory, client, gate, ...common, allowHttp: true }),
    run: async (otherwise = outbound) => {
      const site = await loadSite(directory);
      const world = {
        ...common,
        site,
        gate,
        client,
        outbound: otherwise,
        log: silentLog,
        narrator: { tell },
        handshakeMs: 8000,
      };
      const listeners = {
        ready: () => undefined,
        offer: (offer: unknown) => void offers.push(offer),
        cancel: () => undefined,
      };
      running = new LinkSession(world).run(stop.signal, listeners);
    },
  };
}

const offer = { payloadType: 'sample', payload: 'AA==', signatures: [] } as unknown as Envelope;

async function until(condition: () => boolean): Promise<void> {
  for (const end = Date.now() + 10_000; !condition();) {
    if (Date.now() > end) throw new Error('did not come true in 10 s');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('falls back to polling where a proxy cuts websockets', async () => {
  const cutting = await front();
  cutting.refusesUpgrades = true;
  const site = await hospital(`http://127.0.0.1:${cutting.port}`);
  await site.enrol();
  const connected = site.next('connected');
  await site.run();
  await connected;
  coordinator.offer(offer);
  await until(() => site.offers.length === 1);
  expect(cutting.upgrades).toBeGreaterThan(0);
  expect(cutting.polls.length).toBeGreaterThan(0);
});

test('polls where a proxy takes websockets and lets nothing through', async () => {
  const silent = await front();
  silent.swallowsUpgrades = true;
  const site = await hospital(`http://127.0.0.1:${silent.port}`);
  await site.enrol();
  const connected = site.next('connected');
  await site.run();
  await connected;
  const tried = silent.upgrades;
  coordinator.cut();
  await site.next('connected');
  // proved by polling, it is not tried again
  expect([tried > 0, silent.upgrades]).toEqual([true, tried]);
});

test('connects again where a proxy drops connections, and hears of the open job again', async () => {
  const dropping = await front();
  dropping.dropsAfterMs = 1000;
  const site = await hospital(`http://127.0.0.1:${dropping.port}`);
  await site.enrol();
  coordinator.offers.push(offer);
  await site.run();
  expect(await site.next('disconnected')).toMatchObject({ code: 'coordinator-unreachable' });
  await until(() => site.offers.length >= 2);
  expect(dropping.upgrades).toBeGreaterThanOrEqual(2);
});

test.each([
  ['websocket', false],
  ['polling', true],
])('goes through the proxy with everything, the link by %s', async (_, refusesUpgrades) => {
  const tls = await front(certificate);
  tls.refusesUpgrades = refusesUpgrades;
  const network = { httpsProxy: `http://${proxy.host}`, caFile: certificate.caFile };
  // the name is known to the proxy alone: nothing can have gone past it
  const site = await hospital(`https://${hiddenHost}:${tls.port}`, network);
  await site.enrol();
  const afterEnrolment = proxy.tunnels.length;
  expect(afterEnrolment).toBeGreaterThan(0);
  const connected = site.next('connected');
  await site.run();
  await connected;
  coordinator.offer(offer);
  await until(() => site.offers.length === 1);
  expect(proxy.tunnels.length).toBeGreaterThan(afterEnrolment);
  expect(tls.polls.length > 0).toBe(refusesUpgrades);

  const { ref, bytes } = models.detector;
  const answer = await site.client.bytes(
    'siteModelBytes',
    site.gate.request('siteModelBytes', ref.sha256),
    stop.signal,
  );
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(new Uint8Array(bytes));
  expect(new Set(proxy.tunnels)).toEqual(new Set([`${hiddenHost}:${tls.port}`]));
  expect(proxy.plain).toEqual([]);
});

test.each([
  ['without NO_PROXY through it', undefined, true],
  ['with NO_PROXY past it', '0.0.0.0', false],
])('a plain address and a proxy: %s', async (_, noProxy, tunnelled) => {
  const open = await front(undefined, '0.0.0.0');
  // this machine, by an address that is not one of loopback
  const site = await hospital(`http://0.0.0.0:${open.port}`, { httpProxy: `http://${proxy.host}`, noProxy });
  await site.enrol();
  const connected = site.next('connected');
  await site.run();
  await connected;
  expect(open.upgrades).toBe(1);
  // one tunnel for HTTP, one for the link
  expect(new Set(proxy.tunnels)).toEqual(new Set(tunnelled ? [`0.0.0.0:${open.port}`] : []));
  expect(proxy.tunnels.length >= 2).toBe(tunnelled);
  expect(proxy.plain).toEqual([]);
});

test('names itself to a proxy that asks, and says what is wrong where it does not', async () => {
  proxy.credentials = 'radiology:p@ss';
  const tls = await front(certificate);
  const address = `https://${hiddenHost}:${tls.port}`;
  const { caFile } = certificate;
  const named = await hospital(address, { httpsProxy: `http://radiology:p%40ss@${proxy.host}`, caFile });
  await named.enrol();
  const connected = named.next('connected');
  await named.run();
  await connected;
  const nameless = await hospital(address, { httpsProxy: `http://${proxy.host}`, caFile });
  await expect(nameless.enrol()).rejects.toMatchObject({ code: 'coordinator-unreachable' });
});

test('trusts a private CA only where it is named, and says so', async () => {
  const tls = await front(certificate);
  const address = `https://localhost:${tls.port}`;
  const naive = await hospital(address);
  await expect(naive.enrol()).rejects.toMatchObject({ code: 'tls-untrusted', failureClass: 'transient' });
  const knowing = await hospital(address, { caFile: certificate.caFile });
  await knowing.enrol();
  const connected = knowing.next('connected');
  await knowing.run();
  await connected;
});

test('the link, too, says that TLS is not trusted', async () => {
  const tls = await front(certificate);
  const address = `https://localhost:${tls.port}`;
  const site = await hospital(address, { caFile: certificate.caFile });
  await site.enrol();
  const refused = site.next('disconnected');
  await site.run(await openOutbound({}, address));
  expect(await refused).toMatchObject({ code: 'tls-untrusted' });
});

test.each([
  ['absent.pem', undefined, 'cannot be read'],
  ['words.pem', 'trust me', 'no PEM certificate in it'],
  [
    'damaged.pem',
    '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
    'certificate 1 is damaged',
  ],
])('refuses a CA file that is of no use: %s', async (name, text, reason) => {
  const caFile = join(folder, name);
  if (text !== undefined) await writeFile(caFile, text);
  await expect(openOutbound({ caFile }, 'https://trial.example')).rejects.toMatchObject({
    code: 'ca-file-invalid',
    details: { reason },
  });
});
