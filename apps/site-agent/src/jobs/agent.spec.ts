// The whole agent against a coordinator on a socket: from an offer to a stored receipt, and what goes wrong between.
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import { payloadTypes, type Envelope, type JobOffer, type Report } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { AppModule } from '../app.module.ts';
import { runAgent } from '../commands/run-agent.ts';
import type { RegisteredDataset } from '../dataset/registered-dataset.ts';
import { EgressGate } from '../egress/gate.ts';
import { LedgerStore } from '../egress/ledger.store.ts';
import { judgeLedger } from '../egress/ledger-verdict.ts';
import { enrol } from '../enrolment/enrol.ts';
import { loadSite } from '../identity/site.ts';
import { CoordinatorClient } from '../link/coordinator.client.ts';
import { SampleCoordinator, statementOf } from '../link/coordinator.sample.ts';
import { OutboxStore } from '../outbox/outbox.store.ts';
import { systemClock, type Clock } from '../platform/clock.ts';
import { openDataDirectory, type DataDirectory } from '../platform/disk/data-directory.ts';
import { silentLog } from '../platform/log.ts';
import type { AgentEvent } from '../platform/narrator.ts';
import { systemRandom } from '../platform/random.ts';
import { PolicyStore } from '../policy/policy.store.ts';
import type { EvaluationRooms } from './work/evaluation-rooms.ts';
import { JobsStore } from './jobs.store.ts';
import { ids, kitFor, onlineKey, protocolDigest, resultOf, seal, strangerKey } from './trial.sample.ts';

/** pauses are cut to a fiftieth */
const hurried: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) => systemClock.sleep(Math.min(ms / 50, 200), signal),
};

let coordinator: SampleCoordinator;
let directory: DataDirectory;
let keyId: string;
let rooms: EvaluationRooms;
let stop: AbortController;
let running: Promise<void> | undefined;
let classPatients: Record<string, number>;
let evaluations: number;
const watchers = new Set<(event: AgentEvent) => void>();

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
  const client = new CoordinatorClient(coordinator.address);
  await enrol(kitFor(coordinator.address), {
    directory,
    client,
    gate,
    clock: systemClock,
    random: systemRandom,
    allowHttp: false,
  });
  keyId = (await loadSite(directory)).signer.keyId;
  await writeFile(directory.policy, 'schema: sidemark.policy/1\ndefault: auto-approve\n');
  classPatients = { '0': 12, '1': 12 };
  evaluations = 0;
  rooms = {
    loadDataset: (_directory, study) => Promise.resolve(datasetOf(study)),
    verifyDataset: () => Promise.resolve('d'.repeat(64)),
    checkCanaries: () => Promise.resolve(),
    evaluateJob: ({ onProgress }) => {
      evaluations += 1;
      onProgress({ imagesDone: 24, imagesTotal: 24, ratePerSecond: 4, etaSeconds: 0 });
      return Promise.resolve(resultOf({ positives: 12, negatives: 12 }));
    },
  };
});

afterEach(async () => {
  await halt();
  watchers.clear();
  await coordinator.stop();
});

const datasetOf = (study: string): RegisteredDataset => ({
  study,
  folder: '/nowhere',
  rows: [{ path: 'a.dcm', sha256: 'a'.repeat(64), label: 1, patient: 'ANON-1' }],
  digest: 'd'.repeat(64),
  classPatients,
});

function offerOf(change: Partial<JobOffer> = {}, key = onlineKey): Envelope {
  const offer = {
    schema: 'sidemark.job-offer/1',
    job: ids.job,
    run: ids.run,
    study: ids.study,
    site: ids.site,
    siteKeyId: keyId,
    protocolDigest,
    nonce: 'e'.repeat(64),
    issuedAt: new Date().toISOString(),
    expiresAt: new Date(Date.now() + 3600_000).toISOString(),
    ...change,
  };
  return seal(payloadTypes.jobOffer, offer, key);
}

const neverDone: EvaluationRooms['evaluateJob'] = ({ signal }) =>
  new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(new Error('stopped'))));

async function start(): Promise<void> {
  stop = new AbortController();
  const tell = (event: AgentEvent): void => watchers.forEach((watch) => watch(event));
  const config = { dataDirectory: directory.root, workers: 1, allowHttp: false, network: {} };
  const random = { ...systemRandom, fraction: () => 0 };
  const world = { config, directory, clock: hurried, random, log: silentLog, narrator: { tell } };
  const agent = await NestFactory.createApplicationContext(AppModule.with(world, rooms), {
    logger: false,
    abortOnError: false,
  });
  running = runAgent(agent, stop.signal).finally(() => agent.close());
}

