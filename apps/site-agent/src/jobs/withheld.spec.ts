// A report that a person must see first: withheld, released, declined, beyond the budget.
import { expect, test } from '@jest/globals';
import type { Report } from '@sidemark/core/contract';
import { statementOf } from '../link/coordinator.sample.ts';
import { systemClock } from '../platform/clock.ts';
import { until, useAgentBench } from './agent-bench.sample.ts';
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
  await until(() => at.bench.coordinator.received.states.at(-1)?.state === 'held');
  expect(at.bench.coordinator.received.states.every(({ code }) => code === null)).toBe(true);
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
