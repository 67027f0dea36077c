// A key is judged by its state at one instant: now for what comes in, the instant of the receipt for what is kept.
import type { KeyRecord, KeyRole } from '../contract/index.ts';
import { DomainError } from '../errors/index.ts';

export type KeyState = 'valid' | 'revoked' | 'not-yet-valid' | 'expired';

/** Validity of a key: from (included) until (excluded); revoked from `revokedAt` on. */
export interface KeyValidity {
  readonly validFrom: Date | string;
  readonly validUntil: Date | string | null;
  readonly revokedAt: Date | string | null;
}

const ms = (at: Date | string): number => new Date(at).getTime();

/** @param skewMs by how much the two clocks may differ where a key has only just become valid. */
export function keyStateAt(key: KeyValidity, at: Date | string, skewMs = 0): KeyState {
  const time = ms(at);
  if (key.revokedAt !== null && ms(key.revokedAt) <= time) return 'revoked';
  if (time + skewMs < ms(key.validFrom)) return 'not-yet-valid';
  if (key.validUntil !== null && ms(key.validUntil) <= time) return 'expired';
  return 'valid';
}

export const keyStateCodes = {
  revoked: 'key-revoked',
  'not-yet-valid': 'key-not-yet-valid',
  expired: 'key-expired',
} as const satisfies Record<Exclude<KeyState, 'valid'>, string>;

const iso = (at: Date | string): string => new Date(at).toISOString();

/** @throws DomainError `key-revoked`, `key-not-yet-valid`, `key-expired`, with the instants */
export function requireKeyValid(
  key: KeyValidity & { readonly keyId: string },
  at: Date | string,
  skewMs = 0,
): void {
  const state = keyStateAt(key, at, skewMs);
  if (state === 'valid') return;
  const limits = { revoked: key.revokedAt, 'not-yet-valid': key.validFrom, expired: key.validUntil };
  throw new DomainError(keyStateCodes[state], {
    keyId: key.keyId,
    at: iso(at),
    since: iso(limits[state] ?? at),
  });
}

/** The same of a key that must have this role. @throws also DomainError `signer-role` */
export function requireKey(key: KeyRecord, role: KeyRole, at: Date | string, skewMs = 0): void {
  if (key.role !== role) throw new DomainError('signer-role', { keyId: key.keyId, role: key.role });
  requireKeyValid(key, at, skewMs);
}
