// Which source pixels make an output pixel, and with what weight. Half-pixel centres (align_corners = false).

/**
 * bilinear, bicubic: Pillow, torch, OpenCV's INTER_LINEAR and INTER_CUBIC. area: exact shares of pixels, OpenCV's INTER_AREA for
 * reductions. nearest: the pixel under the centre (Pillow, torch's `nearest-exact`). nearest-floor: the pixel under the
 * left top corner (INTER_NEAREST, torch's `nearest`).
 */
export type Interpolation = 'bilinear' | 'area' | 'nearest' | 'nearest-floor' | 'bicubic';

export interface ResizeOptions {
  interpolation: Interpolation;
  /** bilinear and bicubic: the kernel widens with the reduction, as in Pillow; without it fine detail aliases */
  antialias: boolean;
  /** bicubic: the coefficient a of Keys' kernel; -0.5 (default) in Pillow and torch with antialias, -0.75 in OpenCV and torch without */
  cubic?: number | undefined;
}

/** For each output index i: source indices from `first[i]` on, with weights `from[i]` to `from[i + 1]`. */
export interface Taps {
  first: Int32Array;
  /** one longer than `first` */
  from: Int32Array;
  /** each run sums to 1, at the borders too */
  weights: Float64Array;
}

/** The taps of one side of `size` px made into `dstSize` px. */
export function tapsFor(size: number, dstSize: number, options: ResizeOptions): Taps {
  const ratio = size / dstSize;
  const first = new Int32Array(dstSize);
  const from = new Int32Array(dstSize + 1);
  const weights: number[] = [];
  for (let i = 0; i < dstSize; i++) {
    const [start, run] = tapsAt(i, ratio, size, options);
    const total = run.reduce((sum, weight) => sum + weight, 0);
    first[i] = start;
    for (const weight of run) weights.push(weight / total);
    from[i + 1] = weights.length;
  }
  return { first, from, weights: Float64Array.from(weights) };
}

/** Pillow's precision for 8-bit pictures, in bits. */
const FIXED_POINT = 2 ** 22;

/** The weights as Pillow's whole numbers. */
export function fixedPoint(taps: Taps): Taps {
  return { ...taps, weights: taps.weights.map((weight) => Math.round(weight * FIXED_POINT) / FIXED_POINT) };
}

/** Source indices that any output index reads, ascending. */
export function sourcesOf({ first, from }: Taps, size: number): Int32Array {
  const read = new Uint8Array(size);
  first.forEach((start, i) => read.fill(1, start, start + from[i + 1]! - from[i]!));
  return Int32Array.from(read.keys()).filter((i) => read[i] === 1);
}

function tapsAt(i: number, ratio: number, size: number, options: ResizeOptions): [number, number[]] {
  const { interpolation, antialias, cubic: a = -0.5 } = options;
  if (interpolation === 'nearest') return [Math.min(size - 1, Math.floor((i + 0.5) * ratio)), [1]];
  if (interpolation === 'nearest-floor') return [Math.min(size - 1, Math.floor(i * ratio)), [1]];
  if (interpolation === 'area') {
    const from = i * ratio;
    const to = Math.min(size, from + ratio);
    const start = Math.min(size - 1, Math.floor(from));
    const run: number[] = [];
    for (let k = start; k < Math.min(size, Math.ceil(to)); k++)
      run.push(Math.min(to, k + 1) - Math.max(from, k));
    return [start, run];
  }
  const stretch = antialias ? Math.max(1, ratio) : 1;
  const bicubic = interpolation === 'bicubic';
  const weightAt = (distance: number): number => (bicubic ? keys(distance, a) : triangle(distance));
  const support = stretch * (bicubic ? 2 : 1);
  const centre = (i + 0.5) * ratio - 0.5;
  const [low, high] = [Math.ceil(centre - support), Math.floor(centre + support)];
  const start = Math.min(size - 1, Math.max(0, low));
  const end = Math.max(start, Math.min(size - 1, high));
  const run: number[] = [];
  for (let k = start; k <= end; k++) run.push(weightAt(Math.abs(k - centre) / stretch));
  // without antialias the border pixel is repeated (torch, OpenCV), with it the kernel is cut (Pillow, torch)
  if (bicubic && !antialias) {
    for (let k = low; k < start; k++) run[0]! += weightAt(Math.abs(k - centre));
    for (let k = end + 1; k <= high; k++) run[run.length - 1]! += weightAt(Math.abs(k - centre));
  }
  return [start, run];
}

function triangle(distance: number): number {
  return Math.max(0, 1 - distance);
}

/** Keys, 1981: the cubic convolution kernel with coefficient a. */
function keys(distance: number, a: number): number {
  if (distance < 1) return ((a + 2) * distance - (a + 3)) * distance * distance + 1;
  if (distance < 2) return ((a * distance - 5 * a) * distance + 8 * a) * distance - 4 * a;
  return 0;
}
