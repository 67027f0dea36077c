import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { rowsOutOfOrder } from './order-changes.ts';

const scores = [0.1, 0.4, 0.2, 0.9, 0.7];

/** The largest number of rows on which both agree about every pair, by trying every subset. */
function mostInOrder(a: readonly number[], b: readonly number[]): number {
  let most = 0;
  for (let subset = 0; subset < 1 << a.length; subset++) {
    const rows = a.flatMap((_, row) => (subset & (1 << row) ? [row] : []));
    const agree = rows.every((i) => rows.every((j) => Math.sign(a[i]! - a[j]!) === Math.sign(b[i]! - b[j]!)));
    if (agree) most = Math.max(most, rows.length);
  }
  return most;
}

describe('rowsOutOfOrder', () => {
  it('is empty for the same scores and for rescaled ones', () => {
    expect(rowsOutOfOrder(scores, scores)).toEqual([]);
    expect(
      rowsOutOfOrder(
        scores,
        scores.map((score) => 3 * score - 7),
      ),
    ).toEqual([]);
    expect(rowsOutOfOrder([], [])).toEqual([]);
  });

  it('names the one row that a rescaled copy puts on top', () => {
    expect(
      rowsOutOfOrder(
        scores,
        scores.map((score, row) => (row === 2 ? 99 : 2 * score)),
      ),
    ).toEqual([2]);
  });

  it('takes a tie that is broken for another order', () => {
    expect(rowsOutOfOrder([1, 1, 1, 1], [5, 5, 5, 8])).toEqual([3]);
  });

  it('leaves out as few rows as trying every subset does', () => {
    const row = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 }));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), (rows) => {
        const [a, b] = [rows.map(([x]) => x), rows.map(([, y]) => y)];
        expect(rows.length - rowsOutOfOrder(a, b).length).toBe(mostInOrder(a, b));
      }),
    );
  });
});
