import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { notEstimable } from '../estimate.ts';
import { metaRegression } from './meta-regression.ts';
import { leaveOneOut } from './leave-one-out.ts';
import { subgroupTest } from './subgroups.ts';

// thirteen trials of a vaccine by latitude: the example of metafor's manual, with the values of metafor 3.8 at threshold 1e-15
const yi = [
  -0.8893, -1.5854, -1.3481, -1.4416, -0.2175, -0.7861, -1.6209, 0.012, -0.4694, -1.3713, -0.3394, 0.4459,
  -0.0173,
];
const vi = [
  0.3256, 0.1946, 0.4154, 0.02, 0.0512, 0.0069, 0.223, 0.004, 0.0564, 0.073, 0.0124, 0.5325, 0.0714,
];
const latitude = [44, 55, 42, 52, 13, 44, 19, 13, 27, 42, 18, 33, 33];

const lineOf = (...given: Parameters<typeof metaRegression>) => {
  const found = metaRegression(...given);
  if (found.kind !== 'estimate') throw new Error(found.reason);
  return found.value;
};

describe('metaRegression', () => {
  it('agrees with metafor, normal and Knapp-Hartung', () => {
    const normal = lineOf(yi, vi, latitude, 'normal');
    expect(normal.tau2).toBeCloseTo(0.07637292571711644, 12);
    expect(normal.slope.estimate).toBeCloseTo(-0.0291015931393201, 12);
    expect(normal.slope.se).toBeCloseTo(0.007196338124078885, 12);
    expect(normal.slope.statistic).toBeCloseTo(-4.043944661514224, 9);
    expect(normal.slope.pTwoSided).toBeCloseTo(5.255932987338396e-5, 13);
    expect(normal.intercept.estimate).toBeCloseTo(0.2514492651797129, 11);
    expect(normal.intercept.upper).toBeCloseTo(0.7397508957062426, 11);
    expect(normal.residualQ).toBeCloseTo(30.73970180726203, 10);
    expect(normal.residualP).toBeCloseTo(0.001211367424127651, 12);
    expect(normal.explainedPercent).toMatchObject({ value: expect.closeTo(75.61939401531779, 9) });
    const floored = lineOf(yi, vi, latitude);
    expect(floored.slope.se).toBeCloseTo(0.008202345594142129, 12);
    expect(floored.slope.pTwoSided).toBeCloseTo(0.004568400440854286, 11);
    expect(floored.slope.lower).toBeCloseTo(-0.04715483406996997, 11);
    expect(floored.intercept.lower).toBeCloseTo(-0.3735560357904247, 10);
  });

  it('follows a shift and a change of unit of the covariate', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -9, max: 9, noNaN: true }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (shift, unit) => {
          const base = lineOf(yi, vi, latitude);
          const moved = lineOf(
            yi,
            vi,
            latitude.map((x) => x * unit + shift),
          );
          expect(moved.slope.estimate * unit).toBeCloseTo(base.slope.estimate, 8);
          expect(moved.slope.pTwoSided).toBeCloseTo(base.slope.pTwoSided, 8);
          expect(moved.tau2).toBeCloseTo(base.tau2, 8);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('says why there is no line', () => {
    expect(metaRegression([1, 2], [1, 1], [0, 1])).toEqual(notEstimable('too-few-sites'));
    expect(metaRegression([1, 2, 3], [1, 1, 1], [7, 7, 7])).toEqual(notEstimable('zero-variance'));
    expect(() => metaRegression([1, 2], [1, 1], [0])).toThrow('x must be as many as yi: 1, not 2');
    expect(() => metaRegression([1, 2, 3], [1, 1, 1], [0, 1, NaN])).toThrow('x must be finite: NaN');
  });
});

describe('subgroupTest', () => {
  it('is the fixed-effect Q of the pooled groups, as metafor gives it', () => {
    const groups = latitude.map((x) => (x > 33 ? 'far' : 'near'));
    const found = subgroupTest('reml', yi, vi, groups);
    if (found.kind !== 'estimate') throw new Error(found.reason);
    const { q, df, p, groups: pooled } = found.value;
    expect(pooled.map(({ group }) => group)).toEqual(['far', 'near']);
    expect(pooled[0]!.pooled.estimate).toBeCloseTo(-1.19699764214322, 10);
    expect(pooled[1]!.pooled.se).toBeCloseTo(0.1340485163525275, 10);
    expect(q).toBeCloseTo(18.00035281484865, 8);
    expect(df).toBe(1);
    expect(p).toBeCloseTo(2.208640316771159e-5, 12);
  });

  it('needs two groups, and a group for every site', () => {
    expect(subgroupTest('reml', [1, 2], [1, 1], ['a', 'a'])).toEqual(notEstimable('too-few-sites'));
    expect(() => subgroupTest('reml', [1, 2], [1, 1], ['a'])).toThrow(
      'groups must be as many as yi: 1, not 2',
    );
  });
});

describe('leaveOneOut', () => {
  it('pools the others, and needs others', () => {
    expect(leaveOneOut('reml', [1], [1])).toEqual(notEstimable('too-few-sites'));
    expect(leaveOneOut('fixed-effect', [1, 5], [1, 1])).toMatchObject({
      value: [{ estimate: 5 }, { estimate: 1 }],
    });
  });
});
