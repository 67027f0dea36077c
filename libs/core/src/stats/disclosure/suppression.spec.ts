import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type DisclosedCell,
  disclosedList,
  disclosedSquare,
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

describe('a table of which the diagonal is told as well', () => {
  it('tells it of a whole table', () => {
    const given = [
      [40, 12, 0],
      [11, 50, 13],
      [14, 0, 60],
    ];
    expect(disclosedSquare(tableOf(given), 10)).toEqual({ cells: given, diagonal: 150 });
  });

  it('hides the wrong answers all together where a few are of one kind, and still tells how many are right', () => {
    const given = [
      [40, 3, 9],
      [7, 50, 8],
      [6, 9, 60],
    ];
    expect(disclosedSquare(tableOf(given), 10)).toEqual({
      cells: [
        [40, null, null],
        [null, 50, null],
        [null, null, 60],
      ],
      diagonal: 150,
    });
  });

  it('keeps it of two classes with a small cell: rows, columns and diagonal would give every cell', () => {
    const given = [
      [40, 3],
      [12, 50],
    ];
    expect(disclosedSquare(tableOf(given), 10)).toEqual({
      cells: [
        [null, null],
        [null, null],
      ],
      diagonal: null,
    });
  });

  it('keeps it where a few are right, or wrong', () => {
    const wrong = [
      [40, 1, 1],
      [1, 50, 1],
      [1, 1, 60],
    ];
    expect(disclosedSquare(tableOf(wrong), 10).diagonal).toBeNull();
    expect(disclosedSquare(tableOf([...wrong].reverse()), 10).diagonal).toBe(52);
    const right = [
      [1, 40, 40],
      [50, 1, 40],
      [50, 50, 1],
    ];
    expect(disclosedSquare(tableOf(right), 10).diagonal).toBeNull();
  });

  const square = fc.integer({ min: 2, max: 5 }).chain((k) => {
    const line = fc.array(fc.oneof(fc.nat(4), fc.nat(40)), { minLength: k, maxLength: k });
    return fc.array(line, { minLength: k, maxLength: k });
  });

  it('lets no hidden cell follow, and shows no small one', () => {
    let told = 0;
    fc.assert(
      fc.property(square, fc.integer({ min: 2, max: 12 }), (given, floor) => {
        const { cells, diagonal } = disclosedSquare(tableOf(given), floor);
        if (diagonal === null) return expect(cells).toEqual(disclosedTable(tableOf(given), floor));
        if (cells.flat().includes(null)) told++;
        const right = given.reduce((sum, row, at) => sum + row[at]!, 0);
        const wrong = given.flat().reduce((sum, one) => sum + one, 0) - right;
        expect(diagonal).toBe(right);
        for (const one of [right, wrong]) expect(one === 0 || one >= floor).toBe(true);
        cells.flat().forEach((one, at) => {
          if (one !== null) expect(one === given.flat()[at] && (one === 0 || one >= floor)).toBe(true);
        });
        expect(determinedOf(cells)).toEqual([]);
      }),
    );
    expect(told).toBeGreaterThan(5);
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
 * Hidden cells of a square that rows, columns and diagonal determine: an equation of that cell alone adds nothing to
 * theirs. In whole numbers.
 */
function determinedOf(shown: readonly (readonly DisclosedCell[])[]): number[] {
  const k = shown.length;
  const hidden = shown.flat().flatMap((one, cell) => (one === null ? [cell] : []));
  const lines = Array.from({ length: k }, (_, i) => i);
  const equations = [
    ...lines.map((r) => hidden.map((cell) => BigInt(Math.floor(cell / k) === r))),
    ...lines.map((c) => hidden.map((cell) => BigInt(cell % k === c))),
    hidden.map((cell) => BigInt(Math.floor(cell / k) === cell % k)),
  ];
  const rank = rankOf(equations);
  return hidden.filter((_, at) => rankOf([...equations, hidden.map((__, i) => BigInt(i === at))]) === rank);
}

/** By elimination without division (Bareiss, Math Comput 1968;22:565-578, without his exact divisions). */
function rankOf(matrix: readonly (readonly bigint[])[]): number {
  let rows = matrix.map((row) => [...row]);
  let rank = 0;
  for (let column = 0; column < (matrix[0]?.length ?? 0); column++) {
    const pivot = rows.find((row) => row[column] !== 0n);
    if (!pivot) continue;
    rank++;
    rows = rows
      .filter((row) => row !== pivot)
      .map((row) => row.map((value, i) => value * pivot[column]! - pivot[i]! * row[column]!));
  }
  return rank;
}

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
