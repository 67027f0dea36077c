// SHA-256 and HMAC-SHA-256 as lower-case hex: the one form digests have everywhere in Sidemark.
import { createHash, createHmac } from 'node:crypto';

/** SHA-256 of the bytes (strings as UTF-8), 64 lower-case hex digits. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** HMAC-SHA-256 under `key`, 64 lower-case hex digits. */
export function hmacSha256(key: Uint8Array, bytes: Uint8Array | string): string {
  return createHmac('sha256', key).update(bytes).digest('hex');
}
