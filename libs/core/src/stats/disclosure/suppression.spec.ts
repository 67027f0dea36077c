import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type DisclosedCell,
  disclosedList,
  disclosedTable,
  hiddenCells,
  patientCells,
} from './suppression.ts';

let next = 0;
/** A cell of as many images, each of a patient of its own. */
const cell = (images: number) => ({ images, patients: Array.from({ length: images }, () => next++) });
const tableOf = (counts: readonly (readonly number[])[]) => counts.map((row) => row.map(cell));
const transposed = <T>(table: readonly (readonly T[])[]): T[][] =>
  (table[0] ?? []).map((_, c) => table.map((row) => row[c]!));

describe('a list of which the sum is known', () => {
  it('shows what is large enough, and zeros', () => {
    expect(disclosedList([12, 0, 30].map(cell), 10)).toEqual([12, 0, 30]);
  });

  it('hides a small cell and the smallest other: alone it would be the sum less the rest', () => {
    expect(disclosedList([3, 40, 30, 0].map(cell), 10)).toEqual([null, 40, null, 0]);
  });

  it('hides small cells together only when they are of enough patients', () => {
    expect(disclosedList([3, 4, 30, 40].map(cell), 10)).toEqual([null, null, null, 40]);
    expect(disclosedList([6, 7, 30, 40].map(cell), 10)).toEqual([null, null, 30, 40]);
  });

  it('counts patients, not images', () => {
    const often = { images: 50, patients: new Array<number>(50).fill(7) };
    expect(disclosedList([often, cell(30), cell(40)], 10)).toEqual([null, null, 40]);
  });

  it('hides nothing at a floor of 1', () => {
    expect(disclosedList([1, 2, 0].map(cell), 1)).toEqual([1, 2, 0]);
  });
});

describe('a table of which rows and columns are known', () => {
  it('hides a rectangle around a small cell', () => {
    const counts = [
      [3, 40, 50],
      [30, 60, 70],
      [80, 90, 99],
    ];
    expect(disclosedTable(tableOf(counts), 10)).toEqual([
      [null, null, 50],
      [null, null, 70],
      [80, 90, 99],
    ]);
  });

  const counts = fc
    .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
    .chain(([rows, columns]) => {
      const line = fc.array(fc.oneof(fc.nat(4), fc.nat(40)), { minLength: columns, maxLength: columns });
      return fc.array(line, { minLength: rows, maxLength: rows });
    });

  it('shows no small cell, and hides enough of every line', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 2, max: 12 }), (given, floor) => {
        const shown = disclosedTable(tableOf(given), floor);
        shown.flat().forEach((one, at) => {
          if (one === null) return;
          expect(one).toBe(given.flat()[at]);
          expect(one === 0 || one >= floor).toBe(true);
        });
        const lines = [...given, ...transposed(given)];
        [...shown, ...transposed(shown)].forEach((line, at) => {
          const hidden = line.reduce<number>((sum, one, i) => sum + (one === null ? lines[at]![i]! : 0), 0);
          const whole = lines[at]!.reduce((sum, one) => sum + one, 0);
          if (line.includes(null)) expect(hidden >= Math.min(floor, whole)).toBe(true);
        });
      }),
    );
  });

  it('lets no hidden cell follow from sums, but for lines that are small as a whole', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 2, max: 12 }), (given, floor) => {
        const small = (line: readonly number[]): boolean => line.reduce((a, b) => a + b, 0) < floor;
        fc.pre(![...given, ...transposed(given)].some(small) && given.length > 1 && given[0]!.length > 1);
        const shown = disclosedTable(tableOf(given), floor);
        expect(bridgesOf(shown)).toEqual([]);
      }),
    );
  });

  it('hides nothing where nothing is small', () => {
    const large = counts.map((table) => table.map((row) => row.map((one) => (one === 0 ? 0 : one + 12))));
    fc.assert(fc.property(large, (given) => expect(disclosedTable(tableOf(given), 12)).toEqual(given)));
  });
});

describe('any known sums', () => {
  it('are seen through together: a sum of sums gives a cell away', () => {
    // 0 + 1 and 1 + 2 and 0 + 2 are known: three equations for three unknowns
    const sums = [
      [0, 1],
      [1, 2],
      [0, 2],
      [0, 1, 2, 3],
    ];
    const hidden = hiddenCells([20, 5, 30, 40].map(cell), sums, 10);
    expect(hidden).toEqual([true, true, true, true]);
  });
});

describe('patientCells', () => {
  it('counts images and keeps whose they are', () => {
    expect(patientCells([0, 1, undefined, 1], [7, 8, 9, 8], 3)).toEqual([
      { images: 1, patients: [7] },
      { images: 2, patients: [8, 8] },
      { images: 0, patients: [] },
    ]);
  });
});

/**
 * Hidden cells that follow from row and column sums. Rows and columns are the nodes, hidden cells the edges of a graph:
 * a cell is determined when it is a bridge (Gusfield, SIAM J Comput 1988;17:552-571).
 */
function bridgesOf(shown: readonly (readonly DisclosedCell[])[]): [number, number][] {
  const edges = shown.flatMap((row, r) =>
    row.flatMap((one, c): [number, number][] => (one === null ? [[r, c]] : [])),
  );
  return edges.filter((without) => {
    const reached = new Set([`r${without[0]}`]);
    for (let before = 0; before < reached.size;) {
      before = reached.size;
      for (const edge of edges) {
        const ends = [`r${edge[0]}`, `c${edge[1]}`];
        if (edge !== without && ends.some((end) => reached.has(end))) ends.forEach((end) => reached.add(end));
      }
    }
    return !reached.has(`c${without[1]}`);
  });
}
