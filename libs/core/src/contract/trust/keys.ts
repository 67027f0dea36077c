// Keys are records with id, role, validity and revoked-at. The release key keeps a numbered list of the on-line keys;
// a site names its next key itself.
import { z } from 'zod';
import { Envelope } from './envelope.ts';
import { Id, Instant, KeyId, PublicKey, Slug } from '../ids.ts';

export const KeyRole = z.enum(['release', 'online', 'site']);
export type KeyRole = z.infer<typeof KeyRole>;

export const KeyRecord = z.strictObject({
  keyId: KeyId,
  publicKey: PublicKey,
  role: KeyRole,
  validFrom: Instant,
  validUntil: Instant.nullable(),
  revokedAt: Instant.nullable(),
});
export type KeyRecord = z.infer<typeof KeyRecord>;

/**
 * Signed by the release key: these on-line keys may sign offers, hellos and receipts, each within its time. It lists
 * every on-line key there ever was, so that the newest one says all; whoever has seen a number takes no lower one.
 */
export const KeyDelegation = z.strictObject({
  schema: z.literal('sidemark.key-delegation/2'),
  releaseKeyId: KeyId,
  number: z.int().min(1).max(1_000_000).describe('one more with every change'),
  issuedAt: Instant,
  online: z.array(KeyRecord).min(1).max(500).describe('oldest first'),
});
export type KeyDelegation = z.infer<typeof KeyDelegation>;

/** What the next delegation shall change. */
export const DelegationChange = z.strictObject({
  rotate: z.boolean().describe('a new on-line key takes over'),
  overlapHours: z
    .number()
    .min(0)
    .max(24 * 90)
    .default(24)
    .describe('how long the key before it stays valid'),
  validDays: z
    .number()
    .min(1)
    .max(3650)
    .nullable()
    .default(null)
    .describe('how long the new key is valid; null: until it is followed by another'),
  revoke: z.array(KeyId).max(100).default([]).describe('on-line keys that may not be used any more'),
});
export type DelegationChange = z.infer<typeof DelegationChange>;

export const KeyList = z.strictObject({
  delegation: z.int().min(1).describe('number of the newest list of on-line keys'),
  releaseKeyAtHand: z.boolean().describe('whether the coordinator can read the release key'),
  keys: z.array(z.strictObject({ ...KeyRecord.shape, site: Id.nullable(), siteName: Slug.nullable() })),
});
export type KeyList = z.infer<typeof KeyList>;

/** A site's word that another key of its own takes over. */
export const KeyRotation = z.strictObject({
  schema: z.literal('sidemark.key-rotation/1'),
  study: Id,
  site: Id,
  oldKeyId: KeyId,
  newKeyId: KeyId,
  newPublicKey: PublicKey,
  issuedAt: Instant,
});
export type KeyRotation = z.infer<typeof KeyRotation>;

/** The same statement twice: each key signs it, under a payload type of its own. */
export const RotateSiteKey = z.strictObject({
  succession: Envelope.describe('KeyRotation, signed by the old key'),
  possession: Envelope.describe('the same bytes, signed by the new key'),
});
export type RotateSiteKey = z.infer<typeof RotateSiteKey>;

/** Signed by the on-line key: from when on the new key counts, and until when the old one does. */
export const KeyRotated = z.strictObject({
  schema: z.literal('sidemark.key-rotated/1'),
  site: Id,
  retired: KeyRecord,
  current: KeyRecord,
  statedAt: Instant,
});
export type KeyRotated = z.infer<typeof KeyRotated>;

export const SiteKeyRotated = z.strictObject({
  answer: Envelope.describe('KeyRotated'),
  delegation: Envelope,
});
export type SiteKeyRotated = z.infer<typeof SiteKeyRotated>;

/** Signed by the on-line key: what the coordinator knows of the key that signed a report. */
export const SiteKeyStatement = z.strictObject({
  schema: z.literal('sidemark.site-key/1'),
  site: Id,
  key: KeyRecord,
  statedAt: Instant,
});
export type SiteKeyStatement = z.infer<typeof SiteKeyStatement>;
