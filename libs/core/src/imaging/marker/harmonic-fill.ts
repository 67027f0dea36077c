// The model-free baseline: a hole takes the smoothest surface that meets its rim (discrete Laplace equation).
import { copyPixels, type GrayImage, range } from '../gray-image.ts';

/** Relaxation sweeps on each level of the pyramid. */
const SWEEPS = 40;

/** A plane with unknown places. */
interface Plane {
  width: number;
  height: number;
  values: Float64Array;
  known: Uint8Array;
}

/**
 * Fills the holes harmonically, coarse to fine; pixels outside are bit-identical.
 * @param mask film size, 1 = hole
 * @returns the film itself when the mask is empty
 * @throws RangeError when the mask has another size or leaves no known pixel
 */
export function harmonicFill(image: GrayImage, mask: Uint8Array): GrayImage {
  if (mask.length !== image.pixels.length) {
    throw new RangeError(`invalid mask; length must be ${image.pixels.length}: ${mask.length}`);
  }
  if (range(mask).max === 0) return image;
  if (range(mask).min === 1) throw new RangeError('invalid mask; at least one pixel must be known');
  const known = Uint8Array.from(mask, (hole) => 1 - hole);
  const plane = { width: image.width, height: image.height, values: Float64Array.from(image.pixels), known };
  fill(plane);
  const pixels = copyPixels(image.pixels);
  for (let i = 0; i < pixels.length; i++) if (mask[i] === 1) pixels[i] = Math.round(plane.values[i]!);
  return { ...image, pixels };
}

function fill(plane: Plane): void {
  const holes: number[] = [];
  plane.known.forEach((known, i) => {
    if (!known) holes.push(i);
  });
  if (holes.length === 0) return;
  const coarse = halve(plane);
  fill(coarse);
  for (const i of holes) {
    const x = i % plane.width;
    const y = (i - x) / plane.width;
    plane.values[i] = coarse.values[(y >> 1) * coarse.width + (x >> 1)]!;
  }
  relax(plane, holes);
}

/** Each coarse place is the mean of its known children, unknown when it has none. */
function halve(plane: Plane): Plane {
  const width = (plane.width + 1) >> 1;
  const height = (plane.height + 1) >> 1;
  const values = new Float64Array(width * height);
  const counts = new Uint8Array(width * height);
  plane.values.forEach((value, i) => {
    if (!plane.known[i]) return;
    const x = i % plane.width;
    const at = (((i - x) / plane.width) >> 1) * width + (x >> 1);
    values[at]! += value;
    counts[at]!++;
  });
  counts.forEach((count, at) => {
    if (count > 0) values[at]! /= count;
  });
  return { width, height, values, known: counts.map((count) => (count > 0 ? 1 : 0)) };
}

/** Gauss-Seidel on the holes; the film's edge is a mirror. */
function relax({ width, height, values }: Plane, holes: readonly number[]): void {
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const i of holes) {
      const x = i % width;
      const left = values[x > 0 ? i - 1 : i]!;
      const right = values[x < width - 1 ? i + 1 : i]!;
      const up = values[i >= width ? i - width : i]!;
      const down = values[i < width * (height - 1) ? i + width : i]!;
      values[i] = (left + right + up + down) / 4;
    }
  }
}
