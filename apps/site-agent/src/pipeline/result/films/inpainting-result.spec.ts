import { describe, expect, it } from '@jest/globals';
import type { ScoredImage } from '../../image/image-outcome.ts';
import type { CommonSet } from '../common-set.ts';
import { inpaintingResult } from './inpainting-result.ts';

/** One film a patient; the first `marked` have a hole. */
function setOf(films: number, marked: number): CommonSet {
  const rows = Array.from({ length: films }, (_, k) => ({
    path: `${k}.png`,
    sha256: `${k}`,
    label: 0 as const,
    patient: `p${k}`,
  }));
  const images = rows.map((_, k): ScoredImage => ({
    kind: 'scored',
    scores: [],
    inert: { inpainted: k >= marked, clipped: k >= marked },
    markers: { left: 0, right: 0, other: 0, needsReview: false },
    ...(k < marked ? { holes: { count: 2, area: 1234, clamped: 7, seam: 1 + (k % 2) } } : {}),
  }));
  return { rows, images, labels: rows.map(({ label }) => label), clusters: undefined };
}

describe('inpaintingResult', () => {
  it('sums over the films with a hole, coarsely', () => {
    const found = inpaintingResult(setOf(30, 20), 10);
    expect(found).toMatchObject({
      kind: 'inpainted',
      films: { images: 20, patients: 20 },
      holes: 40,
      area: 24_700,
      clamped: 140,
      seam: { mean: 1.5, variance: 0.263 },
    });
  });

  it('withholds what rests on fewer patients than the floor, and says nothing of nothing', () => {
    expect(inpaintingResult(setOf(30, 9), 10)).toEqual({ kind: 'not-estimable', reason: 'too-few-affected' });
    expect(inpaintingResult(setOf(30, 0), 10)).toBeUndefined();
  });
});
