import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { DomainError } from '@sidemark/core/errors';
import { saveDataset } from '../dataset/dataset.store.ts';
import { JobRegister } from '../jobs/job-register.ts';
import type { LocalJobState } from '../jobs/job-state.ts';
import { JobsStore } from '../jobs/jobs.store.ts';
import { ids } from '../jobs/trial.sample.ts';
import type { Clock } from '../platform/clock.ts';
import { openDataDirectory, type DataDirectory } from '../platform/disk/data-directory.ts';
import { silentLog } from '../platform/log.ts';
import { silentNarrator } from '../platform/narrator.ts';
import { PolicyStore } from '../policy/policy.store.ts';
import { isDue } from './due.ts';
import { planRemoval, removeDataset } from './remove-dataset.ts';
import { Retention } from './retention.service.ts';

const ended = '2026-01-01T00:00:00.000Z';
const dayMs = 24 * 3_600_000;
let now = new Date(ended);
let slept: number[];
const clock: Clock = {
  now: () => now,
  sleep: (ms, signal) => {
    slept.push(ms);
    return new Promise((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }));
  },
};
const after = (days: number): Date => new Date(Date.parse(ended) + days * dayMs);

let directory: DataDirectory;
let jobs: JobsStore;
let retention: Retention;

beforeEach(async () => {
  directory = await openDataDirectory(join(await mkdtemp(join(tmpdir(), 'sidemark-')), 'data'));
  jobs = new JobsStore(directory);
  retention = new Retention({ jobs, policies: new PolicyStore(directory.policy), clock, log: silentLog });
  now = new Date(ended);
  slept = [];
});

async function job(id: string, state: LocalJobState, attempt = 1, study: string = ids.study): Promise<void> {
  const idle = { code: null, reason: null, told: null, endedAt: null };
  const times = { receivedAt: ended, updatedAt: ended };
  const about = { job: id, run: ids.run, study, protocolDigest: 'a'.repeat(64), attempt, state };
  await jobs.update(id, () => ({ schema: 'sidemark.agent-job/1', ...about, ...idle, ...times }));
  for (let i = 1; i <= attempt; i += 1)
    await writeFile(jobs.journal({ ...(await jobs.get(id)), attempt: i }), '{"image":"x"}\n');
}
const journalsOf = async (id: string): Promise<string[]> =>
  (await readdir(directory.job(id))).filter((name) => name.startsWith('journal'));
const keep = (days: number): Promise<void> =>
  writeFile(directory.policy, `schema: sidemark.policy/1\nretention: {journalDays: ${days}}\n`);

describe('a journal', () => {
  const record = { state: 'reported' as const, updatedAt: ended, attempt: 2 };
  test.each([
    ['before its time', record, 2, 30, 29.9, false],
    ['on the day', record, 2, 30, 30, true],
    ['at once under 0 days', record, 2, 0, 0, true],
    ['while a clock stands before the end', record, 2, 0, -1, false],
    ['of an earlier attempt', { ...record, state: 'running' as const }, 1, 30, 0, true],
    ['of a job that runs', { ...record, state: 'running' as const }, 2, 0, 99, false],
    ['of a report that waits for its receipt', { ...record, state: 'signed' as const }, 2, 0, 99, false],
    ['of a job that failed', { ...record, state: 'failed' as const }, 2, 30, 31, true],
  ])('%s', (_what, one, attempt, days, at, due) => {
    expect(isDue(one, attempt, days, after(at))).toBe(due);
  });
});

describe(Retention, () => {
  test('deletes what is due by the default of 30 days, and keeps the record of the job', async () => {
    await job(ids.job, 'reported');
    now = after(29);
    expect(await retention.sweep()).toBe(0);
    now = after(30);
    expect(await retention.sweep()).toBe(1);
    expect(await journalsOf(ids.job)).toEqual([]);
    expect(await jobs.get(ids.job)).toMatchObject({ state: 'reported' });
  });

  test('keeps everything under a policy that cannot be read', async () => {
    await job(ids.job, 'reported');
    await writeFile(directory.policy, 'retention: {journalDays: -1}\n');
    now = after(9999);
    expect(await retention.sweep()).toBe(0);
    expect(await journalsOf(ids.job)).toHaveLength(1);
  });

  test('sweeps at start, each day, and when a job has ended', async () => {
    await keep(0);
    const stop = new AbortController();
    const running = retention.run(stop.signal);
    while (slept.length < 1) await new Promise(setImmediate);
    await job(ids.job, 'reported');
    retention.wake();
    while (slept.length < 2) await new Promise(setImmediate);
    expect(await journalsOf(ids.job)).toEqual([]);
    expect(slept).toEqual([dayMs, dayMs]);
    stop.abort();
    await running;
  });
});

describe('the removal of a dataset', () => {
  const register = (): JobRegister => new JobRegister(jobs, clock, silentNarrator, silentLog);
  const dataset = {
    study: ids.study,
    folder: '/films',
    rows: [{ path: 'a.dcm', sha256: 'a'.repeat(64), label: 1 as const, patient: 'MUSTER' }],
    digest: 'd'.repeat(64),
    classPatients: { '0': 0, '1': 1 },
  };

  test('takes registration and journals of its study, ends its open jobs, and touches no other', async () => {
    await saveDataset(directory.root, dataset);
    await job(ids.job, 'running', 2);
    await job(ids.run, 'reported');
    await job(ids.site, 'running', 1, ids.run);
    await writeFile(`${jobs.journal(await jobs.get(ids.job))}.7-1.tmp`, 'torn by a crash');
    await writeFile(directory.ledger, 'ledger\n');
    const plan = await planRemoval(directory, ids.study, register());
    expect(plan.things.map(({ what }) => what).sort()).toEqual([
      ...Array<string>(4).fill('journal'),
      'registration',
    ]);
    await removeDataset(plan, register());
    expect(await journalsOf(ids.job)).toEqual([]);
    expect(await journalsOf(ids.run)).toEqual([]);
    expect(await journalsOf(ids.site)).toHaveLength(1);
    expect(await readdir(directory.datasets)).toEqual([]);
    expect(await readFile(directory.ledger, 'utf8')).toBe('ledger\n');
    expect(await jobs.get(ids.job)).toMatchObject({ state: 'refused', code: 'dataset-not-found' });
    expect(await jobs.get(ids.run)).toMatchObject({ state: 'reported' });
    await expect(planRemoval(directory, ids.study, register())).rejects.toThrow(DomainError);
  });
});
