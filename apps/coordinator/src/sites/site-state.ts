// What may become of a site. Pure: invited -> pending -> approved <-> suspended, and any -> revoked, which is final.
import type { SiteState } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';

export type SiteStep = 'invite' | 'enrol' | 'approve' | 'suspend' | 'resume' | 'revoke';

const steps: Readonly<Record<SiteState, Partial<Record<SiteStep, SiteState>>>> = {
  invited: { invite: 'invited', enrol: 'pending', revoke: 'revoked' },
  // invited anew when the words did not match: the key that asked is revoked
  pending: { invite: 'invited', approve: 'approved', revoke: 'revoked' },
  approved: { suspend: 'suspended', revoke: 'revoked' },
  suspended: { resume: 'approved', revoke: 'revoked' },
  revoked: {},
};

/** @throws DomainError `state-conflict` naming the steps that are possible. */
export function nextSiteState(state: SiteState, step: SiteStep): SiteState {
  const next = steps[state][step];
  if (next === undefined) {
    throw new DomainError('state-conflict', {
      what: 'site',
      state,
      step,
      possible: Object.keys(steps[state]),
    });
  }
  return next;
}
