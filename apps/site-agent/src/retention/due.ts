// When the per-image journal of a job has served its purpose.
import type { JobRecord } from '../jobs/job-record.ts';
import { hasEnded } from '../jobs/job-state.ts';

const dayMs = 24 * 3_600_000;

/**
 * True when the journal of `attempt` may go: the attempt was followed by another, or the job has ended (for a reported
 * one: its receipt came) `keepDays` or more ago. A clock that was set back keeps it longer, never shorter.
 * @param keepDays 0 or more
 */
export function isDue(
  { state, updatedAt, attempt: current }: Pick<JobRecord, 'state' | 'updatedAt' | 'attempt'>,
  attempt: number,
  keepDays: number,
  now: Date,
): boolean {
  if (attempt < current) return true;
  return hasEnded(state) && Date.parse(updatedAt) + keepDays * dayMs <= now.getTime();
}
