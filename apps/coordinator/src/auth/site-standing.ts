// May this site, with this key, work at this moment? Pure; asked at the challenge and at every request.
import type { SiteState } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';

export interface KeyValidity {
  readonly validFrom: Date;
  readonly validUntil: Date | null;
  readonly revokedAt: Date | null;
}

/** @throws DomainError `key-revoked`, `key-not-valid` */
export function refuseUnlessValid(key: KeyValidity, at: Date): void {
  if (key.revokedAt !== null && key.revokedAt <= at) throw new DomainError('key-revoked');
  if (key.validFrom > at || (key.validUntil !== null && key.validUntil <= at))
    throw new DomainError('key-not-valid');
}

/** @throws DomainError `site-suspended`, `site-not-approved` */
export function refuseUnlessApproved(state: SiteState): void {
  if (state === 'suspended' || state === 'revoked') throw new DomainError('site-suspended', { state });
  if (state !== 'approved') throw new DomainError('site-not-approved', { state });
}

export function refuseUnlessWorking(state: SiteState, key: KeyValidity, at: Date): void {
  refuseUnlessValid(key, at);
  refuseUnlessApproved(state);
}
