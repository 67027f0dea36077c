// The whole agent against a coordinator on a socket: from an offer to a stored receipt, and what goes wrong between.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Envelope, Report } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { LedgerStore } from '../egress/ledger.store.ts';
import { judgeLedger } from '../egress/ledger-verdict.ts';
import { statementOf } from '../link/coordinator.sample.ts';
import { OutboxStore } from '../outbox/outbox.store.ts';
import { systemClock } from '../platform/clock.ts';
import { until } from './agent-bench.sample.ts';
import { useAgentBench } from './use-agent-bench.sample.ts';
import { ids, resultOf, strangerKey } from './trial.sample.ts';
import type { EvaluationRooms } from './work/evaluation-rooms.ts';

const at = useAgentBench();

const neverDone: EvaluationRooms['evaluateJob'] = ({ signal }) =>
  new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(new Error('stopped'))));

test('an offer becomes a signed report with a stored receipt, and every byte of it is in the ledger', async () => {
  at.bench.coordinator.offers = [at.bench.offerOf()];
  const done = at.bench.receiptSeen();
  await at.bench.start();
  await done;
  await until(async () => (await at.bench.record()).state === 'reported');
  await at.bench.halt();
  expect(at.bench.coordinator.received.states.map(({ state }) => state)).toEqual(
    expect.arrayContaining(['running']),
  );
  expect(at.bench.coordinator.received.progress.at(-1)).toMatchObject({ job: ids.job, phase: 'reporting' });
  const [receipt] = await new OutboxStore(at.bench.directory).receipts();
  expect(receipt?.item.envelope).toEqual(at.bench.coordinator.received.reports[0]);
  expect(await readdir(at.bench.directory.outbox)).toEqual(['sequence']);
  const acknowledged = receipt === undefined ? [] : [receipt.item.payloadDigest];
  expect(judgeLedger(await new LedgerStore(at.bench.directory.ledger).lines(), acknowledged)).toMatchObject({
    firstBroken: null,
    missingReports: [],
  });
});

test('without a policy a job is held until a person approves it', async () => {
  await at.bench.policy('');
  at.bench.coordinator.offers = [at.bench.offerOf()];
  const [held, done] = [at.bench.jobIs('held'), at.bench.receiptSeen()];
  await at.bench.start();
  await held;
  await until(() => at.bench.coordinator.received.states.some(({ state }) => state === 'held'));
  expect(at.bench.evaluations).toBe(0);
  await at.bench.decide('approve');
  await done;
});

test('a person may decline while the agent is down', async () => {
  await at.bench.policy('');
  at.bench.coordinator.offers = [at.bench.offerOf()];
  const held = at.bench.jobIs('held');
  await at.bench.start();
  await held;
  await at.bench.halt();
  await at.bench.decide('decline');
  await at.bench.start();
  await until(() => at.bench.coordinator.received.states.some(({ code }) => code === 'declined-by-person'));
  expect(at.bench.evaluations).toBe(0);
});

test.each<[string, () => void | Promise<void>, string]>([
  ['too few patients', () => void (at.bench.classPatients = { '0': 12, '1': 9 }), 'floors-not-met'],
  ['a policy that refuses', () => at.bench.policy('default: refuse'), 'policy-refused'],
  [
    'no dataset',
    () =>
      void (at.bench.rooms = {
        ...at.bench.rooms,
        loadDataset: () => Promise.reject(new DomainError('dataset-not-found')),
      }),
    'dataset-not-found',
  ],
  [
    'a changed dataset',
    () =>
      void (at.bench.rooms = {
        ...at.bench.rooms,
        verifyDataset: () => Promise.reject(new DomainError('dataset-changed', { files: 3 })),
      }),
    'dataset-changed',
  ],
  [
    'a failing canary',
    () =>
      void (at.bench.rooms = {
        ...at.bench.rooms,
        checkCanaries: () => Promise.reject(new DomainError('canary-failed', { expected: 0.5, found: 0.7 })),
      }),
    'canary-failed',
  ],
  [
    'a result below the floor',
    () =>
      void (at.bench.rooms = {
        ...at.bench.rooms,
        evaluateJob: () =>
          Promise.resolve({ result: resultOf({ positives: 9, negatives: 12 }), facts: [at.bench.facts] }),
      }),
    'egress-refused',
  ],
])('%s: the coordinator learns a code and no count', async (_what, arrange, code) => {
  await arrange();
  at.bench.coordinator.offers = [at.bench.offerOf()];
  await at.bench.start();
  await until(() => at.bench.coordinator.received.states.some((change) => change.code === code));
  await at.bench.halt();
  expect(at.bench.coordinator.received.states.at(-1)).toEqual({ state: 'refused', code });
  expect(at.bench.coordinator.received.reports).toEqual([]);
  expect((await at.bench.record()).told).toEqual({ state: 'refused', code });
});

