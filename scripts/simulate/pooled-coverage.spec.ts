import { describe, expect, it } from '@jest/globals';
import { coverage, fromScores, knownVariances } from './pooled-coverage.ts';

describe('coverage', () => {
  it('of the floored interval keeps its level where the normal one of few sites does not', () => {
    const held = coverage({ sites: 3, tau: 0.06 }, 0.03, knownVariances(1), 2000, 2);
    expect(held['REML, floored']).toBeGreaterThan(0.93);
    expect(held['REML, normal']).toBeLessThan(0.9);
    expect(held['FE, normal']).toBeLessThan(held['DL, normal']);
  });

  it('is the same for the same seed, and holds from raw scores', () => {
    const run = () => coverage({ sites: 5, tau: 0.2 }, 1.4, fromScores(3), 200, 4);
    expect(run()).toEqual(run());
    expect(run()['REML, floored']).toBeGreaterThan(0.9);
  });
});
