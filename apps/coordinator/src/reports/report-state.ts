// A stored report never changes and is never deleted; it can only stop counting.
import type { ReportState } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';

/** @throws DomainError `state-conflict` when the report was superseded before. */
export function supersede(state: ReportState): ReportState {
  if (state !== 'accepted')
    throw new DomainError('state-conflict', { state, move: 'supersede', possibleIn: 'accepted' });
  return 'superseded';
}
