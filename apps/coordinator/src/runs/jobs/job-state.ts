// What may become of a job, and who may say so: the site (what it does), the coordinator (cancel, re-open), or a
// stored report. While a job is open a site may say any step again or out of order: it may have been restarted, and
// its messages may have been lost. Once a job has ended, the coordinator alone opens it again.
import type { JobState, JobStateChange } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';

export type SiteSays = JobStateChange['state'];
export type JobMove = 'report' | 'cancel' | 'reopen';

/** States in which a job is offered on every connect and takes a report. */
export const openStates: readonly JobState[] = ['offered', 'held', 'accepted', 'running', 'withheld'];

const moves: Readonly<Record<JobMove, { from: readonly JobState[]; to: JobState }>> = {
  report: { from: openStates, to: 'reported' },
  cancel: { from: openStates, to: 'cancelled' },
  reopen: { from: ['reported', 'refused', 'failed'], to: 'offered' },
};

export function isOpen(state: JobState): boolean {
  return openStates.includes(state);
}

/** @throws DomainError `state-conflict` when the move is not open in this state. */
export function moveJob(state: JobState, move: JobMove): JobState {
  const { from, to } = moves[move];
  if (!from.includes(state)) throw new DomainError('state-conflict', { state, move, possibleIn: from });
  return to;
}

/**
 * The state after a word of the site. Saying an end again changes nothing.
 * @throws DomainError `state-conflict` once the job has ended otherwise.
 */
export function jobAfterSiteSays(state: JobState, says: SiteSays): JobState {
  if (isOpen(state) || state === says) return says;
  throw new DomainError('state-conflict', { state, move: says, possibleIn: openStates });
}
