// What a check found: good; look, where it works and may not for long; bad. Everything but good says what to do.
import { DomainError, isDomainError } from '@sidemark/core/errors';
import type { HealthFinding } from '@sidemark/core/contract';
import { causeOf } from '../platform/log.ts';

export const good = (check: string, found: string): HealthFinding => ({
  check,
  state: 'good',
  found,
  remedy: null,
});

export const look = (check: string, found: string, remedy: string): HealthFinding => ({
  check,
  state: 'look',
  found,
  remedy,
});

export const bad = (check: string, found: string, remedy: string): HealthFinding => ({
  check,
  state: 'bad',
  found,
  remedy,
});

/** A check that threw: the catalogue has the remedy. */
export function failed(check: string, error: unknown): HealthFinding {
  if (!isDomainError(error)) return bad(check, causeOf(error), new DomainError('internal').message);
  const details = Object.entries(error.details).map(([key, value]) => `${key} ${String(value)}`);
  return bad(check, [error.code, ...details].join(', '), error.message);
}

/** Runs a check; what it throws is its finding. */
export async function finding(check: string, work: () => Promise<HealthFinding>): Promise<HealthFinding> {
  try {
    return await work();
  } catch (error) {
    return failed(check, error);
  }
}