async function halt(): Promise<void> {
  stop?.abort();
  await running;
  running = undefined;
}

function seen(test: (event: AgentEvent) => boolean): Promise<AgentEvent> {
  return new Promise((resolve) => watchers.add((event) => void (test(event) && resolve(event))));
}
const jobIs = (state: string): Promise<AgentEvent> =>
  seen((event) => event.event === 'job' && event.state === state);
const receiptSeen = (): Promise<AgentEvent> => seen(({ event }) => event === 'receipt');
const record = (): ReturnType<JobsStore['get']> => new JobsStore(directory).get(ids.job);
async function until(test: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await test())) await systemClock.sleep(10);
}

test('an offer becomes a signed report with a stored receipt, and every byte of it is in the ledger', async () => {
  coordinator.offers = [offerOf()];
  const done = receiptSeen();
  await start();
  await done;
  await until(async () => (await record()).state === 'reported');
  await halt();
  expect(coordinator.received.states.map(({ state }) => state)).toEqual(expect.arrayContaining(['running']));
  expect(coordinator.received.progress.at(-1)).toMatchObject({ job: ids.job, phase: 'reporting' });
  const [receipt] = await new OutboxStore(directory).receipts();
  expect(receipt?.item.envelope).toEqual(coordinator.received.reports[0]);
  expect(await readdir(directory.outbox)).toEqual(['sequence']);
  const acknowledged = receipt === undefined ? [] : [receipt.item.payloadDigest];
  expect(judgeLedger(await new LedgerStore(directory.ledger).lines(), acknowledged)).toMatchObject({
    firstBroken: null,
    missingReports: [],
  });
});

test('without a policy a job is held until a person approves it', async () => {
  await writeFile(directory.policy, 'schema: sidemark.policy/1\n');
  coordinator.offers = [offerOf()];
  const [held, done] = [jobIs('held'), receiptSeen()];
  await start();
  await held;
  await until(() => coordinator.received.states.some(({ state }) => state === 'held'));
  expect(evaluations).toBe(0);
  await new JobsStore(directory).decide(ids.job, 'approve', new Date().toISOString());
  await done;
});

test('a person may decline while the agent is down', async () => {
  await writeFile(directory.policy, 'schema: sidemark.policy/1\n');
  coordinator.offers = [offerOf()];
  const held = jobIs('held');
  await start();
  await held;
  await halt();
  await new JobsStore(directory).decide(ids.job, 'decline', new Date().toISOString());
  await start();
  await until(() => coordinator.received.states.some(({ code }) => code === 'declined-by-person'));
  expect(evaluations).toBe(0);
});

test.each<[string, () => void | Promise<void>, string]>([
  ['too few patients', () => void (classPatients = { '0': 12, '1': 9 }), 'floors-not-met'],
  [
    'a policy that refuses',
    () => writeFile(directory.policy, 'schema: sidemark.policy/1\ndefault: refuse\n'),
    'policy-refused',
  ],
  [
    'no dataset',
    () =>
      void (rooms = { ...rooms, loadDataset: () => Promise.reject(new DomainError('dataset-not-found')) }),
    'dataset-not-found',
  ],
  [
    'a changed dataset',
    () =>
      void (rooms = {
        ...rooms,
        verifyDataset: () => Promise.reject(new DomainError('dataset-changed', { files: 3 })),
      }),
    'dataset-changed',
  ],
  [
    'a failing canary',
    () =>
      void (rooms = {
        ...rooms,
        checkCanaries: () => Promise.reject(new DomainError('canary-failed', { expected: 0.5, found: 0.7 })),
      }),
    'canary-failed',
  ],
  [
    'a result below the floor',
    () =>
      void (rooms = {
        ...rooms,
        evaluateJob: () => Promise.resolve(resultOf({ positives: 9, negatives: 12 })),
      }),
    'egress-refused',
  ],
])('%s: the coordinator learns a code and no count', async (_what, arrange, code) => {
  await arrange();
  coordinator.offers = [offerOf()];
  await start();
  await until(() => coordinator.received.states.some((change) => change.code === code));
  await halt();
  expect(coordinator.received.states.at(-1)).toEqual({ state: 'refused', code });
  expect(coordinator.received.reports).toEqual([]);
  expect((await record()).told).toEqual({ state: 'refused', code });
});

