import { describe, expect, it } from '@jest/globals';
import { crossFittedAuc } from './cross-fitted.ts';

const rows = Array.from({ length: 40 }, (_, row) => row);
const labels = rows.map((row): 0 | 1 => (row % 2 === 0 ? 1 : 0));
const folds = rows.map((row) => Math.floor(row / 2) % 5);

describe('crossFittedAuc', () => {
  it('is 1 for a feature that is the label, 0.5 for one that says nothing', () => {
    const told = labels.map((label) => (label === 1 ? 'L' : 'R'));
    expect(crossFittedAuc([told], labels, folds, rows).auc).toEqual({ kind: 'estimate', value: 1 });
    const same = rows.map(() => 'L');
    const none = crossFittedAuc([same], labels, folds, rows);
    expect(none).toEqual({ auc: { kind: 'estimate', value: 0.5 }, variance: { kind: 'estimate', value: 0 } });
  });

  it('learns nothing from the fold that it is tried on: what holds in one fold alone is no help there', () => {
    const own = rows.map((row) => (folds[row] === 0 && labels[row] === 1 ? 'L' : 'none'));
    const { auc } = crossFittedAuc([own], labels, folds, rows);
    // in fold 0 the level was never seen; elsewhere all are alike
    expect(auc).toEqual({ kind: 'estimate', value: 0.5 });
  });

  it('weights folds by their pairs, and leaves out those of one class', () => {
    const one = rows.map((row) => (row < 4 ? 9 : folds[row]!));
    const lonely = labels.map((label, row): 0 | 1 => (row < 4 ? 1 : label));
    const told = lonely.map((label) => (label === 1 ? 'L' : 'R'));
    expect(crossFittedAuc([told], lonely, one, rows).auc).toEqual({ kind: 'estimate', value: 1 });
    const all = rows.map((): 0 | 1 => 1);
    expect(crossFittedAuc([told], all, folds, rows).auc).toMatchObject({ reason: 'no-negatives' });
    expect(() => crossFittedAuc([told.slice(1)], labels, folds, rows)).toThrow(RangeError);
  });
});
