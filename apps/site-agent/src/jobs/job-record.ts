// jobs/<id>/state.json: all the agent must know to go on with a job after it was killed.
import { Id, Instant, JobStateChange, RefusalCode, Sha256, type JobOffer } from '@sidemark/core/contract';
import { z } from 'zod';
import { hasEnded, LocalJobState, mayMove, noticeOf } from './job-state.ts';

export const JobRecord = z.strictObject({
  schema: z.literal('sidemark.agent-job/1'),
  job: Id,
  run: Id,
  study: Id,
  protocolDigest: Sha256,
  /** grows by one each time the coordinator opens the job again */
  attempt: z.int().min(1),
  state: LocalJobState,
  code: RefusalCode.nullable(),
  /** for the people of the site; never sent */
  reason: z.strictObject({ message: z.string(), details: z.record(z.string(), z.unknown()) }).nullable(),
  receivedAt: Instant,
  updatedAt: Instant,
  /** the last notice that the coordinator has acknowledged */
  told: JobStateChange.nullable(),
  /** when the coordinator took note of the end, by its own clock */
  endedAt: Instant.nullable(),
});
export type JobRecord = z.infer<typeof JobRecord>;

export const Decision = z.strictObject({
  schema: z.literal('sidemark.decision/1'),
  attempt: z.int().min(1),
  decision: z.enum(['approve', 'decline', 'release', 'withdraw']),
  releases: Sha256.optional().describe('digest of the result that is released'),
  at: Instant,
});
export type Decision = z.infer<typeof Decision>;

/** hold.json: a person wants to see the report of this attempt before it leaves. */
export const Hold = z.strictObject({
  schema: z.literal('sidemark.hold/1'),
  attempt: z.int().min(1),
  at: Instant,
});
export type Hold = z.infer<typeof Hold>;

/** What a person may do about a job: a decision, or the wish to see its report first. */
export type PersonVerb = Decision['decision'] | 'hold';

/** The record of an offer: a job never seen, or one that is opened again. */
export function recordOf(offer: JobOffer, attempt: number, at: string): JobRecord {
  const { job, run, study, protocolDigest } = offer;
  const idle = { state: 'offered', code: null, reason: null, told: null, endedAt: null } as const;
  return {
    schema: 'sidemark.agent-job/1',
    job,
    run,
    study,
    protocolDigest,
    attempt,
    ...idle,
    receivedAt: at,
    updatedAt: at,
  };
}

/** The record after a move. @throws RangeError for a move that is not open. */
export function moved(
  record: JobRecord,
  state: LocalJobState,
  at: string,
  more: Partial<JobRecord> = {},
): JobRecord {
  if (!mayMove(record.state, state))
    throw new RangeError(`a job does not go from ${record.state} to ${state}`);
  return { ...record, code: null, reason: null, ...more, state, updatedAt: at };
}

/** The notice that the coordinator has not acknowledged yet, or null. */
export function untold(record: JobRecord): JobStateChange | null {
  const notice = noticeOf(record.state, record.code);
  const same = notice?.state === record.told?.state && notice?.code === record.told?.code;
  return same ? null : notice;
}

/**
 * What an offer means for a job: `new`; `reopened`, when the site had ended it and the coordinator, knowing that,
 * offers it anew; `known`, when it is under way, or the offer crossed the news of its end. By hand no news crosses: a
 * person who brings the offer again wants the job done again, unless its report was received.
 */
export function meaningOf(
  offer: JobOffer,
  record: JobRecord | undefined,
  came: 'over the link' | 'by hand' = 'over the link',
): 'new' | 'known' | 'reopened' {
  if (record === undefined) return 'new';
  if (!hasEnded(record.state)) return 'known';
  if (record.state === 'cancelled') return 'reopened';
  if (came === 'by hand' && record.state !== 'reported') return 'reopened';
  const later = record.endedAt !== null && Date.parse(offer.issuedAt) > Date.parse(record.endedAt);
  return later && untold(record) === null ? 'reopened' : 'known';
}

/** Digest of the result that waits for a person, of a job that is withheld. */
export function withheldResult({ state, reason }: JobRecord): string | undefined {
  return state === 'withheld' ? Sha256.safeParse(reason?.details['resultDigest']).data : undefined;
}
