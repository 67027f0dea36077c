// Fills that need no model: to compare an inpainter with, or to do without one. Outside the holes every bit stays.
import { copyPixels, type GrayImage } from '../gray-image.ts';
import { harmonicFill } from './harmonic-fill.ts';
import { forEachHolePixel, type Hole, type MarkerMask } from './marker-mask.ts';
import { forEachRingPixel } from './ring.ts';

/** harmonic: the smoothest surface through the rim; border-median: one grey; blackout: the lowest value. */
export type BaselineFill = 'harmonic' | 'border-median' | 'blackout';

/** Known pixels around a hole whose median is taken, px. */
const MEDIAN_RING_PX = 6;

/** @returns the film itself when there is no hole */
export function baselineFill(
  film: GrayImage,
  { mask, holes }: Pick<MarkerMask, 'mask' | 'holes'>,
  fill: BaselineFill,
): GrayImage {
  if (holes.length === 0) return film;
  const pixels = copyPixels(film.pixels);
  for (const hole of holes) {
    const valueAt = valuesOf(film, mask, hole, fill);
    forEachHolePixel(mask, film.width, hole, (x, y) => {
      pixels[y * film.width + x] = valueAt(x, y);
    });
  }
  return { ...film, pixels };
}

function valuesOf(
  film: GrayImage,
  mask: Uint8Array,
  hole: Hole,
  fill: BaselineFill,
): (x: number, y: number) => number {
  switch (fill) {
    case 'harmonic':
      return harmonicValues(film, mask, hole);
    case 'border-median': {
      const median = borderMedian(film, mask, hole);
      return () => median;
    }
    case 'blackout':
      return () => film.minValue;
  }
}

/** Of the known pixels around; the lowest value of the film where there is none. */
function borderMedian(film: GrayImage, mask: Uint8Array, hole: Hole): number {
  const known: number[] = [];
  forEachRingPixel(film, mask, hole, MEDIAN_RING_PX, (i) => known.push(film.pixels[i]!));
  known.sort((a, b) => a - b);
  return known[known.length >> 1] ?? film.minValue;
}

/** Only the rim of a hole shapes its surface, so a window with a margin of the hole's own side is enough. */
function harmonicValues(film: GrayImage, mask: Uint8Array, { box }: Hole): (x: number, y: number) => number {
  const margin = Math.max(box.x2 - box.x1, box.y2 - box.y1);
  const x0 = Math.max(0, box.x1 - margin);
  const y0 = Math.max(0, box.y1 - margin);
  const width = Math.min(film.width, box.x2 + margin) - x0;
  const height = Math.min(film.height, box.y2 + margin) - y0;
  const pixels = new Int32Array(width * height);
  const hidden = new Uint8Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const at = (y0 + y) * film.width + x0 + x;
      pixels[i] = film.pixels[at]!;
      hidden[i] = mask[at]!;
    }
  }
  const filled = harmonicFill({ ...film, width, height, pixels }, hidden);
  return (x, y) => filled.pixels[(y - y0) * width + (x - x0)]!;
}
