// Accepted reports as the coordinator lists them.
import { z } from 'zod';
import { Envelope } from '../trust/envelope.ts';
import { Id, Instant, KeyId, Sha256 } from '../ids.ts';
import { Report } from './report.ts';

export const ReportState = z.enum(['accepted', 'superseded']);
export type ReportState = z.infer<typeof ReportState>;

export const StoredReport = z.strictObject({
  payloadDigest: Sha256,
  resultDigest: Sha256,
  job: Id,
  run: Id,
  site: Id,
  siteKeyId: KeyId,
  sequence: z.int().min(1),
  state: ReportState,
  receivedAt: Instant,
});
export type StoredReport = z.infer<typeof StoredReport>;

export const ReportList = z.strictObject({
  reports: z.array(StoredReport),
  missingSequences: z
    .array(z.strictObject({ site: Id, sequences: z.array(z.int().min(1)).max(1000) }))
    .describe('numbers below a site’s highest that never arrived'),
});
export type ReportList = z.infer<typeof ReportList>;

/** Everything a stranger needs to verify one report without asking the coordinator. */
export const ReportBundle = z.strictObject({
  stored: StoredReport,
  report: Report,
  envelope: Envelope,
  receipt: Envelope,
  sitePublicKey: z.string(),
  siteKey: Envelope.describe('SiteKeyStatement: validity of the site’s key, signed by the on-line key'),
  delegation: Envelope,
  releasePublicKey: z.string(),
});
export type ReportBundle = z.infer<typeof ReportBundle>;
