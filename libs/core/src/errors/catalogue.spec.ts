import { describe, expect, it } from '@jest/globals';
import { catalogue, DomainError, errorCodes, isDomainError } from './index.ts';

describe('the error catalogue', () => {
  it.each(errorCodes)('%s says what is wrong and what to do, and has a status', (code) => {
    const entry = catalogue[code];
    expect(entry.sentence.split(/[.:;] /).length).toBeGreaterThanOrEqual(2);
    expect(entry.sentence).toMatch(/[.]$/);
    expect(entry.status).toBeGreaterThanOrEqual(400);
    expect(entry.status).toBeLessThan(600);
  });

  it('gives an error its status, sentence and failure class', () => {
    const error = new DomainError('database-unavailable', { seconds: 3 });
    expect(error.status).toBe(503);
    expect(error.failureClass).toBe('transient');
    expect(error.message).toMatch(/try again/);
    expect(isDomainError(error, 'database-unavailable')).toBe(true);
    expect(isDomainError(error, 'not-found')).toBe(false);
  });
});