test('offers by strangers, or for another site or key, leave no trace; an expired one is refused', async () => {
  await start();
  await until(() => coordinator.received.hellos.length > 0);
  await until(async () => {
    coordinator.offer(offerOf({ job: ids.run }, strangerKey));
    coordinator.offer(offerOf({ job: ids.run, site: ids.study }));
    coordinator.offer(offerOf({ job: ids.run, siteKeyId: 'f'.repeat(64) }));
    coordinator.offer(offerOf({ expiresAt: '2020-01-01T00:00:00.000Z' }));
    await systemClock.sleep(50);
    return coordinator.received.states.some(({ code }) => code === 'offer-invalid');
  });
  expect(await readdir(directory.jobs)).toEqual([ids.job]);
});

test('an agent stopped in the middle goes on, and its report has the same result digest', async () => {
  coordinator.offers = [offerOf()];
  const whole = rooms;
  rooms = { ...rooms, evaluateJob: neverDone };
  const busy = jobIs('running');
  await start();
  await busy;
  await halt();
  expect((await record()).state).toBe('running');
  rooms = whole;
  const done = receiptSeen();
  await start();
  await done;
  expect(evaluations).toBe(1);
});

test('an answer lost on its way: the same bytes once more, computed and signed once', async () => {
  coordinator.offers = [offerOf()];
  coordinator.dropReportAnswers = 2;
  const done = receiptSeen();
  await start();
  await done;
  await halt();
  const payloads = coordinator.received.reports.map(({ payload }) => payload);
  expect(payloads).toHaveLength(3);
  expect(new Set(payloads).size).toBe(1);
  expect(evaluations).toBe(1);
  const kinds = (await new LedgerStore(directory.ledger).entries()).map(({ content }) => content.kind);
  expect(kinds.filter((kind) => kind.startsWith('report'))).toEqual([
    'report',
    'report-again',
    'report-again',
  ]);
});

test('killed between signing and sending: what was signed is sent, and nothing is computed again', async () => {
  coordinator.offers = [offerOf()];
  coordinator.dropReportAnswers = 1_000_000;
  const sending = seen(({ event }) => event === 'sending');
  await start();
  await sending;
  await halt();
  // as if the kill had come before the state was written
  const path = join(directory.job(ids.job), 'state.json');
  await writeFile(path, (await readFile(path, 'utf8')).replace('"signed"', '"running"'));
  const [item] = await new OutboxStore(directory).pending();
  coordinator.dropReportAnswers = 0;
  await start();
  await until(async () => (await record()).state === 'reported');
  expect(evaluations).toBe(1);
  expect(coordinator.received.reports.at(-1)).toEqual(item?.envelope);
});

test('a report refused for good is parked with its code, and a job opened again is done again with the next number', async () => {
  coordinator.offers = [offerOf()];
  coordinator.refuseReport = 'report-job-closed';
  const parked = seen(({ event }) => event === 'parked');
  await start();
  expect(await parked).toMatchObject({ code: 'report-job-closed', sequence: 1 });
  await until(async () => (await record()).told?.state === 'failed');
  coordinator.refuseReport = undefined;
  const done = receiptSeen();
  coordinator.offers = [];
  coordinator.offer(offerOf({ issuedAt: new Date(Date.now() + 1000).toISOString() }));
  await done;
  const { header } = statementOf(coordinator.received.reports.at(-1) as Envelope) as Report;
  expect(header.sequence).toBe(2);
});

test('a cancelled job stops and sends nothing', async () => {
  coordinator.offers = [offerOf()];
  rooms = { ...rooms, evaluateJob: neverDone };
  const [busy, cancelled] = [
    seen((event) => event.event === 'progress' && event.phase === 'fetching'),
    jobIs('cancelled'),
  ];
  await start();
  await busy;
  coordinator.cancel(ids.job);
  await cancelled;
  expect(coordinator.received.reports).toEqual([]);
});

test('nothing that names a patient reaches the coordinator', async () => {
  coordinator.offers = [offerOf()];
  const done = receiptSeen();
  await start();
  await done;
  expect(JSON.stringify(coordinator.received.reports.map(statementOf))).not.toContain('ANON');
});
