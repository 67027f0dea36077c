import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Estimate, notEstimable } from '../estimate.ts';
import { expit } from '../interval.ts';
import { brier, logLoss, multiclassScores } from './brier.ts';
import { calibration } from './calibration.ts';
import { reliability } from './reliability.ts';

const valueOf = <T>(from: Estimate<T>): T => {
  if (from.kind !== 'estimate') throw new Error(from.reason);
  return from.value;
};
const rows = fc.array(
  fc.record({ y: fc.constantFrom(0, 1), p: fc.double({ min: 0.01, max: 0.99, noNaN: true }) }),
  { minLength: 1, maxLength: 80 },
);
const columns = (table: readonly { y: number; p: number }[]) =>
  [table.map(({ y }) => y), table.map(({ p }) => p)] as const;

describe('brier and logLoss', () => {
  it('stay when label and probability turn to their complement, and are those of two classes', () => {
    fc.assert(
      fc.property(rows, (table) => {
        const [y, p] = columns(table);
        const [notY, notP] = [y.map((label) => 1 - label), p.map((one) => 1 - one)];
        expect(valueOf(brier(notY, notP))).toBeCloseTo(valueOf(brier(y, p)), 12);
        expect(valueOf(logLoss(notY, notP))).toBeCloseTo(valueOf(logLoss(y, p)), 12);
        const both = valueOf(multiclassScores(y, [notP, p]));
        expect(both.brier).toBeCloseTo(2 * valueOf(brier(y, p)), 12);
        expect(both.logLoss).toBeCloseTo(valueOf(logLoss(y, p)), 12);
      }),
    );
  });

  it('cost a certain miss what the declared clip says', () => {
    expect(valueOf(logLoss([1], [0]))).toBeCloseTo(36.04365338911715, 12);
    expect(valueOf(logLoss([1], [0], 1e-15))).toBeCloseTo(34.538776394910684, 12);
    expect(brier([], [])).toEqual(notEstimable('empty'));
    expect(() => brier([1], [1.5])).toThrow('probabilities must lie in [0, 1]: 1.5 in row 0');
    expect(() => logLoss([1], [1], 0.5)).toThrow('epsilon must lie in [0, 0.5): 0.5');
    expect(() => multiclassScores([2], [[0.5], [0.5]])).toThrow('classes must be 0..1: 2 in row 0');
  });
});

describe('calibration', () => {
  it('finds slope 1 and intercept 0 where every bin is right', () => {
    const y = [0, 0, 0, 1, 0, 1, 1, 1];
    const found = valueOf(calibration(y, [0.25, 0.25, 0.25, 0.25, 0.75, 0.75, 0.75, 0.75]));
    expect(valueOf(found.slope).value).toBeCloseTo(1, 12);
    expect(valueOf(found.inTheLarge).value).toBeCloseTo(0, 12);
    expect(found).toMatchObject({ n: 8, positives: 4, expected: 4 });
  });

  it('undoes a stretch of the log odds', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom(0.5, 2, -1), (table, stretch) => {
        const [y, p] = columns(table);
        const base = valueOf(calibration(y, p)).slope;
        const stretched = p.map((one) => expit(stretch * Math.log(one / (1 - one))));
        const other = valueOf(calibration(y, stretched)).slope;
        fc.pre(base.kind === 'estimate' && other.kind === 'estimate');
        const [a, b] = [valueOf(base), valueOf(other)];
        fc.pre(a.se < 10);
        expect(b.value * stretch).toBeCloseTo(a.value, 5);
        expect(b.intercept.value).toBeCloseTo(a.intercept.value, 5);
      }),
    );
  });

  it('says why there is no slope', () => {
    const slopeOf = (y: number[], p: number[]) => valueOf(calibration(y, p)).slope;
    expect(slopeOf([0, 0], [0.2, 0.3])).toEqual(notEstimable('no-positives'));
    expect(slopeOf([1, 1], [0.2, 0.3])).toEqual(notEstimable('no-negatives'));
    expect(slopeOf([0, 1, 0], [0.2, 1, 0.3])).toEqual(notEstimable('non-finite'));
    expect(slopeOf([0, 1], [0.3, 0.3])).toEqual(notEstimable('zero-variance'));
    expect(slopeOf([0, 0, 1, 1], [0.1, 0.2, 0.7, 0.8])).toEqual(notEstimable('separable'));
    expect(slopeOf([0, 0, 1, 1], [0.1, 0.2, 0.2, 0.8])).toEqual(notEstimable('separable'));
    expect(slopeOf([1, 1, 0, 0], [0.1, 0.2, 0.2, 0.8])).toEqual(notEstimable('separable'));
    expect(calibration([], [])).toEqual(notEstimable('empty'));
    const constant = valueOf(calibration([0, 1], [0.3, 0.3]));
    expect(valueOf(constant.inTheLarge).value).toBeCloseTo(Math.log(0.7 / 0.3), 12);
  });
});

describe('reliability', () => {
  it('puts an edge into the bin above it, and 1 into the last', () => {
    const edges = Array.from({ length: 11 }, (_, at) => at / 10);
    const found = valueOf(reliability(new Array(11).fill(1), edges));
    expect(found.bins.map(({ n }) => n)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 2]);
  });

  it('adds over parts of the rows', () => {
    fc.assert(
      fc.property(rows, rows, (first, second) => {
        const [one, other, both] = [first, second, [...first, ...second]].map((table) =>
          valueOf(reliability(...columns(table), 5)),
        );
        both!.bins.forEach((bin, at) => {
          expect(bin.n).toBe(one!.bins[at]!.n + other!.bins[at]!.n);
          expect(bin.positives).toBe(one!.bins[at]!.positives + other!.bins[at]!.positives);
        });
        expect(both!.expectedCalibrationError).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('refuses no bins and foreign rows', () => {
    expect(() => reliability([1], [1], 0)).toThrow('bins must be an integer >= 1: 0');
    expect(() => reliability([2], [1])).toThrow(RangeError);
    expect(reliability([], [])).toEqual(notEstimable('empty'));
    expect(reliability([1], [1])).toMatchObject({ value: { expectedCalibrationError: 0 } });
  });
});
