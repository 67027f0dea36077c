// A report that a person must see first: withheld, released, declined, beyond the budget.
import { expect, test } from '@jest/globals';
import type { Report } from '@sidemark/core/contract';
import { statementOf } from '../link/coordinator.sample.ts';
import { systemClock } from '../platform/clock.ts';
import { until } from './agent-bench.sample.ts';
import { useAgentBench } from './use-agent-bench.sample.ts';
import { OutboxStore } from '../outbox/outbox.store.ts';
import { JobsStore } from './jobs.store.ts';
import { factsApart, resultOf } from './trial.sample.ts';

const at = useAgentBench();

test('a report that sets one patient apart waits for a person, whose release holds for that result alone', async () => {
  at.bench.facts = factsApart(1);
  at.bench.coordinator.offers = [at.bench.offerOf()];
  const withheld = at.bench.jobIs('withheld');
  await at.bench.start();
  expect(await withheld).toMatchObject({
    reason: { details: { problems: [expect.stringMatching(/all patients but 1$/)] } },
  });
  await until(() => at.bench.coordinator.received.states.at(-1)?.state === 'withheld');
  const codes = at.bench.coordinator.received.states.map(({ code }) => code);
  expect(new Set(codes)).toEqual(new Set([null, 'report-withheld']));
  await expect(at.bench.decide('approve')).rejects.toMatchObject({ code: 'state-conflict' });
  const [again, done] = [at.bench.jobIs('withheld'), at.bench.receiptSeen()];
  const another = { result: resultOf({ positives: 12, negatives: 13 }), facts: [at.bench.facts] };
  Object.assign(at.bench.rooms, { evaluateJob: () => Promise.resolve(another) });
  await at.bench.decide('release');
  await again;
  expect(at.bench.coordinator.received.reports).toEqual([]);
  await at.bench.decide('release');
  await done;
});

test('a withheld report is still withheld after a restart, and is released with the digest that the person saw', async () => {
  at.bench.facts = factsApart(1);
  at.bench.coordinator.offers = [at.bench.offerOf()];
  const withheld = at.bench.jobIs('withheld');
  await at.bench.start();
  await withheld;
  await at.bench.halt();
  await at.bench.start();
  await systemClock.sleep(200);
  const { state, reason } = await at.bench.record();
  expect([state, at.bench.evaluations, at.bench.coordinator.received.reports]).toEqual(['withheld', 1, []]);
  const done = at.bench.receiptSeen();
  await at.bench.decide('release');
  await done;
  const [sent] = at.bench.coordinator.received.reports;
  expect((statementOf(sent!) as Report).resultDigest).toBe(reason?.details['resultDigest']);
});

test('a person may refuse a withheld report: nothing of it leaves', async () => {
  at.bench.facts = factsApart(1);
  at.bench.coordinator.offers = [at.bench.offerOf()];
  const [withheld, refused] = [at.bench.jobIs('withheld'), at.bench.jobIs('refused')];
  await at.bench.start();
  await withheld;
  await at.bench.decide('decline');
  expect(await refused).toMatchObject({ code: 'declined-by-person' });
  await until(() => at.bench.coordinator.received.states.at(-1)?.code === 'declined-by-person');
  expect(at.bench.coordinator.received.reports).toEqual([]);
});

test('a report beyond the budget waits until the site raises it, and each release is good once', async () => {
  const budget = (reports: number): Promise<void> =>
    at.bench.policy(`default: auto-approve\nbudget: {reportsPerDataset: ${reports}}`);
  await budget(1);
  at.bench.coordinator.offers = [at.bench.offerOf()];
  const first = at.bench.receiptSeen();
  await at.bench.start();
  await first;
  await until(async () => (await at.bench.record()).state === 'reported');
  await at.bench.halt();
  Object.assign(at.bench.rooms, {
    evaluateJob: () =>
      Promise.resolve({ result: resultOf({ positives: 12, negatives: 14 }), facts: [at.bench.facts] }),
  });
  const issuedAt = new Date(Date.now() + 1000).toISOString();
  at.bench.coordinator.offers = [at.bench.offerOf({ issuedAt })];
  const withheld = at.bench.jobIs('withheld');
  await at.bench.start();
  expect(await withheld).toMatchObject({ reason: { details: { reports: 1, reportsPerDataset: 1 } } });
  const again = at.bench.jobIs('withheld');
  await at.bench.decide('release');
  await again;
  await systemClock.sleep(100);
  expect([(await at.bench.record()).state, at.bench.coordinator.received.reports.length]).toEqual([
    'withheld',
    1,
  ]);
  await budget(2);
  const second = at.bench.receiptSeen();
  await at.bench.decide('release');
  await second;
  expect(at.bench.coordinator.received.reports).toHaveLength(2);
});

