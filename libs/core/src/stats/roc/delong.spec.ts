import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aucClustered } from './clustered-auc.ts';
import { aucDelong } from './delong.ts';
import { type Estimate, estimate, notEstimable } from '../estimate.ts';
import { pairedDifference } from './paired-auc.ts';

const scores = (n: number) => fc.array(fc.integer({ min: 0, max: 12 }), { minLength: n, maxLength: n });
const labels = (n: number) => fc.array(fc.constantFrom<0 | 1>(0, 1), { minLength: n, maxLength: n });
const patients = (n: number) => fc.array(fc.integer({ min: 0, max: 6 }), { minLength: n, maxLength: n });
const sample = fc
  .integer({ min: 0, max: 40 })
  .chain((n) => fc.record({ a: scores(n), b: scores(n), y: labels(n), patient: patients(n) }));

function expectClose(found: Estimate, expected: Estimate, scale = 1): void {
  expect(found.kind).toBe(expected.kind);
  if (found.kind !== 'estimate' || expected.kind !== 'estimate') expect(found).toEqual(expected);
  else expect(Math.abs(found.value - expected.value)).toBeLessThanOrEqual(1e-13 * scale);
}

function combined(covariance: readonly (readonly Estimate[])[]): Estimate {
  const [aa, ab, bb] = [covariance[0]![0]!, covariance[0]![1]!, covariance[1]![1]!];
  return aa.kind === 'estimate' && ab.kind === 'estimate' && bb.kind === 'estimate'
    ? estimate(aa.value + bb.value - 2 * ab.value)
    : aa;
}

describe('aucDelong', () => {
  it('gives AUCs and a symmetric covariance for any number of curves', () => {
    const { auc, covariance } = aucDelong(
      [
        [1, 2, 3, 4],
        [2, 1, 4, 3],
        [1, 3, 2, 4],
      ],
      [0, 0, 1, 1],
    );
    expect(auc).toEqual([estimate(1), estimate(1), estimate(0.75)]);
    expect(covariance[2]![2]).toEqual(estimate(0.125));
    expect(covariance[0]![2]).toEqual(covariance[2]![0]);
    expect(aucDelong([], [0, 1])).toEqual({ positives: 1, negatives: 1, auc: [], covariance: [] });
  });

  it('keeps the variance when labels are swapped or scores transformed', () => {
    fc.assert(
      fc.property(sample, ({ a, y }) => {
        const swapped = aucDelong(
          [a],
          Uint8Array.from(y, (label) => 1 - label),
        ).covariance[0]![0]!;
        const { covariance, positives, negatives } = aucDelong([a], y);
        const own = covariance[0]![0]!;
        if (positives > 1 && negatives > 1) expectClose(swapped, own);
        const cubes = a.map((score) => (score - 4) ** 3);
        expect(aucDelong([cubes], y).covariance[0]![0]).toEqual(own);
      }),
    );
  });

  it('gives the AUC but no variance with one row in a class', () => {
    const one = aucDelong([[1, 2, 3]], [0, 0, 1]);
    expect(one.auc).toEqual([estimate(1)]);
    expect(one.covariance).toEqual([[notEstimable('too-few-positives')]]);
    expect(aucDelong([[1, 2, 3]], [0, 1, 1]).covariance).toEqual([[notEstimable('too-few-negatives')]]);
    expect(aucDelong([[1]], [1])).toMatchObject({ auc: [notEstimable('no-negatives')] });
  });

  it('gives variance exactly 0 for constant and for perfect scores', () => {
    expect(aucDelong([Array(7).fill(0.1)], [0, 1, 0, 1, 0, 1, 1]).covariance).toEqual([[estimate(0)]]);
    expect(aucDelong([[1, 2, 8, 9, 9]], [0, 0, 1, 1, 1]).covariance).toEqual([[estimate(0)]]);
  });
});

describe('aucClustered', () => {
  it('equals DeLong when every patient has one row', () => {
    fc.assert(
      fc.property(sample, ({ a, b, y }) => {
        const delong = aucDelong([a, b], y);
        const clustered = aucClustered(
          [a, b],
          y,
          y.map((_, row) => 900 - row),
        );
        expect(clustered.auc).toEqual(delong.auc);
        clustered.covariance.flat().forEach((found, at) => expectClose(found, delong.covariance.flat()[at]!));
      }),
    );
  });

  it('never gives a negative variance', () => {
    fc.assert(
      fc.property(sample, ({ a, y, patient }) => {
        const variance = aucClustered([a], y, patient).covariance[0]![0]!;
        if (variance.kind === 'estimate') expect(variance.value).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('counts patients and refuses a variance from one of them', () => {
    const found = aucClustered([[1, 2, 3, 4]], [0, 0, 1, 1], [5, 7, 7, 7]);
    expect(found).toMatchObject({ clusters: 2, positiveClusters: 1, negativeClusters: 2 });
    expect(found.covariance).toEqual([[notEstimable('too-few-clusters')]]);
    expect(() => aucClustered([[1, 2]], [0, 1], [1, 0.5])).toThrow('clusters must be integers: 0.5 in row 1');
    expect(() => aucClustered([[1, 2]], [0, 1], [1])).toThrow(RangeError);
  });
});

describe('pairedDifference', () => {
  it('has the variance the covariance matrix implies, with and without patients', () => {
    fc.assert(
      fc.property(sample, ({ a, b, y, patient }) => {
        expectClose(pairedDifference(a, b, y).variance, combined(aucDelong([a, b], y).covariance), 10);
        const clustered = combined(aucClustered([a, b], y, patient).covariance);
        expectClose(pairedDifference(a, b, y, patient).variance, clustered, 10);
      }),
    );
  });

  it('flips its sign and keeps its variance when the arms are swapped', () => {
    fc.assert(
      fc.property(sample, ({ a, b, y, patient }) => {
        const forward = pairedDifference(a, b, y, patient);
        const backward = pairedDifference(b, a, y, patient);
        expect(backward.variance).toEqual(forward.variance);
        if (forward.difference.kind === 'estimate')
          expectClose(backward.difference, estimate(-forward.difference.value));
      }),
    );
  });

  it('is exactly 0 with variance 0 for the same curve twice', () => {
    const curve = [0.3, 0.1, 0.9, 0.7, 0.2, 0.2];
    const shifted = curve.map((score) => 10 * score);
    expect(pairedDifference(curve, shifted, [0, 1, 1, 0, 1, 0])).toEqual({
      difference: estimate(0),
      variance: estimate(0),
    });
  });
});
