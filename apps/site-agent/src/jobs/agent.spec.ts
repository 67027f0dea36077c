// The whole agent against a coordinator on a socket: from an offer to a stored receipt, and what goes wrong between.
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import { type Envelope, type JobOffer, type Report } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { AppModule } from '../app.module.ts';
import { runAgent } from '../commands/run-agent.ts';
import { EgressGate } from '../egress/gate.ts';
import { LedgerStore } from '../egress/ledger.store.ts';
import { judgeLedger } from '../egress/ledger-verdict.ts';
import { enrol } from '../enrolment/enrol.ts';
import { loadSite } from '../identity/site.ts';
import { CoordinatorClient } from '../link/coordinator.client.ts';
import { SampleCoordinator, statementOf } from '../link/coordinator.sample.ts';
import { OutboxStore } from '../outbox/outbox.store.ts';
import { systemClock } from '../platform/clock.ts';
import { openDataDirectory, type DataDirectory } from '../platform/disk/data-directory.ts';
import { silentLog } from '../platform/log.ts';
import type { AgentEvent } from '../platform/narrator.ts';
import { systemRandom } from '../platform/random.ts';
import { PolicyStore } from '../policy/policy.store.ts';
import type { DisclosureFacts } from '../pipeline/result/disclosure-facts.ts';
import type { EvaluationRooms } from './work/evaluation-rooms.ts';
import { JobsStore } from './jobs.store.ts';
import {
  datasetOf,
  factsApart,
  hurried,
  ids,
  kitFor,
  offerFor,
  onlineKey,
  resultOf,
  strangerKey,
} from './trial.sample.ts';

let coordinator: SampleCoordinator;
let directory: DataDirectory;
let keyId: string;
let rooms: EvaluationRooms;
let stop: AbortController;
let running: Promise<void> | undefined;
let classPatients: Record<string, number>;
let evaluations: number;
let facts: DisclosureFacts;
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
  facts = factsApart(23);
  rooms = {
    loadDataset: (_directory, study) => Promise.resolve(datasetOf(study, classPatients)),
    verifyDataset: () => Promise.resolve('d'.repeat(64)),
    checkCanaries: () => Promise.resolve(),
    evaluateJob: ({ onProgress }) => {
      evaluations += 1;
      onProgress({ imagesDone: 24, imagesTotal: 24, ratePerSecond: 4, etaSeconds: 0 });
      return Promise.resolve({ result: resultOf({ positives: 12, negatives: 12 }), facts });
    },
  };
});

afterEach(async () => {
  await halt();
  watchers.clear();
  await coordinator.stop();
});

const offerOf = (change: Partial<JobOffer> = {}, key = onlineKey): Envelope => offerFor(keyId, change, key);

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

const decide = (decision: 'approve' | 'decline' | 'release'): Promise<unknown> =>
  new JobsStore(directory).decide(ids.job, decision, new Date().toISOString());

test('a report that sets one patient apart waits for a person, whose release holds for that result alone', async () => {
  facts = factsApart(1);
  coordinator.offers = [offerOf()];
  const withheld = jobIs('withheld');
  await start();
  expect(await withheld).toMatchObject({
    reason: { details: { problems: [expect.stringMatching(/all patients but 1$/)] } },
  });
  await until(() => coordinator.received.states.at(-1)?.state === 'held');
  expect(coordinator.received.states.every(({ code }) => code === null)).toBe(true);
  await expect(decide('approve')).rejects.toMatchObject({ code: 'state-conflict' });
  const [again, done] = [jobIs('withheld'), receiptSeen()];
  const another = { result: resultOf({ positives: 12, negatives: 13 }), facts };
  Object.assign(rooms, { evaluateJob: () => Promise.resolve(another) });
  await decide('release');
  await again;
  expect(coordinator.received.reports).toEqual([]);
  await decide('release');
  await done;
});

test('a withheld report is still withheld after a restart, and is released with the digest that the person saw', async () => {
  facts = factsApart(1);
  coordinator.offers = [offerOf()];
  const withheld = jobIs('withheld');
  await start();
  await withheld;
  await halt();
  await start();
  await systemClock.sleep(200);
  const { state, reason } = await record();
  expect([state, evaluations, coordinator.received.reports]).toEqual(['withheld', 1, []]);
  const done = receiptSeen();
  await decide('release');
  await done;
  const [sent] = coordinator.received.reports;
  expect((statementOf(sent!) as Report).resultDigest).toBe(reason?.details['resultDigest']);
});

test('a person may refuse a withheld report: nothing of it leaves', async () => {
  facts = factsApart(1);
  coordinator.offers = [offerOf()];
  const [withheld, refused] = [jobIs('withheld'), jobIs('refused')];
  await start();
  await withheld;
  await decide('decline');
  expect(await refused).toMatchObject({ code: 'declined-by-person' });
  await until(() => coordinator.received.states.at(-1)?.code === 'declined-by-person');
  expect(coordinator.received.reports).toEqual([]);
});

test('a report beyond the budget waits until the site raises it, and each release is good once', async () => {
  const budget = (reports: number): Promise<void> =>
    writeFile(
      directory.policy,
      `schema: sidemark.policy/1\ndefault: auto-approve\nbudget: {reportsPerDataset: ${reports}}\n`,
    );
  await budget(1);
  coordinator.offers = [offerOf()];
  const first = receiptSeen();
  await start();
  await first;
  await until(async () => (await record()).state === 'reported');
  await halt();
  Object.assign(rooms, {
    evaluateJob: () => Promise.resolve({ result: resultOf({ positives: 12, negatives: 14 }), facts }),
  });
  const issuedAt = new Date(Date.now() + 1000).toISOString();
  coordinator.offers = [offerOf({ issuedAt })];
  const withheld = jobIs('withheld');
  await start();
  expect(await withheld).toMatchObject({ reason: { details: { reports: 1, reportsPerDataset: 1 } } });
  const again = jobIs('withheld');
  await decide('release');
  await again;
  await systemClock.sleep(100);
  expect([(await record()).state, coordinator.received.reports.length]).toEqual(['withheld', 1]);
  await budget(2);
  const second = receiptSeen();
  await decide('release');
  await second;
  expect(coordinator.received.reports).toHaveLength(2);
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
        evaluateJob: () => Promise.resolve({ result: resultOf({ positives: 9, negatives: 12 }), facts }),
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
