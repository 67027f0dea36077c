// How plainly the rim of a filled hole shows: steps across it, beside the steps among the known pixels around.
import type { GrayImage } from '../gray-image.ts';
import type { Hole } from './marker-mask.ts';
import { ringReach } from './ring.ts';

/** Where the surroundings are flat, this share of one grey level stands for their steps. */
const FLAT = 0.01;
const MOST = 100;

/**
 * Mean |step| between neighbours of which one is filled, over the mean |step| between known neighbours of the rings; all
 * holes of a film together. 1: the rim looks as its surroundings do; below, it is smoother.
 * @param image as filled
 * @returns in [0, 100]; undefined when no hole has a known neighbour
 */
export function seamScore(image: GrayImage, mask: Uint8Array, holes: readonly Hole[]): number | undefined {
  const steps = { rim: 0, rims: 0, ring: 0, rings: 0 };
  for (const hole of holes) addSteps(steps, image, mask, hole);
  if (steps.rims === 0 || steps.rings === 0) return undefined;
  const score = (steps.rim / steps.rims + FLAT) / (steps.ring / steps.rings + FLAT);
  return Math.min(MOST, score);
}

function addSteps(
  steps: { rim: number; rims: number; ring: number; rings: number },
  { width, height, pixels }: GrayImage,
  mask: Uint8Array,
  hole: Hole,
): void {
  const reach = ringReach(hole);
  const right = Math.min(width, hole.box.x2 + reach);
  const bottom = Math.min(height, hole.box.y2 + reach);
  const add = (i: number, j: number): void => {
    const step = Math.abs(pixels[i]! - pixels[j]!);
    if (mask[i] !== mask[j]) {
      steps.rim += step;
      steps.rims++;
    } else if (mask[i] === 0) {
      steps.ring += step;
      steps.rings++;
    }
  };
  for (let y = Math.max(0, hole.box.y1 - reach); y < bottom; y++) {
    for (let x = Math.max(0, hole.box.x1 - reach); x < right; x++) {
      const i = y * width + x;
      if (x + 1 < right) add(i, i + 1);
      if (y + 1 < bottom) add(i, i + width);
    }
  }
}
