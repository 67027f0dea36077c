// Studies and the sites in them.
import { z } from 'zod';
import { Id, Instant, KeyId, PublicKey, Slug, Title } from './ids.ts';
import { KeyRecord } from './trust/keys.ts';

export const StudyState = z.enum(['open', 'closed']);
export type StudyState = z.infer<typeof StudyState>;

const siteNames = z
  .enum(['shown', 'hidden'])
  .default('shown')
  .describe('hidden: readers are told neutral labels in place of the names of sites');

export const Study = z.strictObject({
  id: Id,
  name: Slug,
  title: Title,
  state: StudyState,
  siteNames,
  createdAt: Instant,
});
export type Study = z.infer<typeof Study>;
export const StudyList = z.array(Study);
export const CreateStudy = z.strictObject({ name: Slug, title: Title, siteNames });

export const SiteState = z.enum(['invited', 'pending', 'approved', 'suspended', 'revoked']);
export type SiteState = z.infer<typeof SiteState>;

export const Site = z.strictObject({
  id: Id,
  study: Id,
  name: Slug,
  state: SiteState,
  /** internal: its data trained a classifier; external: it did not. */
  role: z.enum(['internal', 'external']),
  online: z.boolean(),
  agentVersion: z.string().max(40).nullable().default(null).describe('of its latest link; null: none yet'),
  lastSeenAt: Instant.nullable().default(null).describe('when its latest link was proved'),
  words: z.array(z.string()).nullable().describe('six words of the enrolment statement, while one is there'),
  key: KeyRecord.nullable(),
  createdAt: Instant,
});
export type Site = z.infer<typeof Site>;
export const SiteList = z.array(Site);

export const InviteSite = z.strictObject({
  study: Id,
  name: Slug,
  role: z.enum(['internal', 'external']).default('external'),
  expiresInHours: z
    .number()
    .min(0.01)
    .max(24 * 90)
    .default(72),
});
export const ApproveSite = z.strictObject({ words: z.array(z.string().max(20)).length(6) });

/** The startup kit, handed to the hospital outside of Sidemark. */
export const Kit = z.strictObject({
  schema: z.literal('sidemark.kit/1'),
  coordinator: z.url(),
  releaseKeyFingerprint: KeyId,
  releasePublicKey: PublicKey.optional().describe(
    'believed by its fingerprint; lets a site without a link enrol',
  ),
  study: Id,
  site: Id,
  siteName: Slug,
  tokenId: Id,
  token: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  expiresAt: Instant,
});
export type Kit = z.infer<typeof Kit>;

/** Signed by the new site key; six words of its SHA-256 are compared by telephone. */
export const EnrolmentStatement = z.strictObject({
  schema: z.literal('sidemark.enrolment/1'),
  study: Id,
  site: Id,
  sitePublicKey: PublicKey,
  releasePublicKey: PublicKey,
  tokenId: Id,
  nonce: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('the coordinator’s nonce from its hello; in a carried enrolment, proof of the kit’s token'),
});
export type EnrolmentStatement = z.infer<typeof EnrolmentStatement>;
