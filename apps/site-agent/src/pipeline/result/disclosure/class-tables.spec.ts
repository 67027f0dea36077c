import { describe, expect, it } from '@jest/globals';
import type { Arm } from '@sidemark/core/contract';
import { seededRandom } from '@sidemark/phantom';
import type { DatasetRow } from '../../../dataset/registered-dataset.ts';
import type { Curve } from '../curves.ts';
import { shownClassTables } from './class-tables.ts';

const FLOOR = 10;
const LABELS = ['none', 'opacity', 'effusion'];
const EVERY = 300;
const truth = Array.from({ length: EVERY }, (_, row) => row % 3);

/** Right but for `wrong` answers of one kind: class 0 called 1. */
const answers = (wrong: number): number[] => {
  const chosen = truth.flatMap((own, row) => (own === 0 ? [row] : [])).slice(0, wrong);
  return truth.map((own, row) => (chosen.includes(row) ? 1 : own));
};

/** Wrong answers of every kind, so that the diagonal gives no cell away; three alone are of class 0 called 1. */
function spread(seed: string): number[] {
  const random = seededRandom(seed);
  let rare = 0;
  return truth.map((own) => {
    if (random.next() < 0.5) return own;
    const other = (own + 1 + Math.floor(2 * random.next())) % 3;
    return own === 0 && other === 1 && ++rare > 3 ? 2 : other;
  });
}

function tablesOf(arms: readonly (readonly number[])[], floor = FLOOR) {
  const names: Arm[] = ['original', 'inpainted', 'clipped'];
  const curves = arms.map((values, at): Curve => ({
    ...{ classifier: 'grades', arm: names[at]!, values },
    ...{ kind: 'multiclass', model: 'a'.repeat(64) },
  }));
  const rows = truth.map((own, i): DatasetRow => ({
    ...{ path: `${i}`, sha256: `${i}`.padStart(64, '0'), patient: `p${i}`, label: own === 0 ? 0 : 1 },
    class: own,
  }));
  const cells = { curves, patients: truth.map((_, row) => row) };
  const manifests = new Map([['grades', { labels: LABELS }]]);
  const shown = shownClassTables({ set: { rows }, cells, manifests, floor });
  return curves.map((curve) => shown(curve));
}

const rightIn = (values: readonly number[]): number =>
  values.filter((answer, row) => answer === truth[row]).length;
const hiddenIn = (cells: readonly (readonly (number | null)[])[]): number =>
  cells.flat().filter((count) => count === null).length;

describe(shownClassTables, () => {
  it('shows whole tables with the sum of their diagonal', () => {
    const [table] = tablesOf([answers(20)]);
    expect(table).toEqual({
      cells: [
        [80, 20, 0],
        [0, 100, 0],
        [0, 0, 100],
      ],
      diagonal: 280,
    });
  });

  it('tells how many are right beside hidden cells', () => {
    const values = spread('one');
    const [table] = tablesOf([values]);
    expect(hiddenIn(table!.cells)).toBeGreaterThan(3);
    expect(table!.diagonal).toBe(rightIn(values));
  });

  it('keeps the second of two sums whose answers differ on a few patients, and the one that is not whole', () => {
    const near = spread('one');
    const moved = near.map((answer, row) => (row < 7 ? (answer + 1) % 3 : answer));
    const [first, second] = tablesOf([near, moved]);
    expect([first!.diagonal, second!.diagonal]).toEqual([rightIn(near), null]);
    expect(hiddenIn(second!.cells)).toBeLessThanOrEqual(hiddenIn(first!.cells));
    expect(tablesOf([near, moved], 1)[1]!.diagonal).toBe(rightIn(moved));
    // nine wrong ones are too few, with whatever comes beside them
    const [few, whole] = tablesOf([answers(9), answers(12)]);
    expect([few!.diagonal, whole!.diagonal]).toEqual([null, 288]);
  });

  it('sees through answers by other names', () => {
    const near = spread('one');
    const turned = near.map((answer, row) => (row < 7 ? answer : (answer + 1) % 3));
    const [first, second] = tablesOf([near, turned]);
    expect(first!.diagonal).toBe(rightIn(near));
    expect(second!.diagonal).toBeNull();
  });

  it('tells both where enough patients moved, or none', () => {
    const [near, far] = [spread('one'), spread('two')];
    const found = tablesOf([near, far, near]).map(({ diagonal }) => diagonal);
    expect(found).toEqual([rightIn(near), rightIn(far), rightIn(near)]);
  });
});
