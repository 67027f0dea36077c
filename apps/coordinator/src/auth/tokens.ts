// What credentials look like and where in a request they stand. Pure: a token is known to us by its SHA-256 only.
import { sha256 } from '@sidemark/core/signing';

const administratorForm = /^smk_[A-Za-z0-9_-]{43}$/;
const secretForm = /^[A-Za-z0-9_-]{43}$/;

/** @param secret 32 bytes, base64url. */
export function administratorToken(secret: string): string {
  return `smk_${secret}`;
}

export function isAdministratorToken(text: string): boolean {
  return administratorForm.test(text);
}

/** True for what site sessions and enrolment tokens look like. */
export function isSecret(text: string): boolean {
  return secretForm.test(text);
}

/** What is stored in place of a token. Tokens are 256 random bits, so a plain hash is enough. */
export function tokenHash(token: string): string {
  return sha256(token);
}

/** The credential of an Authorization header: a bearer token, or the password of HTTP Basic (for browsers). */
export function credentialOf(header: string | undefined): string | undefined {
  const [scheme, value] = (header ?? '').split(' ');
  if (value === undefined || value === '') return undefined;
  if (scheme?.toLowerCase() === 'bearer') return value;
  if (scheme?.toLowerCase() !== 'basic') return undefined;
  const [, ...password] = Buffer.from(value, 'base64').toString('utf8').split(':');
  return password.join(':');
}
