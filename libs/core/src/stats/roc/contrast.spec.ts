import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contrastOf, equalCurves } from './contrast.ts';
import { aucDelong } from './delong.ts';
import { type Estimate, estimate, notEstimable } from '../estimate.ts';
import { pairedDifference, zTest } from './paired-auc.ts';

const valueOf = <T>(from: Estimate<T>): T => {
  if (from.kind !== 'estimate') throw new Error(from.reason);
  return from.value;
};
const rows = fc.array(
  fc.record({
    y: fc.constantFrom(0, 1),
    s: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 3, maxLength: 3 }),
  }),
  { minLength: 8, maxLength: 40 },
);
const curvesOf = (table: readonly { y: number; s: number[] }[]) => {
  const curves = [0, 1, 2].map((at) => table.map(({ s }) => s[at]!));
  return { curves, labels: table.map(({ y }) => y) };
};

describe('contrastOf', () => {
  it('is the paired difference for weights 1 and -1, and parts add up to their total', () => {
    fc.assert(
      fc.property(rows, (table) => {
        const { curves, labels } = curvesOf(table);
        const { auc, covariance } = aucDelong(curves, labels);
        fc.pre(covariance[0]![0]!.kind === 'estimate');
        const of = (weights: number[]) => valueOf(contrastOf(auc, covariance, weights));
        const paired = pairedDifference(curves[0]!, curves[1]!, labels);
        expect(of([1, -1, 0]).value).toBeCloseTo(valueOf(paired.difference), 12);
        expect(of([1, -1, 0]).variance).toBeCloseTo(valueOf(paired.variance), 12);
        expect(of([-1, 1, 0]).value + of([0, -1, 1]).value).toBeCloseTo(of([-1, 0, 1]).value, 12);
      }),
    );
  });

  it('asks nothing of curves without weight', () => {
    const auc = [estimate(0.8), notEstimable('below-floor')];
    const covariance = [
      [estimate(0.01), notEstimable('below-floor')],
      [notEstimable('below-floor'), notEstimable('below-floor')],
    ];
    expect(contrastOf(auc, covariance, [1, 0])).toEqual(estimate({ value: 0.8, variance: 0.01 }));
    expect(contrastOf(auc, covariance, [1, -1])).toEqual(notEstimable('below-floor'));
    expect(() => contrastOf(auc, covariance, [1])).toThrow('weights must be as many as curves: 1, not 2');
  });
});

describe('equalCurves', () => {
  it('is the squared z of two curves, whichever comes first', () => {
    fc.assert(
      fc.property(rows, (table) => {
        const { curves, labels } = curvesOf(table);
        const { difference, variance } = pairedDifference(curves[0]!, curves[1]!, labels);
        fc.pre(variance.kind === 'estimate' && variance.value > 1e-6);
        const { z, pTwoSided } = zTest(valueOf(difference), valueOf(variance));
        for (const order of [
          [0, 1],
          [1, 0],
        ]) {
          const found = aucDelong(
            order.map((at) => curves[at]!),
            labels,
          );
          const { statistic, df, p } = valueOf(equalCurves(found.auc, found.covariance));
          expect(df).toBe(1);
          expect(statistic).toBeCloseTo(z * z, 8);
          expect(p).toBeCloseTo(pTwoSided, 8);
        }
      }),
    );
  });

  it('counts a curve once that is there twice', () => {
    fc.assert(
      fc.property(rows, (table) => {
        const { curves, labels } = curvesOf(table);
        const once = aucDelong(curves, labels);
        const twice = aucDelong([...curves, curves[2]!], labels);
        fc.pre(once.covariance[0]![0]!.kind === 'estimate');
        const [a, b] = [equalCurves(once.auc, once.covariance), equalCurves(twice.auc, twice.covariance)];
        expect(b.kind).toBe(a.kind);
        fc.pre(a.kind === 'estimate' && a.value.statistic < 1e3);
        expect(valueOf(b).df).toBe(valueOf(a).df);
        expect(valueOf(b).statistic).toBeCloseTo(valueOf(a).statistic, 4);
      }),
    );
  });

  it('knows curves without variance', () => {
    const none = [
      [estimate(0), estimate(0)],
      [estimate(0), estimate(0)],
    ];
    expect(equalCurves([estimate(1), estimate(1)], none)).toEqual(notEstimable('zero-variance'));
    expect(equalCurves([estimate(1), estimate(0.5)], none)).toMatchObject({
      value: { statistic: Infinity, p: 0 },
    });
    expect(equalCurves([estimate(1)], [[estimate(0)]])).toEqual(notEstimable('empty'));
  });
});
