// Native integers -> the float scale a model was trained on. One linear map per image, so it can be undone.
import { range, type StoredPixels, type ValueRange } from '../gray-image.ts';
import { blocksOf } from '../pixel-blocks.ts';
import { type Rounding, toBytes } from './quantise.ts';
import type { ReadRow } from './resize.ts';

export type IntensityScale = 'minmax' | 'percentile' | 'bits-stored' | 'fixed';

export interface IntensitySpec {
  scale: IntensityScale;
  /** `percentile`: low and high, each in [0, 100]; linear interpolation between order statistics (numpy's default) */
  percentiles?: readonly [number, number] | undefined;
  /** `fixed`: native values that map to `out` */
  fixed?: readonly [number, number] | undefined;
  /** values that the low and the high end map to */
  out: readonly [number, number];
  /** `uint8`: made whole numbers of 0..255 after scaling, as an 8-bit pipeline would; default none */
  quantise?: 'uint8' | null | undefined;
  /** how; default half-up */
  rounding?: Rounding | undefined;
}

/** `native -> out[0] + (clamp(native, lo, hi) - lo) / (hi - lo) * (out[1] - out[0])`. */
export interface IntensityMap {
  lo: number;
  hi: number;
  out: readonly [number, number];
  /** hi == lo: everything maps to out[0] */
  flat: boolean;
}

/**
 * The map that `spec` asks for on these pixels.
 * @param representable lowest and highest value the domain can hold; needed for `bits-stored`
 * @throws RangeError when a field that the scale needs is missing, out of range or not increasing
 */
export function intensityMap(
  pixels: ArrayLike<number>,
  spec: IntensitySpec,
  representable?: ValueRange,
): IntensityMap {
  const [lo, hi] = ends(pixels, spec, representable);
  if (!(lo <= hi)) throw new RangeError(`invalid intensity ends; low must not exceed high: ${lo}, ${hi}`);
  return { lo, hi, out: spec.out, flat: lo === hi };
}

function ends(pixels: ArrayLike<number>, spec: IntensitySpec, representable?: ValueRange): [number, number] {
  switch (spec.scale) {
    case 'minmax': {
      const { min, max } = range(pixels);
      return [min, max];
    }
    case 'percentile': {
      if (!spec.percentiles) throw new RangeError('invalid intensity; scale percentile needs percentiles');
      return percentiles(pixels, spec.percentiles);
    }
    case 'bits-stored':
      if (!representable)
        throw new RangeError('invalid intensity; scale bits-stored needs the representable range');
      return [representable.min, representable.max];
    case 'fixed':
      if (!spec.fixed) throw new RangeError('invalid intensity; scale fixed needs fixed ends');
      return [...spec.fixed];
  }
}

function percentiles(pixels: ArrayLike<number>, wanted: readonly [number, number]): [number, number] {
  const nth = orderStatistics(pixels);
  const at = (percent: number): number => {
    if (!(percent >= 0 && percent <= 100))
      throw new RangeError(`invalid percentile; not in [0, 100]: ${percent}`);
    const position = (percent / 100) * (pixels.length - 1);
    const below = nth(Math.floor(position));
    return below + (position - Math.floor(position)) * (nth(Math.ceil(position)) - below);
  };
  return [at(wanted[0]), at(wanted[1])];
}

/** Widest span of whole numbers that is counted rather than sorted; a 20-bit histogram is 4 MiB. */
const MAX_BINS = 2 ** 20;

/** The n-th smallest value, n from 0. Linear for whole numbers (every stored film), else a sort. */
function orderStatistics(pixels: ArrayLike<number>): (n: number) => number {
  const { min, max } = range(pixels);
  const counts = max - min < MAX_BINS ? countWhole(pixels, min, max) : undefined;
  if (!counts) {
    const sorted = new Float64Array(pixels).sort();
    return (n) => sorted[n]!;
  }
  return (n) => {
    let below = 0;
    let bin = 0;
    while ((below += counts[bin]!) <= n) bin++;
    return min + bin;
  };
}

function countWhole(pixels: ArrayLike<number>, min: number, max: number): Uint32Array | undefined {
  if (!Number.isInteger(min) || !Number.isInteger(max)) return undefined;
  const counts = new Uint32Array(max - min + 1);
  for (const block of blocksOf(pixels)) if (!countBlock(block, min, counts)) return undefined;
  return counts;
}

/** False at the first value that is not whole. */
function countBlock(block: Float64Array, min: number, counts: Uint32Array): boolean {
  for (let i = 0; i < block.length; i++) {
    const above = block[i]! - min;
    const bin = above | 0;
    if (bin !== above) return false;
    counts[bin]!++;
  }
  return true;
}

/** Applies a map; values outside [lo, hi] are clamped, a flat map gives out[0] everywhere. */
export function applyIntensity(pixels: ArrayLike<number>, map: IntensityMap): Float32Array {
  const scaled = new Float32Array(pixels.length);
  let start = 0;
  for (const block of blocksOf(pixels)) {
    scaleRun(block, map, scaled.subarray(start, start + block.length));
    start += block.length;
  }
  return scaled;
}

function scaleRun(
  native: Float64Array,
  { lo, hi, out: [low, high], flat }: IntensityMap,
  out: Float32Array,
): void {
  if (flat) {
    out.fill(low);
    return;
  }
  const gain = (high - low) / (hi - lo);
  for (let i = 0; i < native.length; i++) {
    const value = native[i]!;
    out[i] = low + ((value < lo ? lo : value > hi ? hi : value) - lo) * gain;
  }
}

/** The rows of a film as `scaleIntensity` would scale them; the film as a whole is never held as floats. */
export function scaledRows(
  pixels: StoredPixels,
  width: number,
  map: IntensityMap,
  { quantise, rounding }: Pick<IntensitySpec, 'quantise' | 'rounding'>,
): ReadRow {
  const native = new Float64Array(width);
  return (y, line) => {
    native.set(pixels.subarray(y * width, (y + 1) * width));
    scaleRun(native, map, line);
    if (quantise === 'uint8') toBytes(line, rounding);
  };
}

/** The native value (not rounded) of one scaled value; `lo` for a flat map. */
export function undoIntensity(value: number, map: IntensityMap): number {
  return map.flat ? map.lo : map.lo + ((value - map.out[0]) / (map.out[1] - map.out[0])) * (map.hi - map.lo);
}

/**
 * Scales pixels into `spec.out`.
 * @returns data of the same length within `out`, and `flat` when the image has no range (then all out[0])
 * @throws RangeError as `intensityMap`
 */
export function scaleIntensity(
  pixels: ArrayLike<number>,
  spec: IntensitySpec,
  representable?: ValueRange,
): { data: Float32Array; map: IntensityMap; flat: boolean } {
  const map = intensityMap(pixels, spec, representable);
  const data = applyIntensity(pixels, map);
  if (spec.quantise === 'uint8') toBytes(data, spec.rounding);
  return { data, map, flat: map.flat };
}
