import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  disclosedCovariance,
  disclosedStep,
  disclosedValue,
  disclosedVariance,
} from './disclosed-precision.ts';
import { estimate, notEstimable } from './estimate.ts';

const rows = { positives: 24, negatives: 24 };
const unit = fc.double({ min: 0, max: 1, noNaN: true });
const spread = fc.double({ min: 1e-6, max: 0.5, noNaN: true });

describe('the step of a figure', () => {
  it.each([
    [0.06, 0.005],
    [0.031, 0.002],
    [0.012, 0.001],
    [0.0085, 0.001],
    [0.5, 0.05],
    [3, 0.05],
  ])('of standard error %d is %d', (standardError, step) => {
    expect(disclosedStep(standardError, rows)).toBe(step);
  });

  it('is about a tenth of the standard error', () => {
    fc.assert(
      fc.property(spread, (standardError) => {
        const share = disclosedStep(standardError, rows) / standardError;
        expect(share).toBeGreaterThan(0.063);
        expect(share).toBeLessThan(0.159);
      }),
    );
  });

  it('comes from the class sizes where the standard error is 0', () => {
    expect(disclosedStep(0, rows)).toBe(0.005);
    expect(disclosedStep(0, { positives: 1000, negatives: 1000 })).toBe(0.0001);
  });
});

describe('a value', () => {
  it('leaves as a whole number of steps, no further off than half a step', () => {
    fc.assert(
      fc.property(unit, spread, (value, standardError) => {
        const step = disclosedStep(standardError, rows);
        const found = disclosedValue(estimate(value), estimate(standardError ** 2), rows);
        if (found.kind !== 'estimate') throw new Error('a value expected');
        expect(Math.abs(found.value / step - Math.round(found.value / step))).toBeLessThan(1e-6);
        expect(Math.abs(found.value - value)).toBeLessThanOrEqual(step / 2 + 1e-12);
        expect(found.value >= 0 && found.value <= 1).toBe(true);
      }),
    );
  });

  it('hides one pair of patients in the step, as four decimals would not', () => {
    const [variance, pairs] = [estimate(0.06 ** 2), 24 * 24];
    const at = (count: number) => disclosedValue(estimate(count / pairs), variance, rows);
    expect(at(431)).toEqual(at(432));
    expect((431 / pairs).toFixed(4)).not.toBe((432 / pairs).toFixed(4));
  });

  it('keeps 0, one half and 1, and treats both directions of a difference alike', () => {
    for (const value of [0, 0.5, 1]) {
      expect(disclosedValue(estimate(value), estimate(0), rows)).toEqual(estimate(value));
      expect(disclosedValue(estimate(value), estimate(0.5), rows)).toEqual(estimate(value));
    }
    expect(disclosedValue(estimate(-0.0125), estimate(0.0025), rows)).toEqual(estimate(-0.015));
    expect(disclosedValue(estimate(0.0125), estimate(0.0025), rows)).toEqual(estimate(0.015));
    expect(disclosedValue(estimate(-0.0001), estimate(0.0025), rows)).toEqual(estimate(0));
  });

  it('keeps the reason why there is none, and is rounded even when its variance has none', () => {
    const reason = notEstimable('no-positives');
    expect(disclosedValue(reason, reason, rows)).toEqual(reason);
    expect(disclosedValue(estimate(0.7123), notEstimable('too-few-clusters'), rows)).toEqual(estimate(0.71));
  });
});

describe('variances and covariances', () => {
  it('leave with three significant digits', () => {
    expect(disclosedVariance(estimate(0.00123456))).toEqual(estimate(0.00123));
    expect(disclosedVariance(estimate(0))).toEqual(estimate(0));
    const matrix = [
      [estimate(0.0012345), estimate(-0.00098765)],
      [estimate(-0.00098765), estimate(0.0023456)],
    ];
    expect(disclosedCovariance(matrix)).toEqual([
      [estimate(0.00123), estimate(-0.000988)],
      [estimate(-0.000988), estimate(0.00235)],
    ]);
  });

  it('leave no difference of two curves with a variance below 0, and identical curves with 0', () => {
    const same = estimate(0.0012345);
    expect(
      disclosedCovariance([
        [same, same],
        [same, same],
      ]),
    ).toEqual([
      [estimate(0.00123), estimate(0.00123)],
      [estimate(0.00123), estimate(0.00123)],
    ]);
    const correlation = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(spread, spread, correlation, (a, b, r) => {
        const covariance = estimate(r * a * b);
        const found = disclosedCovariance([
          [estimate(a * a), covariance],
          [covariance, estimate(b * b)],
        ]).flat();
        const [va, c, d, vb] = found.map((one) => (one.kind === 'estimate' ? one.value : NaN));
        expect(c).toBe(d);
        expect(va! + vb! - 2 * c!).toBeGreaterThanOrEqual(-1e-15);
        expect(va! + vb! + 2 * c!).toBeGreaterThanOrEqual(-1e-15);
      }),
    );
  });
});
