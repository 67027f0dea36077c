import { describe, expect, it } from '@jest/globals';
import { notEstimable } from './estimate.ts';
import { logitInterval, normalInterval } from './interval.ts';
import { clopperPearson, wilson } from './proportion.ts';

describe('logitInterval', () => {
  it('stays inside 0..1 where the plain interval does not', () => {
    const interval = logitInterval(0.98, 0.001);
    expect(interval.kind === 'estimate' && interval.value[1] < 1 && interval.value[0] > 0).toBe(true);
    expect(normalInterval(0.98, 0.001)[1]).toBeGreaterThan(1);
  });

  it('is a point at variance 0 and does not exist at AUC 0 or 1', () => {
    expect(logitInterval(0.5, 0)).toEqual({ kind: 'estimate', value: [0.5, 0.5] });
    expect(logitInterval(1, 0)).toEqual(notEstimable('zero-variance'));
    expect(logitInterval(0, 0.1)).toEqual(notEstimable('non-finite'));
  });

  it('refuses numbers out of range', () => {
    expect(() => logitInterval(1.2, 0.1)).toThrow('auc must lie in [0, 1]: 1.2');
    expect(() => logitInterval(0.5, NaN)).toThrow(RangeError);
    expect(() => logitInterval(0.5, 0.1, 1)).toThrow(RangeError);
    expect(() => normalInterval(Infinity, 1)).toThrow(RangeError);
  });
});

describe.each([wilson, clopperPearson])('%p', (interval) => {
  it('ends exactly at 0 and 1, and mirrors when failures are counted', () => {
    expect(interval(0, 30)[0]).toBe(0);
    expect(interval(30, 30)[1]).toBe(1);
    const [lower, upper] = interval(7, 33, 0.9);
    const mirrored = interval(26, 33, 0.9);
    expect(1 - mirrored[1]).toBeCloseTo(lower, 14);
    expect(1 - mirrored[0]).toBeCloseTo(upper, 14);
  });

  it('refuses counts that are none', () => {
    expect(() => interval(0, 0)).toThrow('n must be an integer >= 1: 0');
    expect(() => interval(5, 4)).toThrow('successes must be an integer in 0..4: 5');
    expect(() => interval(1.5, 4)).toThrow(RangeError);
    expect(() => interval(1, 4, 0)).toThrow(RangeError);
  });
});
