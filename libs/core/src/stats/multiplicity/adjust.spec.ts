import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { adjustP, gatekeep } from './adjust.ts';

const pValues = fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 20 });

describe('adjustP', () => {
  it('orders the corrections: Bonferroni >= Holm >= Hochberg >= BH >= p, BY >= BH', () => {
    fc.assert(
      fc.property(pValues, (values) => {
        const by = (correction: Parameters<typeof adjustP>[1]) => adjustP(values, correction);
        const [bonferroni, holm, hochberg, bh, dependent] = [
          by('bonferroni'),
          by('holm'),
          by('hochberg'),
          by('bh'),
          by('by'),
        ];
        values.forEach((p, at) => {
          if (p === null) expect(holm[at]).toBeNull();
          else {
            expect(bonferroni[at]).toBeGreaterThanOrEqual(holm[at]!);
            expect(holm[at]).toBeGreaterThanOrEqual(hochberg[at]!);
            expect(hochberg[at]! - bh[at]!).toBeGreaterThanOrEqual(-1e-15);
            expect(bh[at]! - p).toBeGreaterThanOrEqual(-1e-15);
            expect(dependent[at]).toBeGreaterThanOrEqual(bh[at]!);
          }
        });
      }),
    );
  });

  it('refuses what is no probability', () => {
    expect(() => adjustP([0.1, 1.2], 'holm')).toThrow('p-values must lie in [0, 1]: 1.2');
    expect(adjustP([], 'bh')).toEqual([]);
  });
});

describe('gatekeep', () => {
  it('opens the family only through the primary', () => {
    expect(gatekeep([[0.03], [0.01, 0.001, 0.5]])).toEqual([[0.03], [0.03, 0.03, 0.5]]);
    expect(gatekeep([[0.2], [0.001]])).toEqual([[0.2], [0.2]]);
  });

  it('keeps a gate shut that could not be tested', () => {
    expect(gatekeep([[null], [0.001, null], [0.001]])).toEqual([[null], [1, null], [1]]);
  });

  it('is Holm for one family', () => {
    fc.assert(
      fc.property(pValues, (values) => {
        expect(gatekeep([values])).toEqual([adjustP(values, 'holm')]);
      }),
    );
  });
});
