// The coordinator's judgement of a site's answers.
import { z } from 'zod';
import { Arm } from '../arms.ts';
import { Count, Id, Instant, Sha256, Slug } from '../ids.ts';

export const Finding = z.strictObject({
  film: Slug.nullable().describe('null: of all films together'),
  what: z.enum(['missing', 'skipped', 'stored-values', 'outside-mask', 'boxes', 'logits', 'auc']),
  classifier: Slug.nullable(),
  arm: Arm.nullable(),
  expected: z.number().nullable(),
  found: z.number().nullable(),
  tolerance: z.number().min(0).nullable(),
});
export type Finding = z.infer<typeof Finding>;

export const Verdict = z.strictObject({
  state: z.enum(['qualified', 'not-qualified']),
  differences: Count.describe('how many figures differ'),
  findings: z.array(Finding).max(40).describe('the first of them'),
});
export type Verdict = z.infer<typeof Verdict>;

export const SiteQualification = z.strictObject({
  job: Id,
  site: Id,
  siteName: Slug,
  payloadDigest: Sha256.describe('of the signed answers'),
  pack: Sha256,
  verdict: Verdict,
  receivedAt: Instant,
});
export type SiteQualification = z.infer<typeof SiteQualification>;
export const SiteQualificationList = z.array(SiteQualification);
