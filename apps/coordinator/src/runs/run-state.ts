// What may become of a run. Closing and cancelling are for good.
import type { RunState } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';

export type RunMove = 'close' | 'cancel';

const target: Readonly<Record<RunMove, RunState>> = { close: 'closed', cancel: 'cancelled' };

/** @throws DomainError `state-conflict` unless the run is open. */
export function moveRun(state: RunState, move: RunMove): RunState {
  requireOpenRun(state, move);
  return target[move];
}

/** @throws DomainError `state-conflict` unless the run is open. */
export function requireOpenRun(state: RunState, move: string): void {
  if (state !== 'open') throw new DomainError('state-conflict', { state, move, possibleIn: 'open' });
}
