// The surroundings of a hole, and what a judge may look at.
import { type Box, type GrayImage, range } from '@sidemark/core/imaging';
import { boxMean, type Window } from './hole-metrics.ts';

export interface Hole {
  where: 'interior' | 'body edge' | 'film border';
}

/** Known pixels around a hole that belong to its window. */
const MARGIN = 12;
/** A hole whose true rim spans more than this share of the film's range lies on an edge of the body. */
const EDGE_SPAN = 0.35;

/** The hole with its margin, cut at the film's border. */
export function windowOf(truth: GrayImage, filled: GrayImage, mask: Uint8Array, box: Box): Window {
  const x1 = Math.max(0, box.x1 - MARGIN);
  const y1 = Math.max(0, box.y1 - MARGIN);
  const width = Math.min(truth.width, box.x2 + MARGIN) - x1;
  const height = Math.min(truth.height, box.y2 + MARGIN) - y1;
  const index = (i: number): number => (y1 + Math.floor(i / width)) * truth.width + x1 + (i % width);
  const cut = (pixels: ArrayLike<number>): Float64Array =>
    Float64Array.from({ length: width * height }, (_, i) => pixels[index(i)]!);
  return {
    width,
    height,
    truth: cut(truth.pixels),
    filled: cut(filled.pixels),
    hole: Uint8Array.from({ length: width * height }, (_, i) => mask[index(i)]!),
    peak: spanOf(truth),
  };
}

/** Where the hole lies, by the film without its marker. */
export function surroundings(truth: GrayImage, box: Box): Hole['where'] {
  if (box.x1 <= 2 || box.y1 <= 2 || box.x2 >= truth.width - 2 || box.y2 >= truth.height - 2)
    return 'film border';
  let [low, high] = [Infinity, -Infinity];
  for (let y = box.y1 - 2; y < box.y2 + 2; y++) {
    for (let x = box.x1 - 2; x < box.x2 + 2; x++) {
      const value = truth.pixels[y * truth.width + x]!;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return high - low > EDGE_SPAN * spanOf(truth) ? 'body edge' : 'interior';
}

/** What the film uses of its bits: 12-bit values in a 16-bit file span a sixteenth of them. */
function spanOf({ pixels }: GrayImage): number {
  const { min, max } = range(pixels);
  return Math.max(1, max - min);
}

/** The same box on the other side of the film, if no hole is there. */
export function mirrored(
  mask: Uint8Array,
  { width, height }: { width: number; height: number },
  box: Box,
): { mask: Uint8Array; box: Box } | undefined {
  const other = { ...box, x1: width - box.x2, x2: width - box.x1 };
  const clear = new Uint8Array(width * height);
  for (let y = other.y1; y < other.y2; y++) {
    for (let x = other.x1; x < other.x2; x++) {
      if (mask[y * width + x] === 1) return undefined;
      clear[y * width + x] = 1;
    }
  }
  return { mask: clear, box: other };
}

/** Fine detail inside against around, the step at the rim against steps inside, and flatness, as logarithms. */
export function placeFeatures(
  { width, height, hole, ...planes }: Window,
  which: 'truth' | 'filled',
): number[] {
  const plane = planes[which];
  const smooth = boxMean(plane, width, height, 1);
  const detail = plane.map((value, i) => Math.abs(value - smooth[i]!));
  const share = planes.peak * 1e-4;
  const meanOf = (values: Float64Array, inside: 0 | 1): number => {
    let [sum, count] = [share, 1];
    values.forEach((value, i) => {
      if (hole[i] !== inside) return;
      sum += value;
      count++;
    });
    return sum / count;
  };
  const steps = rimSteps(plane, hole, width);
  const broad = boxMean(plane, width, height, 4);
  const mottle = smooth.map((value, i) => Math.abs(value - broad[i]!));
  return [
    Math.log(meanOf(detail, 1) / meanOf(detail, 0)),
    Math.log((steps.rim + share) / (steps.around + share)),
    Math.log((steps.rim + share) / (steps.inside + share)),
    Math.log(meanOf(mottle, 1) / meanOf(mottle, 0)),
    Math.log(meanOf(mottle, 1) / meanOf(detail, 1)),
  ];
}

/** Mean absolute steps between neighbours: across the rim, inside and around. */
function rimSteps(
  plane: Float64Array,
  hole: Uint8Array,
  width: number,
): { rim: number; inside: number; around: number } {
  const sums = { rim: [0, 0], inside: [0, 0], around: [0, 0] };
  const step = (i: number, j: number): void => {
    if (hole[j] === undefined) return;
    const kind = hole[i] !== hole[j] ? 'rim' : hole[i] === 1 ? 'inside' : 'around';
    sums[kind][0]! += Math.abs(plane[i]! - plane[j]!);
    sums[kind][1]! += 1;
  };
  hole.forEach((_, i) => {
    if ((i + 1) % width !== 0) step(i, i + 1);
    step(i, i + width);
  });
  const mean = ([sum, count]: number[]): number => sum! / Math.max(1, count!);
  return { rim: mean(sums.rim), inside: mean(sums.inside), around: mean(sums.around) };
}
