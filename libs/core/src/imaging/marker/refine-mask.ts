// A smaller hole: of each dilated box only what is bright as a marker is, so that less anatomy is lost.
import type { Box } from '../box.ts';
import type { GrayImage } from '../gray-image.ts';
import { forEachHolePixel, type Hole, type MarkerMask } from './marker-mask.ts';

export interface RefineSpec {
  /** side of the square that closes gaps, native px, odd */
  closePx: number;
  /** growth afterwards, native px, inside the box */
  growPx: number;
  /** share of a box's outermost pixels above the cut, in [0, 1]; beyond it the ground is as bright as the marker */
  maxBorderShare: number;
}

/**
 * Keeps of each dilated box the pixels above its Otsu cut, closed and grown. A box on bright ground or of one grey
 * stays whole: there the cut would part ground from marker, and leave what is dark of the marker.
 * The result lies inside the mask that came in; every hole keeps its boxes, so no two holes come to touch.
 */
export function refineMask(image: GrayImage, marked: MarkerMask, spec: RefineSpec): MarkerMask {
  const { width } = image;
  const mask = new Uint8Array(marked.mask.length);
  for (const box of marked.holes.flatMap(({ boxes }) => boxes)) drawBright(mask, image, box, spec);
  const holes = marked.holes.map((hole) => ({ ...hole, area: areaOf(mask, width, hole) }));
  return { ...marked, mask, holes };
}

function drawBright(mask: Uint8Array, image: GrayImage, box: Box, spec: RefineSpec): void {
  const [w, h] = [box.x2 - box.x1, box.y2 - box.y1];
  const values = new Float64Array(w * h);
  for (let y = 0; y < h; y++) {
    const start = (box.y1 + y) * image.width + box.x1;
    values.set(image.pixels.subarray(start, start + w), y * w);
  }
  const cut = otsuCut(values);
  const bright = new Uint8Array(w * h);
  for (let i = 0; i < bright.length; i++) bright[i] = values[i]! >= cut ? 1 : 0;
  const { closePx, growPx, maxBorderShare } = spec;
  if (borderShare(bright, w, h) > maxBorderShare) bright.fill(1);
  const reach = (closePx - 1) / 2;
  // beyond the box lies nothing for the maximum, and everything for the minimum: closing loses no pixel
  const closed = spread(spread(bright, w, h, reach, 1), w, h, reach, 0);
  const grown = spread(closed, w, h, growPx, 1);
  for (let y = 0; y < h; y++) {
    const start = (box.y1 + y) * image.width + box.x1;
    for (let x = 0; x < w; x++) if (grown[y * w + x] === 1) mask[start + x] = 1;
  }
}

/** Share of the outermost pixels that are set. */
function borderShare(set: Uint8Array, w: number, h: number): number {
  let [on, all] = [0, 0];
  for (let y = 0; y < h; y++) {
    const step = y === 0 || y === h - 1 ? 1 : Math.max(1, w - 1);
    for (let x = 0; x < w; x += step, all++) on += set[y * w + x]!;
  }
  return on / all;
}

const BINS = 256;

/**
 * The value that parts dark from bright with the largest variance between the two (Otsu 1979), from 256 bins between
 * the lowest and the highest value; the lowest value itself when all are equal. On ties the lower cut.
 * @param values not empty
 * @returns bright is what is at or above
 */
export function otsuCut(values: Float64Array): number {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]!);
    high = Math.max(high, values[i]!);
  }
  if (low === high) return low;
  const counts = new Float64Array(BINS);
  const gain = BINS / (high - low);
  for (let i = 0; i < values.length; i++)
    counts[Math.min(BINS - 1, Math.floor((values[i]! - low) * gain))]!++;
  let total = 0;
  for (let bin = 0; bin < BINS; bin++) total += bin * counts[bin]!;
  let [below, sumBelow, best, bestBin] = [0, 0, -1, 0];
  for (let bin = 0; bin < BINS - 1; bin++) {
    below += counts[bin]!;
    sumBelow += bin * counts[bin]!;
    if (below === 0) continue;
    const above = values.length - below;
    const gap = sumBelow / below - (total - sumBelow) / above;
    const between = below * above * gap * gap;
    if (between > best) [best, bestBin] = [between, bin];
  }
  return low + (bestBin + 1) / gain;
}

/** Square dilation (`of` 1) or erosion (`of` 0), side 2 reach + 1: rows, then columns. */
function spread(set: Uint8Array, w: number, h: number, reach: number, of: 0 | 1): Uint8Array {
  const alongRows = runs(set, { lines: h, length: w, line: w, step: 1 }, reach, of);
  return runs(alongRows, { lines: w, length: h, line: 1, step: w }, reach, of);
}

interface Lines {
  lines: number;
  length: number;
  /** from one line to the next, and from pixel to pixel */
  line: number;
  step: number;
}

function runs(set: Uint8Array, { lines, length, line, step }: Lines, reach: number, of: 0 | 1): Uint8Array {
  const out = set.slice();
  for (let l = 0; l < lines; l++) {
    for (let i = 0; i < length; i++) {
      if (set[l * line + i * step] !== of) continue;
      const last = Math.min(length - 1, i + reach);
      for (let j = Math.max(0, i - reach); j <= last; j++) out[l * line + j * step] = of;
    }
  }
  return out;
}

function areaOf(mask: Uint8Array, width: number, hole: Hole): number {
  let area = 0;
  forEachHolePixel(mask, width, hole, () => area++);
  return area;
}
