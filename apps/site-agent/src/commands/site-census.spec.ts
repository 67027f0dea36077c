import { describe, expect, it } from '@jest/globals';
import type { ImageOutcome, MarkerFacts } from '../pipeline/image/image-outcome.ts';
import { censusText, siteCensus } from './site-census.ts';

const scored = (census?: MarkerFacts[]): ImageOutcome => ({
  kind: 'scored',
  scores: [[[0]]],
  inert: { inpainted: false, clipped: false },
  markers: { left: 0, right: 0, other: 0, needsReview: false },
  ...(census ? { census } : {}),
});

const marker = (change: Partial<MarkerFacts>): MarkerFacts => ({
  ...{ letter: 'left', look: 'digital', x: 0.9, y: 0.1, size: 0.05, intensity: 0.8 },
  ...change,
});

describe('siteCensus', () => {
  it('counts films, not markers, and hides nothing from the site itself', () => {
    const census = siteCensus([
      scored([marker({}), marker({ size: 0.07 })]),
      scored([marker({ letter: 'right', look: 'lead', x: 0.1, y: 0.5, intensity: 0.6 })]),
      scored([]),
      scored(),
      { kind: 'skipped', reason: 'truncated' },
    ]);
    expect(census).toMatchObject({
      films: 3,
      marked: 2,
      letters: { left: 1, right: 1, other: 0 },
      looks: { digital: 1, lead: 1 },
      place: [
        [0, 0, 1],
        [1, 0, 0],
        [0, 0, 0],
      ],
    });
    expect(census.size).toBeCloseTo(0.055, 9);
    expect(census.intensity).toBeCloseTo(0.7, 9);
    expect(census.markers.map(({ length }) => length)).toEqual([2, 1, 0]);
    expect(censusText(census)).toMatch(/with a marker\s+│\s+2/);
  });

  it('says so where there is nothing', () => {
    expect(siteCensus([])).toMatchObject({ films: 0, size: null });
    expect(censusText(siteCensus([]))).toMatch(/no census/);
  });
});
