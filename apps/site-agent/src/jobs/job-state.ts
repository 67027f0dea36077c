// What a job goes through at the site, and what the coordinator is told of it.
import type { JobStateChange, RefusalCode } from '@sidemark/core/contract';
import { z } from 'zod';

export const LocalJobState = z.enum([
  'offered', // verified; the policy has not spoken yet
  'held', // waits for a person
  'accepted', // waits its turn
  'running',
  'withheld', // the report is computed and waits for a person; the coordinator is told so, without figures
  'signed', // the report is in the outbox
  'reported', // its receipt is stored
  'refused',
  'failed',
  'cancelled',
]);
export type LocalJobState = z.infer<typeof LocalJobState>;

const moves: Readonly<Record<LocalJobState, readonly LocalJobState[]>> = {
  offered: ['held', 'accepted', 'refused', 'cancelled'],
  held: ['accepted', 'refused', 'cancelled'],
  accepted: ['running', 'refused', 'failed', 'cancelled'],
  running: ['running', 'withheld', 'signed', 'reported', 'refused', 'failed', 'cancelled'],
  withheld: ['accepted', 'reported', 'refused', 'cancelled'],
  signed: ['withheld', 'reported', 'refused', 'failed', 'cancelled'],
  reported: ['offered'],
  refused: ['offered'],
  failed: ['offered'],
  cancelled: ['offered', 'reported'],
};

export function mayMove(from: LocalJobState, to: LocalJobState): boolean {
  return moves[from].includes(to);
}

/** True when the site has nothing left to do; only a new offer opens the job again. */
export function hasEnded(state: LocalJobState): boolean {
  return moves[state].includes('offered');
}

/** What the coordinator must know of this state; null for what it knows by itself or need not know. */
export function noticeOf(state: LocalJobState, code: RefusalCode | null): JobStateChange | null {
  switch (state) {
    case 'held':
    case 'accepted':
    case 'running':
      return { state, code: null };
    case 'withheld':
      return { state: 'withheld', code: 'report-withheld' };
    case 'refused':
    case 'failed':
      return { state, code: code ?? 'internal' };
    case 'offered':
    case 'signed':
    case 'reported':
    case 'cancelled':
      return null;
  }
}
