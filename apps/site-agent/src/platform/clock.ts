// Time as an argument: services ask this clock, tests give them another.
import { setTimeout as after } from 'node:timers/promises';

export interface Clock {
  now(): Date;
  /** Resolves after `ms`, at once when the signal is given; never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: async (ms, signal) => {
    await after(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
  },
};

/** UTC instant with milliseconds, as the contract writes it. */
export function instant(date: Date): string {
  return date.toISOString();
}
