// What may become of a protocol version. A frozen one is signed and never changes again.
import type { ProtocolState } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';

export type ProtocolMove = 'freeze' | 'retire';

const moves: Readonly<Record<ProtocolMove, { from: ProtocolState; to: ProtocolState }>> = {
  freeze: { from: 'draft', to: 'frozen' },
  retire: { from: 'frozen', to: 'retired' },
};

/** @throws DomainError `state-conflict` when the move is not open in this state. */
export function moveProtocol(state: ProtocolState, move: ProtocolMove): ProtocolState {
  const { from, to } = moves[move];
  if (state !== from) throw new DomainError('state-conflict', { state, move, possibleIn: from });
  return to;
}
