import { describe, expect, it } from '@jest/globals';
import type { DatasetRow, Split } from './registered-dataset.ts';
import { fullestSet, isInSet, rowSetOf, setsOf } from './row-sets.ts';

let number = 0;
const row = (split?: Split, label: 0 | 1 = 1): DatasetRow => ({
  path: `${++number}.png`,
  sha256: `${number}`.padStart(64, '0'),
  label,
  patient: `p${number}`,
  ...(split === undefined ? {} : { split }),
});
const third = { fold: { k: 5, heldOut: 3 }, trainedOnSites: ['north'] };
const plain = { trainedOnSites: ['north'] };
const divided = [row('train'), row('test'), row(), row('fold-1'), row('fold-3')];

describe('the rows that a classifier is judged on', () => {
  it('are all where no row has a split', () => {
    expect(rowSetOf(plain, [row(), row()], 'north')).toBe('all');
    expect(rowSetOf(third, [row(), row()], 'north')).toBe('all');
    expect(isInSet('all', row())).toBe(true);
  });

  it('are those of no training for a classifier without a fold', () => {
    expect(rowSetOf(plain, divided, 'north')).toBe('test');
    expect(divided.map((one) => isInSet('test', one))).toEqual([false, true, true, false, false]);
  });

  it('are the fold that was held out, at a site that the model was trained at', () => {
    expect(rowSetOf(third, divided, 'north')).toBe('fold-3');
    expect(divided.map((one) => isInSet('fold-3', one))).toEqual([false, false, false, false, true]);
  });

  it('are those of no training elsewhere, and where the dataset has no such fold', () => {
    expect(rowSetOf(third, divided, 'south')).toBe('test');
    expect(rowSetOf(third, divided.slice(0, 4), 'north')).toBe('test');
  });

  it('count for the floor set by set, and rows of training for none', () => {
    const rows = [
      ...[0, 1, 0, 1, 0, 1].map((label) => row('train', label as 0 | 1)),
      ...[0, 1, 1].map((label) => row('test', label as 0 | 1)),
      ...[0, 0, 1, 1].map((label) => row('fold-2', label as 0 | 1)),
    ];
    expect(setsOf(rows)).toEqual(['fold-2', 'test']);
    expect(setsOf([row()])).toEqual(['all']);
    expect(fullestSet(rows, setsOf(rows))).toEqual({ '0': 2, '1': 2 });
    expect(fullestSet(rows, ['test'])).toEqual({ '0': 1, '1': 2 });
  });
});
