// The evidence of a run in one file: everything from the release key to the pooled numbers, so that a stranger can
// verify signatures, recompute the analysis and say on which signed reports each number rests.
import { z } from 'zod';
import { Id, Instant, PublicKey, Sha256, Slug } from '../ids.ts';
import { Manifest } from '../models/manifest.ts';
import { PackReference } from '../qualification/pack.ts';
import { AuditEntry } from '../trust/audit.ts';
import { Envelope } from '../trust/envelope.ts';
import { KeyRecord } from '../trust/keys.ts';
import { Analysis } from './analysis.ts';
import { ReportState } from './reports.ts';
import { RefusalCode } from '../runs.ts';

/** A key with its validity and, for a site's key, whose it is. */
export const BundleKey = z.strictObject({
  ...KeyRecord.shape,
  site: Id.nullable(),
  succession: Envelope.nullable().describe('of a site’s later keys: the key before it names it'),
});
export type BundleKey = z.infer<typeof BundleKey>;

/** What no other signature in the bundle covers. The seal holds the same again, signed by the on-line key. */
export const BundleStatement = z.strictObject({
  schema: z.literal('sidemark.bundle-statement/1'),
  run: Id,
  exportedAt: Instant.describe('without reports also the instant the analysis was computed at'),
  sites: z
    .array(
      z.strictObject({
        site: Id,
        siteName: Slug,
        role: z.enum(['internal', 'external']),
        refusal: RefusalCode.optional().describe('why its job ended without a report'),
      }),
    )
    .describe('every site with a job in the run'),
  keys: z.array(BundleKey).describe('release and on-line keys, and every key the sites of the run ever had'),
  manifests: z.array(Manifest).describe('detector, inpainter, classifiers in protocol order'),
  reports: z.array(z.strictObject({ payloadDigest: Sha256, state: ReportState })).describe('oldest first'),
  reference: PackReference.optional().describe(
    'answers of the trial office to the pack, where sites are qualified',
  ),
  audit: z.strictObject({
    count: z.int().min(0).describe('entries of the whole log'),
    head: Sha256.describe('hash of its newest entry'),
    entries: z.array(AuditEntry).describe('the entries that accepted the reports, in the same order'),
  }),
});
export type BundleStatement = z.infer<typeof BundleStatement>;

export const RunBundle = z.strictObject({
  schema: z.literal('sidemark.bundle/1'),
  statement: BundleStatement,
  seal: Envelope.describe('the statement, signed by the on-line key'),
  releasePublicKey: PublicKey,
  delegations: z
    .array(Envelope)
    .min(1)
    .describe('the release key’s lists of on-line keys, in the order of their numbers'),
  protocol: Envelope,
  releases: z.array(Envelope).describe('of the models, in the order of the manifests'),
  reports: z.array(z.strictObject({ envelope: Envelope, receipt: Envelope })).describe('as in the statement'),
  qualifications: z
    .array(z.strictObject({ envelope: Envelope, receipt: Envelope }))
    .optional()
    .describe('what the sites answered to the pack, oldest first'),
  analysis: Analysis,
});
export type RunBundle = z.infer<typeof RunBundle>;
