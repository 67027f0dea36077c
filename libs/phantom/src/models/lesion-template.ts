// Where the analytic classifiers look: planes of GRID x GRID weights that sum to 1, in the frame of the mean body.
import { bodyPoint, drawHabitus, type Habitus } from '../anatomy/habitus.ts';
import { lungness } from '../anatomy/torso.ts';
import { lesionPrior } from '../lesion/lesion.ts';
import { GRID } from './linear-classifier.ts';

/** upper, middle, lower: parts of both lungs. belly: soft tissue that no lesion reaches, the yardstick. corner: top left of the film, where some sites put their marker. */
export type Region = 'upper' | 'middle' | 'lower' | 'belly' | 'corner';
export const REGIONS: readonly Region[] = ['upper', 'middle', 'lower', 'belly', 'corner'];

/** Nobody in particular: every draw in the middle of its interval. */
const MEAN_BODY: Habitus = drawHabitus({
  next: () => 0.5,
  between: (low, high) => (low + high) / 2,
  normal: () => 0,
  fillNormal: (plane) => void plane.fill(0),
  chance: () => false,
  pick: (values) => values[0]!,
  fork: () => {
    throw new RangeError('invalid use; the mean body draws no streams');
  },
});

/** The region's weights, row-major, >= 0, sum 1: its dot product with the cell means is a mean brightness. */
export function regionPlane(region: Region): Float32Array {
  const plane = Float32Array.from({ length: GRID * GRID }, (_, i) =>
    weightAt(region, i % GRID, Math.floor(i / GRID)),
  );
  const total = plane.reduce((sum, weight) => sum + weight, 0);
  return plane.map((weight) => weight / total);
}

/** Sum of region planes times their coefficients. */
export function mixRegions(coefficients: Readonly<Partial<Record<Region, number>>>): Float32Array {
  const mixed = new Float32Array(GRID * GRID);
  for (const region of REGIONS) {
    const coefficient = coefficients[region] ?? 0;
    regionPlane(region).forEach((weight, i) => (mixed[i]! += coefficient * weight));
  }
  return mixed;
}

function weightAt(region: Region, x: number, y: number): number {
  const { u, v } = bodyPoint(x, y, GRID, MEAN_BODY);
  const lung = lungness(u, v, MEAN_BODY);
  switch (region) {
    case 'upper':
      return v < -0.3 ? lung : 0;
    case 'middle':
      return lesionPrior('opacity', u, v, lung);
    case 'lower':
      return lesionPrior('effusion', u, v, lung);
    case 'belly':
      return v > 0.62 && v < 0.92 && Math.abs(u) > 0.12 && Math.abs(u) < 0.6 ? 1 : 0;
    case 'corner':
      return Math.max(x, y) < 0.16 * GRID && Math.min(x, y) >= 0.03 * GRID ? 1 : 0;
  }
}