test('a policy that holds reports lets each wait for a person, who sees its figures first', async () => {
  await at.bench.policy('default: auto-approve\nreports: hold');
  at.bench.coordinator.offers = [at.bench.offerOf()];
  const withheld = at.bench.jobIs('withheld');
  await at.bench.start();
  expect(await withheld).toMatchObject({ reason: { details: { resultDigest: expect.any(String) } } });
  await until(() => at.bench.coordinator.received.states.at(-1)?.state === 'withheld');
  const seen = await new JobsStore(at.bench.directory).result(await at.bench.record());
  const done = at.bench.receiptSeen();
  await at.bench.decide('release');
  await done;
  const { result, resultDigest } = statementOf(at.bench.coordinator.received.reports[0]!) as Report;
  expect({ result, resultDigest }).toEqual({ result: seen?.result, resultDigest: seen?.resultDigest });
});

test('a person may hold one report whatever the policy says, before it is finished', async () => {
  await at.bench.policy('default: hold');
  at.bench.coordinator.offers = [at.bench.offerOf()];
  const [held, withheld] = [at.bench.jobIs('held'), at.bench.jobIs('withheld')];
  await at.bench.start();
  await held;
  await at.bench.decide('hold');
  await at.bench.decide('approve');
  await withheld;
  expect(at.bench.coordinator.received.reports).toEqual([]);
  const done = at.bench.receiptSeen();
  await at.bench.decide('release');
  await done;
});

test('a running job that is withdrawn stops, says so, and nothing of it leaves', async () => {
  let stopped = false;
  const evaluating = new Promise<void>((started) => {
    const evaluateJob = ({ signal }: { signal: AbortSignal }): Promise<never> =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          stopped = true;
          reject(new Error('stopped'));
        });
        started();
      });
    Object.assign(at.bench.rooms, { evaluateJob });
  });
  at.bench.coordinator.offers = [at.bench.offerOf()];
  const refused = at.bench.jobIs('refused');
  await at.bench.start();
  await evaluating;
  await at.bench.decide('withdraw');
  expect(await refused).toMatchObject({ code: 'withdrawn-by-person' });
  await until(() => stopped);
  await until(() => at.bench.coordinator.received.states.at(-1)?.code === 'withdrawn-by-person');
  expect([
    at.bench.coordinator.received.reports,
    await new OutboxStore(at.bench.directory).pending(),
  ]).toEqual([[], []]);
});

test('a report that has left can be neither held nor withdrawn', async () => {
  at.bench.coordinator.offers = [at.bench.offerOf()];
  const done = at.bench.receiptSeen();
  await at.bench.start();
  await done;
  await until(async () => (await at.bench.record()).state === 'reported');
  await expect(at.bench.decide('withdraw')).rejects.toMatchObject({ code: 'state-conflict' });
});

test('a report that may have left, though no receipt came, can be neither held nor withdrawn, and is sent on', async () => {
  at.bench.coordinator.dropReportAnswers = 3;
  at.bench.coordinator.offers = [at.bench.offerOf()];
  const [sent, done] = [at.bench.seen(({ event }) => event === 'sending'), at.bench.receiptSeen()];
  await at.bench.start();
  await sent;
  for (const verb of ['hold', 'withdraw'] as const)
    await expect(at.bench.decide(verb)).rejects.toMatchObject({ code: 'report-sent' });
  await done;
});
