import { describe, expect, it } from '@jest/globals';
import { administratorToken, credentialOf, isAdministratorToken, isSecret } from './tokens.ts';

describe('credentials', () => {
  const secret = 'A'.repeat(43);

  it('of the administrator and of a site never look alike', () => {
    const token = administratorToken(secret);
    expect([isAdministratorToken(token), isSecret(token)]).toEqual([true, false]);
    expect([isAdministratorToken(secret), isSecret(secret)]).toEqual([false, true]);
  });

  it.each([
    [`Bearer ${secret}`, secret],
    [`bearer ${secret}`, secret],
    [`Basic ${Buffer.from('any:se:cret').toString('base64')}`, 'se:cret'],
    ['Digest x', undefined],
    ['Bearer', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('are read from %s', (header, credential) => {
    expect(credentialOf(header)).toBe(credential);
  });
});
