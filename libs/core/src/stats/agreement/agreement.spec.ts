import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Estimate, estimate, notEstimable } from '../estimate.ts';
import { binaryMeasures } from './binary-table.ts';
import { stuartMaxwellClustered } from './clustered-margins.ts';
import { confusionMeasures } from './confusion.ts';
import { mcnemar } from './mcnemar.ts';
import { addTables, crossTable } from './square-table.ts';
import { stuartMaxwell } from './stuart-maxwell.ts';
import { bhapkar, bowker } from './symmetry.ts';

const valueOf = <T>(from: Estimate<T>): T => {
  if (from.kind !== 'estimate') throw new Error(from.reason);
  return from.value;
};
const categories = fc.integer({ min: 1, max: 6 });
const readings = categories.chain((k) => {
  const category = fc.integer({ min: 0, max: k - 1 });
  return fc.record({
    k: fc.constant(k),
    rows: fc.array(fc.record({ a: category, b: category, patient: fc.integer({ min: 0, max: 9 }) }), {
      maxLength: 60,
    }),
  });
});
const tables = categories.chain((k) => {
  const count = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 30 }));
  return fc.array(fc.array(count, { minLength: k, maxLength: k }), { minLength: k, maxLength: k });
});
const transpose = (table: number[][]) => table.map((_, i) => table.map((line) => line[i]!));

describe('stuartMaxwell', () => {
  it('gives the published examples', () => {
    const three = [
      [20, 10, 5],
      [3, 30, 15],
      [0, 5, 40],
    ];
    expect(stuartMaxwell(three).statistic).toBeCloseTo(13.76470588, 8);
    expect(valueOf(stuartMaxwell(three).p)).toBeCloseTo(0.00102573, 8);
    const withAgreed = [...three.map((line) => [...line, 0]), [0, 0, 0, 25]];
    expect(stuartMaxwell(withAgreed)).toMatchObject({ df: 2, nominalDf: 3 });
    expect(stuartMaxwell(withAgreed).nominalP).toBeCloseTo(0.00324357, 8);
  });

  it('sees no difference between a model always right and one always wrong in a cycle', () => {
    const cycle = [
      [0, 9, 0],
      [0, 0, 9],
      [9, 0, 0],
    ];
    expect(stuartMaxwell(cycle)).toMatchObject({ statistic: 0, df: 2, p: estimate(1) });
  });

  it('does not change when readers swap, whatever the order of the categories', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const found = stuartMaxwell(table);
        const swapped = stuartMaxwell(transpose(table));
        const reversed = stuartMaxwell([...table].reverse().map((line) => [...line].reverse()));
        for (const other of [swapped, reversed]) {
          expect(other.df).toBe(found.df);
          expect(other.statistic).toBeCloseTo(found.statistic, 9);
        }
      }),
    );
  });

  it('has no p-value without disagreement', () => {
    expect(stuartMaxwell([[4]])).toMatchObject({ statistic: 0, df: 0, nominalDf: 0, nominalP: 1 });
    expect(
      stuartMaxwell([
        [4, 0],
        [0, 7],
      ]).p,
    ).toEqual(notEstimable('no-discordance'));
  });

  it('is the same with one image per patient, in whole numbers and in floating point', () => {
    fc.assert(
      fc.property(readings, ({ k, rows }) => {
        const [a, b] = [rows.map((row) => row.a), rows.map((row) => row.b)];
        const plain = stuartMaxwell(crossTable(a, b, k));
        const clustered = stuartMaxwellClustered(
          a,
          b,
          rows.map((_, row) => row),
          k,
        );
        expect(clustered.df).toBe(plain.df);
        expect(clustered.statistic).toBeCloseTo(plain.statistic, 9);
        expect(clustered.marginDifference).toEqual(plain.marginDifference);
      }),
    );
  });

  it('counts a patient once: the same images twice change nothing', () => {
    fc.assert(
      fc.property(readings, ({ k, rows }) => {
        const clustered = (of: typeof rows) =>
          stuartMaxwellClustered(
            of.map((row) => row.a),
            of.map((row) => row.b),
            of.map((row) => row.patient),
            k,
          );
        expect(clustered([...rows, ...rows]).statistic).toBeCloseTo(clustered(rows).statistic, 9);
      }),
    );
  });
});

