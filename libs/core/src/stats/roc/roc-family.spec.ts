import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aucDelong } from './delong.ts';
import { type Estimate, estimate, notEstimable } from '../estimate.ts';
import { averagePrecision } from './average-precision.ts';
import { marginTest } from './margin-test.ts';
import { handTill, oneVersusRest } from './multiclass-auc.ts';
import { rocCurve, youden } from './roc-curve.ts';
import { unpairedTest } from './unpaired-auc.ts';

const valueOf = <T>(from: Estimate<T>): T => {
  if (from.kind !== 'estimate') throw new Error(from.reason);
  return from.value;
};
const binary = fc.array(fc.record({ score: fc.integer({ min: 0, max: 9 }), y: fc.constantFrom(0, 1) }), {
  minLength: 4,
  maxLength: 50,
});
const columns = (table: readonly { score: number; y: number }[]) =>
  [table.map(({ score }) => score), table.map(({ y }) => y)] as const;

describe('rocCurve', () => {
  it('has the area that 2U says, and Youden points no point beats', () => {
    fc.assert(
      fc.property(binary, (table) => {
        const [scores, labels] = columns(table);
        const found = rocCurve(scores, labels);
        fc.pre(found.kind === 'estimate');
        const { positives, negatives, points } = valueOf(found);
        let area = 0;
        for (let at = 1; at < points.length; at++) {
          const [left, right] = [points[at]!, points[at - 1]!];
          const width = (right.falsePositives - left.falsePositives) / negatives;
          area += (width * (right.truePositives + left.truePositives)) / 2 / positives;
        }
        expect(area).toBeCloseTo(valueOf(aucDelong([scores], labels).auc[0]!), 12);
        const { j, cuts } = youden(valueOf(found));
        const reached = points.filter(
          (point) => point.truePositives / positives - point.falsePositives / negatives >= j - 1e-12,
        );
        expect(cuts).toHaveLength(reached.length);
        expect(j).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('calls everybody or nobody positive where scores say nothing', () => {
    const { j, cuts } = youden(valueOf(rocCurve([1, 1, 1], [0, 1, 1])));
    expect(j).toBe(0);
    expect(cuts).toEqual([
      { acceptFrom: 1, midpoint: -Infinity, truePositives: 2, falsePositives: 1 },
      { acceptFrom: null, midpoint: Infinity, truePositives: 0, falsePositives: 0 },
    ]);
    expect(rocCurve([1], [1])).toEqual(notEstimable('no-negatives'));
  });
});

describe('averagePrecision', () => {
  it('is 1 for perfect and the prevalence for constant scores', () => {
    expect(averagePrecision([1, 2, 3, 4], [0, 0, 1, 1])).toEqual(estimate(1));
    expect(averagePrecision([7, 7, 7, 7], [0, 0, 0, 1])).toEqual(estimate(0.25));
    expect(averagePrecision([1, 2], [0, 0])).toEqual(notEstimable('no-positives'));
    expect(averagePrecision([], [])).toEqual(notEstimable('empty'));
  });
});

describe('more than two classes', () => {
  const multi = fc.integer({ min: 2, max: 4 }).chain((k) =>
    fc.record({
      k: fc.constant(k),
      rows: fc.array(
        fc.record({
          y: fc.integer({ min: 0, max: k - 1 }),
          scores: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: k, maxLength: k }),
        }),
        { minLength: 4, maxLength: 40 },
      ),
    }),
  );

  it('are the binary AUC and its variance when there are two, scored as complements', () => {
    fc.assert(
      fc.property(binary, (table) => {
        const [scores, labels] = columns(table);
        const found = handTill(labels, [scores.map((score) => -score), scores]);
        const { auc, covariance } = aucDelong([scores], labels);
        fc.pre(found.kind === 'estimate' && covariance[0]![0]!.kind === 'estimate');
        expect(valueOf(found).value).toBeCloseTo(valueOf(auc[0]!), 12);
        expect(valueOf(valueOf(found).variance)).toBeCloseTo(valueOf(covariance[0]![0]!), 12);
      }),
    );
  });

  it('do not depend on the names of the classes', () => {
    fc.assert(
      fc.property(multi, ({ k, rows }) => {
        const classes = rows.map(({ y }) => y);
        const scores = Array.from({ length: k }, (_, own) => rows.map((row) => row.scores[own]!));
        const found = handTill(classes, scores);
        const renamed = handTill(
          classes.map((y) => k - 1 - y),
          [...scores].reverse(),
        );
        expect(renamed.kind).toBe(found.kind);
        if (found.kind !== 'estimate') return;
        expect(valueOf(renamed).value).toBeCloseTo(found.value.value, 12);
        if (found.value.variance.kind === 'estimate')
          expect(valueOf(valueOf(renamed).variance)).toBeCloseTo(found.value.variance.value, 12);
      }),
    );
  });

  it('name the class that is missing', () => {
    const scores = [
      [1, 2, 3],
      [3, 2, 1],
      [0, 0, 0],
    ];
    const rest = oneVersusRest([0, 1, 1], scores);
    expect(rest.auc[2]).toEqual(notEstimable('no-positives'));
    expect(rest.macro.kind).toBe('estimate');
    expect(handTill([1, 1, 1], scores)).toEqual(notEstimable('too-few-classes'));
    expect(oneVersusRest([1, 1, 1], scores).macro).toEqual(notEstimable('too-few-classes'));
    expect(() => handTill([3], scores)).toThrow('classes must be 0..2: 3 in row 0');
  });
});

describe('unpairedTest', () => {
  const of = (auc: number, variance: number, rows: number) => ({
    auc: estimate(auc),
    variance: estimate(variance),
    rows,
  });

  it('changes sign with the samples, and is a z test for many rows', () => {
    const [a, b] = [of(0.8, 1e-4, 1e9), of(0.77, 2e-4, 1e9)];
    const [forward, backward] = [valueOf(unpairedTest(a, b)), valueOf(unpairedTest(b, a))];
    expect(backward.statistic).toBe(-forward.statistic);
    expect(backward.pT).toBe(forward.pT);
    expect(forward.pT).toBeCloseTo(forward.pNormal, 9);
  });

  it('keeps the reason of a sample, and has none without any variance', () => {
    const one = { auc: estimate(1), variance: notEstimable('too-few-positives'), rows: 3 };
    expect(unpairedTest(of(0.5, 0.1, 9), one)).toEqual(notEstimable('too-few-positives'));
    expect(unpairedTest(of(1, 0, 9), of(0.5, 0, 9))).toEqual(notEstimable('zero-variance'));
    expect(valueOf(unpairedTest(of(1, 0, 9), of(0.5, 0.01, 9))).df).toBeCloseTo(8, 12);
  });
});

describe('marginTest', () => {
  it('says non-inferior where the lower limit clears the margin, superior where it clears 0', () => {
    const measured = { estimate: 0.02, se: 0.02, df: null };
    const lower = expect.closeTo(-0.0191993, 6);
    expect(marginTest(measured, 'non-inferiority', 0.03)).toMatchObject({ established: true, lower });
    expect(marginTest(measured, 'superiority', 0)).toMatchObject({ established: false, bound: 0 });
    expect(marginTest({ ...measured, df: 3 }, 'non-inferiority', 0.03).established).toBe(false);
  });

  it('establishes exactly what has p below half of the rest of the level', () => {
    const value = fc.double({ min: -0.2, max: 0.2, noNaN: true });
    const df = fc.constantFrom(null, 1, 2, 7);
    fc.assert(
      fc.property(value, fc.double({ min: 0.001, max: 0.2, noNaN: true }), df, (difference, se, freedom) => {
        const found = marginTest({ estimate: difference, se, df: freedom }, 'non-inferiority', 0.05);
        fc.pre(Math.abs(found.pOneSided - 0.025) > 1e-9);
        expect(found.established).toBe(found.pOneSided < 0.025);
      }),
    );
  });

  it('decides without spread by the difference itself, and refuses a negative margin', () => {
    const exact = (difference: number) =>
      marginTest({ estimate: difference, se: 0, df: null }, 'superiority', 0.1);
    expect(exact(0.2)).toMatchObject({ established: true, pOneSided: 0 });
    expect(exact(0.1)).toMatchObject({ established: false, pOneSided: 0.5 });
    expect(exact(0)).toMatchObject({ established: false, pOneSided: 1 });
    expect(() => marginTest({ estimate: 0, se: 1, df: null }, 'superiority', -1)).toThrow(
      'margin must be finite and >= 0: -1',
    );
  });
});

describe('the DeLong covariance', () => {
  it('is positive semidefinite for any curves', () => {
    const table = fc.array(
      fc.record({
        y: fc.constantFrom(0, 1),
        s: fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 4, maxLength: 4 }),
      }),
      { minLength: 6, maxLength: 30 },
    );
    const direction = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(table, direction, (rows, way) => {
        const curves = [0, 1, 2, 3].map((at) => rows.map((row) => row.s[at]!));
        const { covariance } = aucDelong(
          curves,
          rows.map(({ y }) => y),
        );
        fc.pre(covariance[0]![0]!.kind === 'estimate');
        let form = 0;
        covariance.forEach((line, i) => line.forEach((one, j) => (form += way[i]! * way[j]! * valueOf(one))));
        expect(form).toBeGreaterThanOrEqual(-1e-14);
      }),
    );
  });
});
