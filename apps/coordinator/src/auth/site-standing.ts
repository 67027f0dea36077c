// May this site, with this key, work at this moment? Pure; asked at the challenge and at every request.
import type { SiteState } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { type KeyValidity, requireKeyValid } from '@sidemark/core/trust';

/** @throws DomainError `site-suspended`, `site-not-approved` */
export function refuseUnlessApproved(state: SiteState): void {
  if (state === 'suspended' || state === 'revoked') throw new DomainError('site-suspended', { state });
  if (state !== 'approved') throw new DomainError('site-not-approved', { state });
}

/** @throws DomainError `key-revoked`, `key-not-yet-valid`, `key-expired`, `site-suspended`, `site-not-approved` */
export function refuseUnlessWorking(
  state: SiteState,
  key: KeyValidity & { readonly keyId: string },
  at: Date,
): void {
  requireKeyValid(key, at);
  refuseUnlessApproved(state);
}
