// Keys are records with id, role, validity and revoked-at; the release key vouches for the on-line key.
import { z } from 'zod';
import { Instant, KeyId, PublicKey } from '../ids.ts';

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

/** Signed by the release key: this on-line key may sign offers, hellos and receipts. */
export const KeyDelegation = z.strictObject({
  schema: z.literal('sidemark.key-delegation/1'),
  releaseKeyId: KeyId,
  online: KeyRecord,
});
export type KeyDelegation = z.infer<typeof KeyDelegation>;
