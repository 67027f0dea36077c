import { describe, expect, it } from '@jest/globals';
import { rankDraws } from './rank-draws.ts';
import { seededNormals, seedOf, seedText } from './seeded-normals.ts';

const digests = ['0123456789abcdef'.repeat(4), 'fedcba9876543210'.repeat(4)];
const seed = seedOf(digests);

describe('seeded normals', () => {
  it('do not depend on the order of the digests, and do on each', () => {
    expect(seedOf([...digests].reverse())).toEqual(seed);
    expect(seedText(seed)).toMatch(/^[0-9a-f]{32}$/);
    expect(seedOf(digests.slice(1))).not.toEqual(seed);
    expect(seedText([0, 1, 0xffffffff, 16])).toBe('0000000000000001ffffffff00000010');
  });

  it('have the moments of a normal, and few beyond 1.96', () => {
    const normal = seededNormals(seed);
    const values = Array.from({ length: 100_000 }, normal);
    const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
    const square = values.reduce((sum, x) => sum + x * x, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.01);
    expect(Math.abs(square - 1)).toBeLessThan(0.02);
    expect(values.filter((x) => Math.abs(x) > 1.959964).length / values.length).toBeCloseTo(0.05, 2);
  });
});

describe('rankDraws', () => {
  it('gives the normal probability that one of two is higher', () => {
    // P(Z > -1) = 0.8413447
    const [first, second] = rankDraws(
      [1, 0],
      [
        [0.6, 0.1],
        [0.1, 0.6],
      ],
      100_000,
      seed,
    );
    expect(first!.best).toBeCloseTo(0.8413, 2);
    expect(first!.best + second!.best).toBeCloseTo(1, 12);
    expect(first!.meanRank).toBeCloseTo(2 - first!.best, 9);
  });

  it('shares draws among equal values, singular covariances included', () => {
    const one = [
      [1, 1],
      [1, 1],
    ];
    expect(rankDraws([0.5, 0.5], one, 1000, seed)).toEqual([
      { best: 0.5, meanRank: 1.5 },
      { best: 0.5, meanRank: 1.5 },
    ]);
    expect(
      rankDraws(
        [0.2, 0.1],
        [
          [0, 0],
          [0, 0],
        ],
        10,
        seed,
      ).map(({ best }) => best),
    ).toEqual([1, 0]);
  });

  it('refuses what is no covariance, no number, no count', () => {
    expect(() => rankDraws([0, 0], [[1]], 10, seed)).toThrow(/2 x 2/);
    expect(() => rankDraws([NaN], [[1]], 10, seed)).toThrow(/finite: NaN/);
    expect(() => rankDraws([0], [[1]], 0, seed)).toThrow(/count >= 1: 0/);
  });
});
