import { describe, expect, it } from '@jest/globals';
import { contractVersion } from '@sidemark/core/contract';
import { readOpening } from './opening.ts';

const opening = {
  contract: contractVersion,
  agentVersion: '0.1.0',
  siteKeyId: 'a'.repeat(64),
  siteNonce: 'b'.repeat(64),
};

describe('the first word of a site', () => {
  it.each([
    [contractVersion + 1, 'coordinator'],
    [contractVersion - 1, 'site agent'],
  ])('of contract %i is told to upgrade the %s, whatever else it says', (contract, upgrade) => {
    const details = expect.objectContaining({ upgrade }) as unknown;
    expect(() => readOpening({ contract, unheard: 'of' })).toThrow(
      expect.objectContaining({ code: 'contract-version-mismatch', details }),
    );
  });

  it('is otherwise read strictly', () => {
    expect(readOpening(opening)).toEqual(opening);
    for (const wrong of [undefined, 'x', {}, { ...opening, more: 1 }, { ...opening, siteNonce: 'short' }]) {
      expect(() => readOpening(wrong)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
    }
  });
});
