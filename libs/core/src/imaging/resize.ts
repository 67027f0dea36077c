// Separable resampling with half-pixel centres (align_corners = false); weights are normalised at the borders.

export type Interpolation = 'bilinear' | 'area' | 'nearest' | 'bicubic';

export interface ResizeOptions {
  interpolation: Interpolation;
  /** bilinear and bicubic: the kernel widens with the reduction, as in Pillow; without it fine detail aliases */
  antialias: boolean;
}

/** For each output index: the first source index and its run of weights, which sum to 1. */
interface Taps {
  first: Int32Array;
  weights: Float64Array[];
}

/**
 * Resamples one row-major plane.
 * @param src length `width * height`
 * @returns a new array, length `dstWidth * dstHeight`; values stay within the range of `src` but for bicubic, which may overshoot
 * @throws RangeError when a side is not a positive integer or `src` has another length
 */
export function resize(
  src: Float32Array,
  width: number,
  height: number,
  dstWidth: number,
  dstHeight: number,
  options: ResizeOptions,
): Float32Array {
  for (const side of [width, height, dstWidth, dstHeight]) {
    if (!Number.isInteger(side) || side < 1)
      throw new RangeError(`invalid side; must be a positive integer: ${side}`);
  }
  if (src.length !== width * height) {
    throw new RangeError(`invalid src; length must be ${width * height}: ${src.length}`);
  }
  if (width === dstWidth && height === dstHeight) return src.slice();
  return resampleColumns(
    resampleRows(src, width, height, tapsFor(width, dstWidth, options)),
    dstWidth,
    tapsFor(height, dstHeight, options),
  );
}

function tapsFor(size: number, dstSize: number, options: ResizeOptions): Taps {
  const ratio = size / dstSize;
  const first = new Int32Array(dstSize);
  const weights: Float64Array[] = [];
  for (let i = 0; i < dstSize; i++) {
    const [start, run] = tapsAt(i, ratio, size, options);
    const total = run.reduce((sum, weight) => sum + weight, 0);
    first[i] = start;
    weights.push(Float64Array.from(run, (weight) => weight / total));
  }
  return { first, weights };
}

function tapsAt(i: number, ratio: number, size: number, options: ResizeOptions): [number, number[]] {
  const { interpolation, antialias } = options;
  if (interpolation === 'nearest') return [Math.min(size - 1, Math.floor((i + 0.5) * ratio)), [1]];
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
  const kernel = interpolation === 'bicubic' ? cubic : triangle;
  const support = stretch * (interpolation === 'bicubic' ? 2 : 1);
  const centre = (i + 0.5) * ratio - 0.5;
  const start = Math.min(size - 1, Math.max(0, Math.ceil(centre - support)));
  const end = Math.max(start, Math.min(size - 1, Math.floor(centre + support)));
  const run: number[] = [];
  for (let k = start; k <= end; k++) run.push(kernel(Math.abs(k - centre) / stretch));
  return [start, run];
}

function triangle(distance: number): number {
  return Math.max(0, 1 - distance);
}

/** Keys' kernel with a = -0.5, as in Pillow. */
function cubic(distance: number): number {
  if (distance < 1) return (1.5 * distance - 2.5) * distance * distance + 1;
  if (distance < 2) return ((-0.5 * distance + 2.5) * distance - 4) * distance + 2;
  return 0;
}

function resampleRows(src: Float32Array, width: number, height: number, taps: Taps): Float32Array {
  const dstWidth = taps.first.length;
  const out = new Float32Array(dstWidth * height);
  for (let x = 0; x < dstWidth; x++) {
    const start = taps.first[x]!;
    const run = taps.weights[x]!;
    for (let y = 0; y < height; y++) {
      let sum = 0;
      for (let k = 0, at = y * width + start; k < run.length; k++, at++) sum += run[k]! * src[at]!;
      out[y * dstWidth + x] = sum;
    }
  }
  return out;
}

function resampleColumns(src: Float32Array, width: number, taps: Taps): Float32Array {
  const dstHeight = taps.first.length;
  const out = new Float32Array(width * dstHeight);
  const line = new Float64Array(width);
  for (let y = 0; y < dstHeight; y++) {
    const run = taps.weights[y]!;
    line.fill(0);
    for (let k = 0, at = taps.first[y]! * width; k < run.length; k++, at += width) {
      const weight = run[k]!;
      for (let x = 0; x < width; x++) line[x]! += weight * src[at + x]!;
    }
    out.set(line, y * width);
  }
  return out;
}
