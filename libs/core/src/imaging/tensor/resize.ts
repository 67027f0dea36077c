// Separable resampling, rows first. Both passes carry four sums at a time: they share each weight, and none waits for
// another. Every sum adds its taps in order, so the result does not depend on the grouping.
import { toBytes } from './quantise.ts';
import { fixedPoint, type ResizeOptions, sourcesOf, type Taps, tapsFor } from './resize-taps.ts';

export type { Interpolation, ResizeOptions } from './resize-taps.ts';

/** Where an 8-bit pipeline rounds to whole numbers of 0..255: once (OpenCV), or after each pass (Pillow). */
export type ResizeRounding = 'none' | 'once' | 'each-pass';

/** Sums of the passes. */
type Plane = Float32Array | Float64Array;

/** Writes row `y` of a plane into `line`, which has its width. */
export type ReadRow = (y: number, line: Float32Array) => void;

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
  requireSides(width, height, dstWidth, dstHeight);
  if (src.length !== width * height) {
    throw new RangeError(`invalid src; length must be ${width * height}: ${src.length}`);
  }
  const read: ReadRow = (y, line) => line.set(src.subarray(y * width, (y + 1) * width));
  return resizeRows(read, width, height, dstWidth, dstHeight, options);
}

/**
 * As `resize`, of a plane that is read by the row and never held as a whole; rows that no tap needs are not read.
 * @param rounding of the passes; default none
 * @throws RangeError when a side is not a positive integer
 */
export function resizeRows(
  read: ReadRow,
  width: number,
  height: number,
  dstWidth: number,
  dstHeight: number,
  options: ResizeOptions,
  rounding: ResizeRounding = 'none',
): Float32Array {
  requireSides(width, height, dstWidth, dstHeight);
  if (width === dstWidth && height === dstHeight) return readAll(read, width, height);
  const across = tapsFor(width, dstWidth, options);
  const down = tapsFor(height, dstHeight, options);
  if (rounding === 'each-pass') return inBytes(read, width, height, fixedPoint(across), fixedPoint(down));
  const narrow = new Float32Array(dstWidth * height);
  resampleRows(read, width, across, sourcesOf(down, height), narrow);
  const out = new Float32Array(dstWidth * dstHeight);
  resampleColumns(narrow, dstWidth, down, out);
  if (rounding === 'once') toBytes(out);
  return out;
}

/** To the bit as Pillow resizes 8-bit pictures; float64, where float32 would move what is nearly a tie. */
function inBytes(read: ReadRow, width: number, height: number, across: Taps, down: Taps): Float32Array {
  const narrow = new Float64Array(across.first.length * height);
  resampleRows(read, width, across, sourcesOf(down, height), narrow);
  toBytes(narrow);
  const out = new Float64Array(across.first.length * down.first.length);
  resampleColumns(narrow, across.first.length, down, out);
  toBytes(out);
  return new Float32Array(out);
}

function requireSides(...sides: number[]): void {
  for (const side of sides) {
    if (!Number.isInteger(side) || side < 1)
      throw new RangeError(`invalid side; must be a positive integer: ${side}`);
  }
}

function readAll(read: ReadRow, width: number, height: number): Float32Array {
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y++) read(y, out.subarray(y * width, (y + 1) * width));
  return out;
}

/** Resamples the wanted rows, each to its place in `out`. */
function resampleRows(read: ReadRow, width: number, taps: Taps, rows: Int32Array, out: Plane): void {
  const band = new Float32Array(4 * width);
  const lines = [0, 1, 2, 3].map((lane) => band.subarray(lane * width, (lane + 1) * width));
  for (let i = 0; i < rows.length; i += 4) {
    // the last band repeats the last row
    const wanted = lines.map((_, lane) => rows[Math.min(i + lane, rows.length - 1)]!);
    wanted.forEach((y, lane) => read(y, lines[lane]!));
    resampleBand(band, width, taps, wanted, out);
  }
}

function resampleBand(
  band: Float32Array,
  width: number,
  taps: Taps,
  rows: readonly number[],
  out: Plane,
): void {
  const { first, from, weights } = taps;
  const dstWidth = first.length;
  const toA = rows[0]! * dstWidth;
  const toB = rows[1]! * dstWidth;
  const toC = rows[2]! * dstWidth;
  const toD = rows[3]! * dstWidth;
  for (let x = 0; x < dstWidth; x++) {
    const end = from[x + 1]!;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let k = from[x]!, at = first[x]!; k < end; k++, at++) {
      const weight = weights[k]!;
      a += weight * band[at]!;
      b += weight * band[at + width]!;
      c += weight * band[at + 2 * width]!;
      d += weight * band[at + 3 * width]!;
    }
    out[toA + x] = a;
    out[toB + x] = b;
    out[toC + x] = c;
    out[toD + x] = d;
  }
}

function resampleColumns(src: Plane, width: number, taps: Taps, out: Plane): void {
  for (let y = 0; y < taps.first.length; y++) resampleAcross(src, width, taps, y, out);
}

/** Row `y` of the vertical pass, four columns at a time. */
function resampleAcross(src: Plane, width: number, taps: Taps, y: number, out: Plane): void {
  const { first, from, weights } = taps;
  const begin = from[y]!;
  const end = from[y + 1]!;
  for (let x = 0; x < width; x += 4) {
    // the last group repeats the last column
    const right = width - 1 - x;
    const toB = right < 1 ? right : 1;
    const toC = right < 2 ? right : 2;
    const toD = right < 3 ? right : 3;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let k = begin, at = first[y]! * width + x; k < end; k++, at += width) {
      const weight = weights[k]!;
      a += weight * src[at]!;
      b += weight * src[at + toB]!;
      c += weight * src[at + toC]!;
      d += weight * src[at + toD]!;
    }
    const to = y * width + x;
    out[to] = a;
    out[to + toB] = b;
    out[to + toC] = c;
    out[to + toD] = d;
  }
}
