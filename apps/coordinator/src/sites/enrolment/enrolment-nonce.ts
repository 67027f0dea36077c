// Nonces of the enrolment hello, which anyone may ask for. They carry their time and a MAC for the asking key, so that
// nothing needs to be remembered and no flood of hellos can push an honest one out.
import { hmacSha256 } from '@sidemark/core/signing';

const lifeMs = 5 * 60_000;
const timeDigits = 12;

function mac(secret: Uint8Array, siteKeyId: string, time: string): string {
  return hmacSha256(secret, `${siteKeyId} ${time}`).slice(timeDigits);
}

/** 64 hex digits: 12 of the time, 52 (208 bits) of the MAC. */
export function enrolmentNonce(secret: Uint8Array, siteKeyId: string, now: Date): string {
  const time = now.getTime().toString(16).padStart(timeDigits, '0');
  return `${time}${mac(secret, siteKeyId, time)}`;
}

/** True for a nonce that was given to this key within the last five minutes. */
export function isEnrolmentNonce(secret: Uint8Array, siteKeyId: string, nonce: string, now: Date): boolean {
  const time = nonce.slice(0, timeDigits);
  const ageMs = now.getTime() - parseInt(time, 16);
  return ageMs >= 0 && ageMs <= lifeMs && nonce.slice(timeDigits) === mac(secret, siteKeyId, time);
}
