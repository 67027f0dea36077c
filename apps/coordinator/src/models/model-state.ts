// What may become of a model version.
import type { ModelState } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';

export type ModelMove = 'release' | 'withdraw';

const moves: Readonly<Record<ModelMove, { from: ModelState; to: ModelState }>> = {
  release: { from: 'registered', to: 'released' },
  withdraw: { from: 'released', to: 'withdrawn' },
};

/** @throws DomainError `state-conflict` when the move is not open in this state. */
export function moveModel(state: ModelState, move: ModelMove): ModelState {
  const { from, to } = moves[move];
  if (state !== from) throw new DomainError('state-conflict', { state, move, possibleIn: from });
  return to;
}
