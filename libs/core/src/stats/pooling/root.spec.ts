import { describe, expect, it } from '@jest/globals';
import { fallingRoot, highestRoot } from './root.ts';

describe('fallingRoot', () => {
  it('is solved to neighbouring doubles, far from where it starts', () => {
    for (const root of [1e-12, 0.3, 7e8]) expect(fallingRoot((at) => root - at, 1) / root).toBeCloseTo(1, 14);
  });

  it('is 0 where the curve starts at or below 0', () => {
    expect(fallingRoot((at) => -at, 1)).toBe(0);
    expect(fallingRoot((at) => -1 - at, 1)).toBe(0);
  });
});

describe('highestRoot', () => {
  // slope of -(x - 1)^2 (x - 5)^2: two maxima, at 1 and 5, a valley at 3
  const slope = (x: number): number => -(x - 1) * (x - 3) * (x - 5);

  it('takes the higher of two maxima, not the nearer one', () => {
    expect(highestRoot(slope, (x) => x, 1)).toBeCloseTo(5, 12);
    expect(highestRoot(slope, (x) => (x > 0 ? -x : -9), 1)).toBeCloseTo(1, 12);
  });

  it('stays at 0 where that is highest', () => {
    expect(highestRoot(slope, (x) => -x, 1)).toBe(0);
    expect(
      highestRoot(
        (x) => -1 - x,
        () => 0,
        1,
      ),
    ).toBe(0);
  });
});
