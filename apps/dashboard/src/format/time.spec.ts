import { describe, expect, it } from '@jest/globals';
import { instant, span } from './time.ts';

describe('times', () => {
  it('are in UTC and say so', () => {
    expect(instant('2026-11-27T09:04:59.000Z')).toBe('27 Nov 2026, 09:04 UTC');
  });

  it('last for seconds, minutes or hours', () => {
    expect([12.2, 300, 7 * 3600 + 1200].map(span)).toEqual(['13 s', '5 min', '7 h 20 min']);
  });
});
