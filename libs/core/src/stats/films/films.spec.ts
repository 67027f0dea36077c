import { describe, expect, it } from '@jest/globals';
import { disclosedCount, disclosedMoments, moments } from './moments.ts';
import { dice, jaccard } from './overlap.ts';

describe('dice', () => {
  it.each([
    [{ tp: 3, fp: 1, fn: 2 }, 6 / 9],
    [{ tp: 0, fp: 5, fn: 0 }, 0],
    [{ tp: 0, fp: 0, fn: 5 }, 0],
    [{ tp: 4, fp: 0, fn: 0 }, 1],
  ])('of %j is %d, whatever the rule for empty films', (counts, value) => {
    expect(dice(counts, 'one')).toBe(value);
    expect(dice(counts, 'excluded')).toBe(value);
  });

  it('of a film that is empty on both sides follows the rule', () => {
    expect(dice({ tp: 0, fp: 0, fn: 0 }, 'one')).toBe(1);
    expect(dice({ tp: 0, fp: 0, fn: 0 }, 'excluded')).toBeUndefined();
  });
});

describe('jaccard', () => {
  it('is d / (2 - d) of Dice d, and follows the same rule for empty films', () => {
    const counts = { tp: 3, fp: 1, fn: 2 };
    const d = dice(counts, 'one')!;
    expect(jaccard(counts, 'one')).toBeCloseTo(d / (2 - d), 15);
    expect(jaccard({ tp: 0, fp: 0, fn: 0 }, 'one')).toBe(1);
    expect(jaccard({ tp: 0, fp: 0, fn: 0 }, 'excluded')).toBeUndefined();
  });
});

describe('moments', () => {
  it('divide by n - 1, and are not estimable without values', () => {
    expect(moments([1, 2, 3, 6])).toEqual({ kind: 'estimate', value: { n: 4, mean: 3, variance: 14 / 3 } });
    expect(moments([0.4])).toMatchObject({ value: { n: 1, variance: 0 } });
    expect(moments([])).toEqual({ kind: 'not-estimable', reason: 'empty' });
  });

  it('leave with a mean near a tenth of its standard error and three digits of the variance', () => {
    const values = Array.from({ length: 100 }, (_, i) => i / 99);
    // variance 0.0858..., standard error 0.0293: steps of 0.002
    expect(disclosedMoments(values)).toEqual({
      kind: 'estimate',
      value: { n: 100, mean: 0.5, variance: 0.0859 },
    });
    const moved = disclosedMoments(values.map((value) => value / 3));
    expect(moved).toMatchObject({ value: { mean: 0.167 } });
  });

  it('have no variance of rounding errors, and a step of a tenth of 1 / n then', () => {
    expect(disclosedMoments(new Array<number>(30).fill(0.1))).toEqual({
      kind: 'estimate',
      value: { n: 30, mean: 0.1, variance: 0 },
    });
  });

  it('round large counts to three digits', () => {
    expect([0, 7, 999, 1234, 98_765_432].map(disclosedCount)).toEqual([0, 7, 999, 1230, 98_800_000]);
  });
});
