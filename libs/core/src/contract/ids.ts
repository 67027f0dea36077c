// The few kinds of string that cross the wire. Nothing here can hold a sentence, a path or a DICOM UID.
import { z } from 'zod';

export const Id = z.uuid().describe('random id of a record');
export const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe('SHA-256, 64 lower-case hex digits');
export const KeyId = Sha256.describe('SHA-256 of a raw Ed25519 public key');
export const Version = z
  .string()
  .regex(/^\d{1,4}\.\d{1,4}\.\d{1,6}$/)
  .describe('three numbers with dots');
export const Instant = z.iso.datetime({ precision: 3 }).describe('UTC instant with milliseconds');
export const Nonce = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe('32 random bytes, hex');
export const Slug = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$/)
  .describe('short name: a-z, 0-9 and inner hyphens');
export const Title = z.string().trim().min(1).max(120).describe('name shown to people');
export const PublicKey = z.base64().length(44).describe('raw 32-byte Ed25519 public key, base64');
export const Count = z.int().min(0).max(100_000_000);
