import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { estimate, notEstimable } from '../estimate.ts';
import { poolFixedEffect, poolRandomEffects, poolSites, randomEffectsMethods } from './meta-analysis.ts';
import { pairWeightedMean } from './pair-weighted-mean.ts';
import { pooledTest, poolingTests, predictionInterval } from './pooled-test.ts';
import { tau2Interval } from './tau2-interval.ts';

const sites = fc.array(
  fc.record({
    y: fc.double({ min: -2, max: 2, noNaN: true }),
    v: fc.double({ min: 1e-3, max: 1, noNaN: true }),
  }),
  { minLength: 2, maxLength: 12 },
);
const columns = (table: readonly { y: number; v: number }[]) =>
  [table.map(({ y }) => y), table.map(({ v }) => v)] as const;

describe.each(randomEffectsMethods)('%s', (method) => {
  it('does not depend on the order of the sites', () => {
    fc.assert(
      fc.property(sites, (table) => {
        const [yi, vi] = columns(table);
        const [back, backVi] = columns([...table].reverse());
        const [forward, backward] = [
          poolRandomEffects(method, yi, vi),
          poolRandomEffects(method, back, backVi),
        ];
        expect(backward.tau2).toBeCloseTo(forward.tau2, 9);
        expect(backward.estimate).toBeCloseTo(forward.estimate, 9);
      }),
    );
  });

  it('follows shifts, signs and units: the estimate moves, tau2 scales, I2 stays', () => {
    fc.assert(
      fc.property(
        sites,
        fc.integer({ min: -5, max: 5 }),
        fc.constantFrom(-4, -1, 0.5),
        (table, shift, unit) => {
          const [yi, vi] = columns(table);
          const base = poolRandomEffects(method, yi, vi);
          const moved = poolRandomEffects(
            method,
            yi.map((y) => unit * (y + shift)),
            vi.map((v) => unit * unit * v),
          );
          expect(moved.estimate).toBeCloseTo(unit * (base.estimate + shift), 8);
          expect(moved.tau2).toBeCloseTo(unit * unit * base.tau2, 8);
          expect(moved.i2Percent).toBeCloseTo(base.i2Percent, 5);
        },
      ),
    );
  });

  it('is the fixed effect where sites agree', () => {
    const [yi, vi] = [
      [0.8, 0.8, 0.8],
      [0.01, 0.02, 0.005],
    ];
    const { tau2, estimate: pooled } = poolRandomEffects(method, yi, vi);
    expect(tau2).toBe(0);
    expect(pooled).toBe(poolFixedEffect(yi, vi).estimate);
  });

  it('has a floored interval no narrower than the normal one, and a prediction interval around it', () => {
    fc.assert(
      fc.property(sites, (table) => {
        const pooled = poolRandomEffects(method, ...columns(table));
        const [normal, , floored] = poolingTests.map((test) => {
          const found = pooledTest(pooled, test);
          if (found.kind !== 'estimate') throw new Error(found.reason);
          return found.value;
        });
        expect(floored!.upper - floored!.lower).toBeGreaterThanOrEqual(normal!.upper - normal!.lower);
        const prediction = predictionInterval(pooled, 'floored-knapp-hartung', 'k-2');
        if (prediction.kind !== 'estimate') throw new Error(prediction.reason);
        expect(prediction.value[0]).toBeLessThanOrEqual(floored!.lower + 1e-9);
        expect(prediction.value[1]).toBeGreaterThanOrEqual(floored!.upper - 1e-9);
      }),
    );
  });
});

describe('one site', () => {
  it('is returned as it is, with a normal test and nothing about other sites', () => {
    const pooled = poolRandomEffects('reml', [0.7], [0.04]);
    expect(pooled).toMatchObject({ k: 1, estimate: 0.7, tau2: 0, i2Percent: 0, h2: 1, qP: 1 });
    expect(pooledTest(pooled, 'normal')).toMatchObject({ value: { df: null, se: 0.2 } });
    expect(pooledTest(pooled, 'knapp-hartung')).toEqual(notEstimable('too-few-sites'));
    expect(predictionInterval(pooled, 'normal', 'same')).toEqual(notEstimable('too-few-sites'));
    expect(tau2Interval([0.7], [0.04])).toEqual(notEstimable('too-few-sites'));
  });
});

describe('the Knapp-Hartung test of identical sites', () => {
  it('has a standard error of 0 and says so without NaN', () => {
    const same = (value: number) =>
      pooledTest(poolSites('reml', [value, value], [0.1, 0.2]), 'knapp-hartung');
    expect(same(0)).toMatchObject({ value: { se: 0, statistic: 0, pTwoSided: 1 } });
    expect(same(-0.3)).toMatchObject({ value: { se: 0, statistic: -Infinity, pTwoSided: 0 } });
  });
});

describe('tau2Interval', () => {
  it('falls with the level, and holds the Paule-Mandel estimate', () => {
    fc.assert(
      fc.property(sites, (table) => {
        const [yi, vi] = columns(table);
        const { tau2 } = poolRandomEffects('paule-mandel', yi, vi);
        const found = [0.999, 0.5].map((level) => tau2Interval(yi, vi, level));
        const [wide, narrow] = found.map((one) => (one.kind === 'estimate' ? one.value.tau2 : [NaN, NaN]));
        expect(wide![0]).toBeLessThanOrEqual(narrow![0]);
        expect(wide![1]).toBeGreaterThanOrEqual(narrow![1]);
        if (tau2 > 0) expect(wide![1]).toBeGreaterThanOrEqual(tau2);
      }),
    );
  });
});

describe('pairWeightedMean', () => {
  const site = (value: number, variance: number, positives: number, negatives: number) => ({
    value: estimate(value),
    variance: estimate(variance),
    positives,
    negatives,
  });

  it('weighs by pairs, keeps a site of variance 0 and names those without a value', () => {
    const missing = { ...site(0, 0, 0, 9), value: notEstimable('no-positives') };
    const found = pairWeightedMean([site(0.2, 0.01, 10, 10), site(0, 0, 30, 10), missing]);
    expect(found.included).toEqual([0, 1]);
    expect(found.excluded).toEqual([{ site: 2, reason: 'no-positives' }]);
    expect(found.mean).toMatchObject({ value: { value: 0.05, variance: 0.01 / 16 } });
    expect(pairWeightedMean([missing]).mean).toEqual(notEstimable('too-few-sites'));
  });
});
