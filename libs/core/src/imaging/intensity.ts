// Native integers -> the float scale a model was trained on. One linear map per image, so it can be undone.
import { range, type ValueRange } from './gray-image.ts';

export type IntensityScale = 'minmax' | 'percentile' | 'bits-stored' | 'fixed';

export interface IntensitySpec {
  scale: IntensityScale;
  /** `percentile`: low and high, each in [0, 100]; linear interpolation between order statistics (numpy's default) */
  percentiles?: readonly [number, number] | undefined;
  /** `fixed`: native values that map to `out` */
  fixed?: readonly [number, number] | undefined;
  /** values that the low and the high end map to */
  out: readonly [number, number];
  /** `uint8`: rounded to whole numbers after scaling, as an 8-bit pipeline would; default none */
  quantise?: 'uint8' | null | undefined;
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
    const sorted = Float64Array.from(pixels).sort();
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
  for (let i = 0; i < pixels.length; i++) {
    const value = pixels[i]!;
    if (!Number.isInteger(value)) return undefined;
    counts[value - min]!++;
  }
  return counts;
}

/** Applies a map; values outside [lo, hi] are clamped, a flat map gives out[0] everywhere. */
export function applyIntensity(pixels: ArrayLike<number>, map: IntensityMap): Float32Array {
  const { lo, hi, out, flat } = map;
  const scaled = new Float32Array(pixels.length);
  if (flat) return scaled.fill(out[0]);
  const gain = (out[1] - out[0]) / (hi - lo);
  for (let i = 0; i < scaled.length; i++) {
    scaled[i] = out[0] + (Math.min(hi, Math.max(lo, pixels[i]!)) - lo) * gain;
  }
  return scaled;
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
  if (spec.quantise === 'uint8') for (let i = 0; i < data.length; i++) data[i] = Math.round(data[i]!);
  return { data, map, flat: map.flat };
}