test('offers by strangers, or for another site or key, leave no trace; an expired one is refused', async () => {
  await at.bench.start();
  await until(() => at.bench.coordinator.received.hellos.length > 0);
  await until(async () => {
    at.bench.coordinator.offer(at.bench.offerOf({ job: ids.run }, strangerKey));
    at.bench.coordinator.offer(at.bench.offerOf({ job: ids.run, site: ids.study }));
    at.bench.coordinator.offer(at.bench.offerOf({ job: ids.run, siteKeyId: 'f'.repeat(64) }));
    at.bench.coordinator.offer(at.bench.offerOf({ expiresAt: '2020-01-01T00:00:00.000Z' }));
    await systemClock.sleep(50);
    return at.bench.coordinator.received.states.some(({ code }) => code === 'offer-invalid');
  });
  expect(await readdir(at.bench.directory.jobs)).toEqual([ids.job]);
});

test('an agent stopped in the middle goes on, and its report has the same result digest', async () => {
  at.bench.coordinator.offers = [at.bench.offerOf()];
  const whole = at.bench.rooms;
  at.bench.rooms = { ...at.bench.rooms, evaluateJob: neverDone };
  const busy = at.bench.jobIs('running');
  await at.bench.start();
  await busy;
  await at.bench.halt();
  expect((await at.bench.record()).state).toBe('running');
  at.bench.rooms = whole;
  const done = at.bench.receiptSeen();
  await at.bench.start();
  await done;
  expect(at.bench.evaluations).toBe(1);
});

test('an answer lost on its way: the same bytes once more, computed and signed once', async () => {
  at.bench.coordinator.offers = [at.bench.offerOf()];
  at.bench.coordinator.dropReportAnswers = 2;
  const done = at.bench.receiptSeen();
  await at.bench.start();
  await done;
  await at.bench.halt();
  const payloads = at.bench.coordinator.received.reports.map(({ payload }) => payload);
  expect(payloads).toHaveLength(3);
  expect(new Set(payloads).size).toBe(1);
  expect(at.bench.evaluations).toBe(1);
  const kinds = (await new LedgerStore(at.bench.directory.ledger).entries()).map(
    ({ content }) => content.kind,
  );
  expect(kinds.filter((kind) => kind.startsWith('report'))).toEqual([
    'report',
    'report-again',
    'report-again',
  ]);
});

test('killed between signing and sending: what was signed is sent, and nothing is computed again', async () => {
  at.bench.coordinator.offers = [at.bench.offerOf()];
  at.bench.coordinator.dropReportAnswers = 1_000_000;
  const sending = at.bench.seen(({ event }) => event === 'sending');
  await at.bench.start();
  await sending;
  await at.bench.halt();
  // as if the kill had come before the state was written
  const path = join(at.bench.directory.job(ids.job), 'state.json');
  await writeFile(path, (await readFile(path, 'utf8')).replace('"signed"', '"running"'));
  const [item] = await new OutboxStore(at.bench.directory).pending();
  at.bench.coordinator.dropReportAnswers = 0;
  await at.bench.start();
  await until(async () => (await at.bench.record()).state === 'reported');
  expect(at.bench.evaluations).toBe(1);
  expect(at.bench.coordinator.received.reports.at(-1)).toEqual(item?.envelope);
});

test('a report refused for good is parked with its code, and a job opened again is done again with the next number', async () => {
  at.bench.coordinator.offers = [at.bench.offerOf()];
  at.bench.coordinator.refuseReport = 'report-job-closed';
  const parked = at.bench.seen(({ event }) => event === 'parked');
  await at.bench.start();
  expect(await parked).toMatchObject({ code: 'report-job-closed', sequence: 1 });
  await until(async () => (await at.bench.record()).told?.state === 'failed');
  at.bench.coordinator.refuseReport = undefined;
  const done = at.bench.receiptSeen();
  at.bench.coordinator.offers = [];
  at.bench.coordinator.offer(at.bench.offerOf({ issuedAt: new Date(Date.now() + 1000).toISOString() }));
  await done;
  const { header } = statementOf(at.bench.coordinator.received.reports.at(-1) as Envelope) as Report;
  expect(header.sequence).toBe(2);
});

test('a cancelled job stops and sends nothing', async () => {
  at.bench.coordinator.offers = [at.bench.offerOf()];
  at.bench.rooms = { ...at.bench.rooms, evaluateJob: neverDone };
  const [busy, cancelled] = [
    at.bench.seen((event) => event.event === 'progress' && event.phase === 'fetching'),
    at.bench.jobIs('cancelled'),
  ];
  await at.bench.start();
  await busy;
  at.bench.coordinator.cancel(ids.job);
  await cancelled;
  expect(at.bench.coordinator.received.reports).toEqual([]);
});

test('nothing that names a patient reaches the coordinator', async () => {
  at.bench.coordinator.offers = [at.bench.offerOf()];
  const done = at.bench.receiptSeen();
  await at.bench.start();
  await done;
  expect(JSON.stringify(at.bench.coordinator.received.reports.map(statementOf))).not.toContain('ANON');
});
