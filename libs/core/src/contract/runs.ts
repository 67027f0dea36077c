// Runs, the jobs of their sites, and the signed offer of a job.
import { z } from 'zod';
import { Count, Id, Instant, KeyId, Nonce, Sha256, Slug } from './ids.ts';

export const RunState = z.enum(['open', 'closed', 'cancelled']);
export type RunState = z.infer<typeof RunState>;

export const JobState = z.enum([
  'offered',
  'held',
  'accepted',
  'running',
  'withheld',
  'reported',
  'refused',
  'failed',
  'cancelled',
]);
export type JobState = z.infer<typeof JobState>;

export const JobPhase = z.enum(['fetching', 'checking', 'evaluating', 'reporting']);
export type JobPhase = z.infer<typeof JobPhase>;

/** Numbers only, and only after the floors are met. */
export const JobProgress = z.strictObject({
  job: Id,
  phase: JobPhase,
  imagesDone: Count,
  imagesTotal: Count,
  imagesSkipped: Count.optional().describe(
    'of those done, left out for a reason that the report counts; absent: the agent does not say',
  ),
  ratePerSecond: z.number().min(0).max(1e6),
  etaSeconds: z.number().min(0).max(1e9).nullable(),
});
export type JobProgress = z.infer<typeof JobProgress>;

export const RefusalCode = z.enum([
  'floors-not-met',
  'policy-refused',
  'declined-by-person',
  'withdrawn-by-person',
  'report-withheld',
  'dataset-not-found',
  'dataset-changed',
  'offer-invalid',
  'release-invalid',
  'canary-failed',
  'model-unloadable',
  'protocol-invalid',
  'inference-failed',
  'egress-refused',
  'internal',
]);
export type RefusalCode = z.infer<typeof RefusalCode>;

/**
 * What a site says of a job besides its report: a state and, for a refusal or failure, a code without counts. A finished
 * report that the site holds back is `withheld`: nobody learns a figure, and everybody that there is one.
 */
export const JobStateChange = z.strictObject({
  state: z.enum(['held', 'accepted', 'running', 'withheld', 'refused', 'failed']),
  code: RefusalCode.nullable(),
});
export type JobStateChange = z.infer<typeof JobStateChange>;

export const Job = z.strictObject({
  id: Id,
  run: Id,
  site: Id,
  siteName: Slug,
  state: JobState,
  code: RefusalCode.nullable(),
  progress: JobProgress.nullable(),
  updatedAt: Instant,
});
export type Job = z.infer<typeof Job>;

export const Run = z.strictObject({
  id: Id,
  study: Id,
  protocol: Id,
  protocolDigest: Sha256,
  state: RunState,
  createdAt: Instant,
  jobs: z.array(Job),
});
export type Run = z.infer<typeof Run>;
export const RunList = z.array(Run);
export const StartRun = z.strictObject({ protocol: Id });

/** Signed by the on-line key, for one site key. */
export const JobOffer = z.strictObject({
  schema: z.literal('sidemark.job-offer/1'),
  job: Id,
  run: Id,
  study: Id,
  site: Id,
  siteKeyId: KeyId,
  protocolDigest: Sha256,
  nonce: Nonce,
  issuedAt: Instant,
  expiresAt: Instant,
});
export type JobOffer = z.infer<typeof JobOffer>;
