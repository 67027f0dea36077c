import { expect, test } from '@jest/globals';
import { DomainError } from '@sidemark/core/errors';
import { backoffMs } from './backoff.ts';
import { Bell } from './bell.ts';
import { systemClock, type Clock } from './clock.ts';
import { persist } from './disk/persist.ts';

const hurried: Clock = { now: () => new Date(0), sleep: () => Promise.resolve() };
const random = { bytes: (length: number) => new Uint8Array(length), fraction: () => 0.5 };

test.each([
  [1, 0, 500],
  [1, 1, 1000],
  [3, 0.5, 3000],
  [6, 1, 30_000],
  [1000, 1, 30_000],
])('after failure %i with jitter %d waits %i ms', (attempt, fraction, ms) => {
  expect(backoffMs(attempt, fraction)).toBe(ms);
});

test('tries again while the failure passes, and stops at one that does not', async () => {
  const failures = [
    new DomainError('coordinator-unreachable'),
    new DomainError('disk-failed'),
    new DomainError('policy-refused'),
  ];
  const options = { bell: new Bell(hurried), random, signal: new AbortController().signal };
  const work = (): Promise<never> => Promise.reject(failures.shift() ?? new Error('once too often'));
  await expect(persist(work, options)).rejects.toMatchObject({ code: 'policy-refused' });
});

test('a bell wakes the sleeper, and a ring between two waits is kept', async () => {
  const bell = new Bell(systemClock);
  const { signal } = new AbortController();
  bell.ring();
  await bell.wait(60_000, signal);
  const waiting = bell.wait(60_000, signal);
  bell.ring();
  await waiting;
});

test('a signal ends a wait', async () => {
  const stop = new AbortController();
  const waiting = new Bell(systemClock).wait(60_000, stop.signal);
  stop.abort();
  await waiting;
});
