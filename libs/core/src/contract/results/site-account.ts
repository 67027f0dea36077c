// Which sites a result rests on, which not and why, and the reports of each in the order they came.
import { z } from 'zod';
import { Instant, Sha256, Slug, Id } from '../ids.ts';
import { NotEstimableReason } from './estimates.ts';
import { ReportState } from './reports.ts';

export const SiteExclusion = z.strictObject({
  site: Id,
  siteName: Slug,
  from: z.enum(['run', 'classifier', 'cell', 'comparison']).describe('run: no figure of the site counts'),
  of: z.string().max(140).nullable().describe('which one: classifier, classifier/arm or comparison'),
  reason: z.enum([
    ...['not-reported', 'below-floor', 'refused', 'failed', 'not-qualified', 'qualification-missing'],
    ...['withheld', 'degenerate', 'not-estimable'],
  ] as const),
  detail: NotEstimableReason.nullable(),
});
export type SiteExclusion = z.infer<typeof SiteExclusion>;

export const SiteHistory = z.strictObject({
  site: Id,
  siteName: Slug,
  reports: z
    .array(z.strictObject({ payloadDigest: Sha256, state: ReportState, receivedAt: Instant }))
    .describe('oldest first; the accepted one counts, the others it supersedes'),
});
export type SiteHistory = z.infer<typeof SiteHistory>;
