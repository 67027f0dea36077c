import { describe, expect, it } from '@jest/globals';
import { SiteState } from '@sidemark/core/contract';
import { nextSiteState, type SiteStep } from './site-state.ts';

const steps: SiteStep[] = ['invite', 'enrol', 'approve', 'suspend', 'resume', 'revoke'];
const lawful: Record<string, string> = {
  'invited invite': 'invited',
  'invited enrol': 'pending',
  'invited revoke': 'revoked',
  'pending invite': 'invited',
  'pending approve': 'approved',
  'pending revoke': 'revoked',
  'approved suspend': 'suspended',
  'approved revoke': 'revoked',
  'suspended resume': 'approved',
  'suspended revoke': 'revoked',
};

describe('the life of a site', () => {
  const all = SiteState.options.flatMap((state) => steps.map((step) => [state, step] as const));
  it.each(all)('%s, %s', (state, step) => {
    const next = lawful[`${state} ${step}`];
    if (next === undefined) expect(() => nextSiteState(state, step)).toThrow(/present state/);
    else expect(nextSiteState(state, step)).toBe(next);
  });
});
