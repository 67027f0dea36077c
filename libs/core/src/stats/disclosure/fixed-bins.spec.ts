import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { binOf, changeEdges, fittingCells, scoreEdges } from './fixed-bins.ts';

describe('edges', () => {
  it.each([scoreEdges, changeEdges])('ascend and are symmetric', (...edges) => {
    expect([...edges].sort((a, b) => a - b)).toEqual(edges);
    edges.forEach((edge, i) => expect(edges[edges.length - 1 - i]).toBeCloseTo(-edge, 12));
  });

  it('have one half as an edge of the score grid: where most classifiers decide', () => {
    expect(scoreEdges).toContain(0);
    expect(scoreEdges).toHaveLength(27);
  });
});

describe('binOf', () => {
  it('puts a value on an edge above it', () => {
    expect([-3, 0, 0.5, 1, 7].map((value) => binOf(value, [0, 1]))).toEqual([0, 1, 1, 2, 2]);
  });
});

describe('fittingCells', () => {
  const sizesFit = (sizes: readonly number[], floor: number) => (from: number, to: number) =>
    sizes.slice(from, to).reduce((a, b) => a + b, 0) >= floor;

  it('takes together as few bins as it must', () => {
    expect(fittingCells(5, sizesFit([5, 1, 4, 9, 2], 5))).toEqual([{ upTo: 1 }, { upTo: 3 }, { upTo: 5 }]);
    expect(fittingCells(3, sizesFit([1, 1, 1], 5))).toEqual([]);
  });

  it('has every bin in one cell, every cell fit, and as many cells as there can be', () => {
    const lists = fc.array(fc.nat(8), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 8 }), (sizes, floor) => {
        const fit = sizesFit(sizes, floor);
        const cells = fittingCells(sizes.length, fit);
        const whole = sizes.reduce((a, b) => a + b, 0);
        expect(cells.length > 0).toBe(whole >= floor);
        // for a plain floor the greedy division from the left has the most cells
        let [greedy, sum] = [0, 0];
        for (const size of sizes) if ((sum += size) >= floor) [greedy, sum] = [greedy + 1, 0];
        expect(cells).toHaveLength(greedy);
        let from = 0;
        for (const { upTo } of cells) {
          expect(fit(from, upTo)).toBe(true);
          from = upTo;
        }
        if (cells.length > 0) expect(from).toBe(sizes.length);
      }),
    );
  });
});
