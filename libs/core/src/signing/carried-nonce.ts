// The nonce of an enrolment that is carried by hand. There is no hello to take one from; instead it proves to the
// coordinator, which keeps only a hash of the token, that whoever signed held the kit's token, and holds for no other key.
import { hmacSha256 } from './digest.ts';

/** @param tokenHash SHA-256 of the kit's token, hex. @returns 64 hex digits. */
export function carriedNonce(tokenHash: string, siteKeyId: string): string {
  return hmacSha256(Buffer.from(tokenHash, 'hex'), `sidemark carried enrolment 1 ${siteKeyId}`);
}
