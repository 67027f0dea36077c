// The known pixels around a hole: what its fill is held against.
import { type GrayImage, type ValueRange } from '../gray-image.ts';
import type { Hole } from './marker-mask.ts';

/** Rim of known pixels that limits the fill: this fraction of the hole's longer side, at least 4 px. */
const RING_FRACTION = 0.1;
const RING_MIN_PX = 4;

/** Width of the ring, native px. */
export function ringReach({ box }: Hole): number {
  return Math.max(RING_MIN_PX, Math.ceil(RING_FRACTION * Math.max(box.x2 - box.x1, box.y2 - box.y1)));
}

/** Visits the known pixels within `reach` of the hole's box, row by row; `i` is their place in the film. */
export function forEachRingPixel(
  { width, height }: Pick<GrayImage, 'width' | 'height'>,
  mask: Uint8Array,
  { box }: Hole,
  reach: number,
  visit: (i: number) => void,
): void {
  for (let y = Math.max(0, box.y1 - reach); y < Math.min(height, box.y2 + reach); y++) {
    for (let x = Math.max(0, box.x1 - reach); x < Math.min(width, box.x2 + reach); x++) {
      const i = y * width + x;
      if (mask[i] === 0) visit(i);
    }
  }
}

/** Lowest and highest known value of the ring; undefined when there is none. */
export function ringRange(image: GrayImage, mask: Uint8Array, hole: Hole): ValueRange | undefined {
  let min = Infinity;
  let max = -Infinity;
  forEachRingPixel(image, mask, hole, ringReach(hole), (i) => {
    const value = image.pixels[i]!;
    if (value < min) min = value;
    if (value > max) max = value;
  });
  return min > max ? undefined : { min, max };
}
