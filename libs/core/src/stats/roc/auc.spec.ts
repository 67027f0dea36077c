import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { auc, twoU } from './auc.ts';
import { estimate, notEstimable } from '../estimate.ts';
import { midranks } from './midrank.ts';
import { countClasses, placements } from './placements.ts';

const rows = fc.array(fc.record({ score: fc.integer({ min: -9, max: 9 }), label: fc.constantFrom(0, 1) }), {
  maxLength: 60,
});
const split = (table: { score: number; label: number }[]) =>
  [table.map(({ score }) => score), table.map(({ label }) => label)] as const;

describe('twoU', () => {
  it('is the Mann-Whitney count from midranks, and the same summed over either class', () => {
    fc.assert(
      fc.property(rows, (table) => {
        const [scores, labels] = split(table);
        const classes = countClasses(labels);
        const { doubled, twoU: count } = placements(scores, classes);
        const over = (label: number, values: ArrayLike<number>) =>
          labels.reduce((sum, own, row) => (own === label ? sum + values[row]! : sum), 0);
        const { positives: m } = classes;
        expect(over(1, doubled)).toBe(count);
        expect(over(0, doubled)).toBe(count);
        expect(2 * over(1, midranks(scores)) - m * (m + 1)).toBe(count);
      }),
    );
  });

  it('complements when the labels are swapped', () => {
    fc.assert(
      fc.property(rows, (table) => {
        const [scores, labels] = split(table);
        const { positives, negatives } = countClasses(labels);
        fc.pre(positives > 0 && negatives > 0);
        const count = twoU(scores, labels);
        const swapped = twoU(
          scores,
          labels.map((label) => 1 - label),
        );
        expect(count.kind === 'estimate' && swapped.kind === 'estimate' && count.value + swapped.value).toBe(
          2 * positives * negatives,
        );
      }),
    );
  });

  it('does not change under a monotone transform of the scores', () => {
    fc.assert(
      fc.property(rows, (table) => {
        const [scores, labels] = split(table);
        expect(
          twoU(
            scores.map((score) => Math.exp(score) - 7),
            labels,
          ),
        ).toEqual(twoU(scores, labels));
      }),
    );
  });
});

describe('auc', () => {
  it('counts a tie one half, -0 and 0 included', () => {
    expect(auc([0, -0, 1], [1, 0, 0])).toEqual(estimate(0.25));
  });

  it('says which class is missing', () => {
    expect(auc([], [])).toEqual(notEstimable('empty'));
    expect(auc([1], [0])).toEqual(notEstimable('no-positives'));
    expect(auc([1], [1])).toEqual(notEstimable('no-negatives'));
  });

  it('refuses NaN, foreign labels and unequal lengths', () => {
    expect(() => auc([NaN, 1], [0, 1])).toThrow(RangeError);
    expect(() => auc([0, 1], [0, 2])).toThrow('labels must be 0 or 1: 2 in row 1');
    expect(() => auc([0], [0, 1])).toThrow('scores must be as many as labels: 1, not 2');
  });
});
