import { describe, expect, it } from '@jest/globals';
import { missingSequences } from './missing-sequences.ts';

describe('missingSequences', () => {
  it.each([
    [[], []],
    [[1, 2, 3], []],
    [[3], [1, 2]],
    [
      [5, 1, 3],
      [2, 4],
    ],
    [
      [2, 2, 4],
      [1, 3],
    ],
  ])('of %p are %p', (seen, missing) => {
    expect(missingSequences(seen)).toEqual(missing);
  });

  it('names a thousand gaps at most, however high the number', () => {
    expect(missingSequences([1_000_000_000], 3)).toEqual([1, 2, 3]);
    expect(missingSequences([5, 1_000_000_000], 6)).toEqual([1, 2, 3, 4, 6, 7]);
  });
});
