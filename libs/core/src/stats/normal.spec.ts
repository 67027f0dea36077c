import { describe, expect, it } from '@jest/globals';
import { chiSquareUpperTail } from './chi-square.ts';
import { criticalZ, normalQuantile, normalTwoSided, normalUpperTail } from './normal.ts';
import { zTest } from './roc/paired-auc.ts';

const expectRelative = (found: number, expected: number, size: number) =>
  expect(Math.abs(found / expected - 1)).toBeLessThan(size);

describe('normal tails', () => {
  it('keep their digits down to 1e-300', () => {
    expectRelative(normalUpperTail(37), 5.725571222524576e-300, 1e-12);
    expectRelative(normalTwoSided(-37), 1.1451142445049154e-299, 1e-12);
    expect(normalUpperTail(0)).toBe(0.5);
    expect([normalUpperTail(Infinity), normalUpperTail(-Infinity)]).toEqual([0, 1]);
  });

  it('give the usual critical values and refuse what is no level', () => {
    expect(criticalZ(0.95)).toBeCloseTo(1.959963984540054, 14);
    expect([normalQuantile(0), normalQuantile(0.5), normalQuantile(1)]).toEqual([-Infinity, 0, Infinity]);
    expect(() => criticalZ(95)).toThrow('level must lie between 0 and 1: 95');
    expect(() => normalQuantile(NaN)).toThrow(RangeError);
  });
});

describe('chiSquareUpperTail', () => {
  it('keeps its digits far out', () => {
    expectRelative(chiSquareUpperTail(500, 1), 9.50539776655409e-111, 1e-12);
    expectRelative(chiSquareUpperTail(1300, 3), 1.47174371069801e-281, 1e-12);
  });

  it('is a point mass at 0 without degrees of freedom', () => {
    expect([chiSquareUpperTail(0, 0), chiSquareUpperTail(1, 0), chiSquareUpperTail(0, 3)]).toEqual([1, 0, 1]);
    expect(chiSquareUpperTail(Infinity, 2)).toBe(0);
    expect(() => chiSquareUpperTail(-1, 2)).toThrow(RangeError);
    expect(() => chiSquareUpperTail(1, 1.5)).toThrow(RangeError);
  });
});

describe('zTest', () => {
  it('follows pROC where the variance is 0', () => {
    expect(zTest(0, 0)).toEqual({ z: 0, pTwoSided: 1, pGreater: 0.5, pLess: 0.5, lower95: 0, upper95: 0 });
    expect(zTest(-0.5, 0)).toMatchObject({
      z: -Infinity,
      pTwoSided: 0,
      pGreater: 1,
      pLess: 0,
      upper95: -0.5,
    });
  });

  it('refuses what is no difference or no variance', () => {
    expect(() => zTest(NaN, 1)).toThrow(RangeError);
    expect(() => zTest(0.1, -1e-9)).toThrow('variance must be finite and >= 0: -1e-9');
  });
});
