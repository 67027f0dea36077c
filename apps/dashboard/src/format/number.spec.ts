import { describe, expect, it } from '@jest/globals';
import { count, interval, pValue, signed, small } from './number.ts';

describe('numbers', () => {
  it('say the sign of a difference, and none of zero', () => {
    expect([0.0624, -0.0316, 0.0001, -0.0001].map(signed)).toEqual(['+0.062', '−0.032', '0.000', '0.000']);
  });

  it('are readable at both ends of their range', () => {
    expect([0.0004, 0.0123].map(pValue)).toEqual(['< 0.001', '0.012']);
    expect([0, 0.00012, 0.0021].map(small)).toEqual(['0', '1.2e−4', '0.0021']);
    expect(count(1234567)).toBe('1\u202f234\u202f567');
  });

  it('come with their interval', () => {
    expect(interval(signed, { estimate: 0.05, lower: -0.01, upper: 0.11 })).toBe('+0.050 [−0.010, +0.110]');
  });
});
