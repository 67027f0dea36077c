// Trying again: what failed for a passing reason is done again, with growing pauses, until it works or is stopped.
import { isDomainError } from '@sidemark/core/errors';
import { backoffMs } from '../backoff.ts';
import type { Bell } from '../bell.ts';
import type { Random } from '../random.ts';

export interface Persistence {
  readonly bell: Bell;
  readonly random: Random;
  readonly signal: AbortSignal;
  /** May the work be done again after this failure? `attempt` counts from 1. */
  readonly retryable?: (error: unknown, attempt: number) => boolean;
  readonly onPause?: (error: unknown, pauseMs: number) => void;
}

/** True for a refusal of the catalogue's class `transient`. */
export function isTransient(error: unknown): boolean {
  return isDomainError(error) && error.failureClass === 'transient';
}

/** Runs `work` until it succeeds. @throws what `work` threw when it may not be retried or the signal was given. */
export async function persist<T>(work: () => Promise<T>, options: Persistence): Promise<T> {
  const { bell, random, signal, retryable = isTransient, onPause } = options;
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (signal.aborted || !retryable(error, attempt)) throw error;
      const pauseMs = backoffMs(attempt, random.fraction());
      onPause?.(error, pauseMs);
      await bell.wait(pauseMs, signal);
    }
  }
}