describe('tables', () => {
  it('add: the test of the sum is the test of all rows', () => {
    fc.assert(
      fc.property(readings, ({ k, rows }) => {
        const half = Math.floor(rows.length / 2);
        const of = (part: typeof rows) =>
          crossTable(
            part.map((row) => row.a),
            part.map((row) => row.b),
            k,
          );
        expect(addTables([of(rows.slice(0, half)), of(rows.slice(half))])).toEqual(of(rows));
      }),
    );
  });

  it('refuse what is not a table', () => {
    expect(() => stuartMaxwell([])).toThrow('a table needs at least one category: 0');
    expect(() => stuartMaxwell([[1, 2]])).toThrow('row 0 of the table must have 1 counts: 2');
    expect(() => stuartMaxwell([[1.5]])).toThrow('counts must be whole numbers >= 0: 1.5 in row 0');
    expect(() =>
      addTables([
        [[1]],
        [
          [1, 0],
          [0, 1],
        ],
      ]),
    ).toThrow('tables must be of one size: 2, not 1');
    expect(() => crossTable([0], [2], 2)).toThrow('categories must be 0..1: 0 and 2 in row 0');
    expect(() => stuartMaxwellClustered([0], [1], [0.5], 2)).toThrow(RangeError);
  });
});

describe('two categories', () => {
  it('make every test McNemar', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 4, maxLength: 4 }), (counts) => {
        const table = [counts.slice(0, 2), counts.slice(2)];
        const found = mcnemar(table);
        fc.pre(found.kind === 'estimate');
        const { statistic } = valueOf(found).plain;
        expect(stuartMaxwell(table).statistic).toBeCloseTo(statistic, 10);
        expect(bowker(table).statistic).toBeCloseTo(statistic, 10);
        const sharper = bhapkar(table);
        if (sharper.kind === 'estimate')
          expect(sharper.value.statistic).toBeGreaterThanOrEqual(statistic - 1e-9);
        const { exactP, midP } = valueOf(found);
        expect(midP).toBeLessThanOrEqual(exactP);
        expect(exactP).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('name what is missing', () => {
    expect(
      mcnemar([
        [3, 0],
        [0, 4],
      ]),
    ).toEqual(notEstimable('no-discordance'));
    expect(
      bhapkar([
        [0, 0],
        [0, 0],
      ]),
    ).toEqual(notEstimable('empty'));
    expect(
      bhapkar([
        [0, 7],
        [0, 0],
      ]),
    ).toEqual(notEstimable('zero-variance'));
    expect(() => mcnemar([[1]])).toThrow('McNemar needs a 2 x 2 table: 1 categories');
    expect(() => binaryMeasures([[1]])).toThrow('a binary table is 2 x 2: 1 categories');
  });
});

describe('confusionMeasures', () => {
  it('is perfect where truth and prediction agree, and names classes that are not there', () => {
    const perfect = valueOf(
      confusionMeasures([
        [4, 0, 0],
        [0, 6, 0],
        [0, 0, 0],
      ]),
    );
    expect(perfect).toMatchObject({ accuracy: 1, macroF1Present: 1, mcc: estimate(1), kappa: estimate(1) });
    expect(perfect.classes[2]).toEqual({
      support: 0,
      precision: notEstimable('empty'),
      recall: notEstimable('empty'),
      f1: notEstimable('empty'),
    });
    expect(perfect.macroF1).toBeCloseTo(2 / 3, 14);
  });

  it('has no correlation with one class only, and nothing without rows', () => {
    expect(valueOf(confusionMeasures([[9]]))).toMatchObject({
      mcc: notEstimable('zero-variance'),
      kappa: notEstimable('zero-variance'),
    });
    expect(confusionMeasures([[0]])).toEqual(notEstimable('empty'));
  });

  it('keeps MCC and kappa when truth and prediction swap', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const [found, swapped] = [confusionMeasures(table), confusionMeasures(transpose(table))];
        fc.pre(found.kind === 'estimate' && swapped.kind === 'estimate');
        for (const key of ['mcc', 'kappa', 'kappaQuadratic'] as const) {
          const [a, b] = [valueOf(found)[key], valueOf(swapped)[key]];
          expect(a.kind).toBe(b.kind);
          if (a.kind === 'estimate') expect(a.value).toBeCloseTo(valueOf(b), 12);
        }
      }),
    );
  });
});

describe('binaryMeasures', () => {
  it('names what an empty class leaves open', () => {
    const found = binaryMeasures([
      [0, 0],
      [4, 16],
    ]);
    expect(valueOf(found.sensitivity)).toMatchObject({ successes: 16, n: 20, estimate: 0.8 });
    expect(found.specificity).toEqual(notEstimable('empty'));
    expect(found.youden).toEqual(notEstimable('empty'));
  });
});
