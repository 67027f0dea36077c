// The window an inpainter sees. The film itself never goes in: one square patch per hole, known pixels only.
import { type GrayImage, range, type ValueRange } from '../gray-image.ts';
import { applyIntensity, intensityMap, type IntensityMap, type IntensitySpec } from '../tensor/intensity.ts';
import type { Hole } from './marker-mask.ts';
import { ringRange } from './ring.ts';
import { resize } from '../tensor/resize.ts';

export interface PatchSpec {
  /** model input size, px; a `dynamic` model takes any multiple of `multipleOf` from there on */
  patch: { h: number; w: number; dynamic?: boolean; multipleOf?: number };
  /** default: min-max of the patch's known pixels to [0, 1] */
  intensity?: IntensitySpec | undefined;
  /** side of the patch, in longer sides of the hole; default 2 */
  context?: number | undefined;
  /** a dynamic model gets native pixels up to this side, px; what is larger is scaled down to it; default 256, for memory's sake */
  maxSide?: number | undefined;
  /** also cut what is in the hole, for models that look at it; default false */
  keepHole?: boolean | undefined;
}

export interface HolePatch {
  hole: Hole;
  /** native px of the patch's left top corner; may be negative, the film is mirrored there */
  x0: number;
  y0: number;
  /** native px along each side of the square patch */
  side: number;
  /** model input size, px */
  h: number;
  w: number;
  /** h x w in `intensity.out`; hole pixels hold the mean of the known ones, never the marker */
  image: Float32Array;
  /** h x w in `intensity.out`, the hole as it is; with `keepHole` only */
  kept?: Float32Array;
  /** h x w, 1 = to be filled (every hole of the film that reaches into the patch), 0 = known */
  mask: Float32Array;
  intensity: IntensityMap;
  /** lowest and highest known native value in the ring around the hole */
  ring: ValueRange;
}

const smooth = { interpolation: 'bilinear', antialias: true } as const;

/**
 * Cuts a patch around each hole: side >= `context` x the hole and >= the model size, mirrored at the film's edges.
 * A dynamic model sees it pixel by pixel up to `maxSide`; otherwise the patch is scaled to the model size.
 * @param mask film size, 1 = hole
 * @throws RangeError when a patch holds no known pixel
 */
export function holePatches(
  image: GrayImage,
  mask: Uint8Array,
  holes: readonly Hole[],
  spec: PatchSpec,
): HolePatch[] {
  return holes.map((hole) => cutPatch(image, mask, hole, spec));
}

function cutPatch(image: GrayImage, mask: Uint8Array, hole: Hole, spec: PatchSpec): HolePatch {
  const { box } = hole;
  const { context = 2 } = spec;
  const wanted = Math.ceil(context * Math.max(box.x2 - box.x1, box.y2 - box.y1));
  const { side, h, w } = patchSize(wanted, spec);
  const x0 = Math.floor((box.x1 + box.x2 - side) / 2);
  const y0 = Math.floor((box.y1 + box.y2 - side) / 2);
  const xs = Int32Array.from({ length: side }, (_, i) => mirror(x0 + i, image.width));
  const ys = Int32Array.from({ length: side }, (_, i) => mirror(y0 + i, image.height));
  const native = new Float64Array(side * side);
  const known = new Float32Array(side * side);
  for (let y = 0, i = 0; y < side; y++) {
    const row = ys[y]! * image.width;
    for (let x = 0; x < side; x++, i++) {
      native[i] = image.pixels[row + xs[x]!]!;
      known[i] = 1 - mask[row + xs[x]!]!;
    }
  }
  const outside = knownOf(native, known);
  if (outside.length === 0) throw new RangeError('invalid mask; a patch must hold at least one known pixel');
  const intensity = intensityMap(outside, spec.intensity ?? { scale: 'minmax', out: [0, 1] }, {
    min: image.minValue,
    max: image.maxValue,
  });
  const scaled = applyIntensity(native, intensity);
  const model = toModelSize(scaled, known, side, w, h);
  const kept = spec.keepHole ? { kept: resize(scaled, side, side, w, h, smooth) } : {};
  const ring = ringRange(image, mask, hole) ?? range(outside);
  return { hole, x0, y0, side, h, w, ...model, ...kept, intensity, ring };
}

/** Native side of the patch, and the size at which the model sees it. */
function patchSize(
  wanted: number,
  { patch: { h, w, dynamic = false, multipleOf = 1 }, maxSide = 256 }: PatchSpec,
): { side: number; h: number; w: number } {
  const least = Math.max(h, w);
  if (!dynamic || wanted <= least) return { side: Math.max(wanted, least), h, w };
  const whole = Math.ceil(wanted / multipleOf) * multipleOf;
  const most = Math.max(least, Math.floor(maxSide / multipleOf) * multipleOf);
  return whole <= most ? { side: whole, h: whole, w: whole } : { side: wanted, h: most, w: most };
}

function knownOf(native: Float64Array, known: Float32Array): Float64Array {
  const kept = new Float64Array(native.length);
  let count = 0;
  for (let i = 0; i < native.length; i++) if (known[i] === 1) kept[count++] = native[i]!;
  return kept.subarray(0, count);
}

/** Index reflected about the first and the last pixel, which are not repeated. */
function mirror(i: number, size: number): number {
  if (size === 1) return 0;
  const period = 2 * (size - 1);
  const at = ((i % period) + period) % period;
  return at < size ? at : period - at;
}

/** Normalised convolution: a model pixel averages known native pixels only, so no marker bleeds past the rim. */
function toModelSize(
  scaled: Float32Array,
  known: Float32Array,
  side: number,
  w: number,
  h: number,
): { image: Float32Array; mask: Float32Array } {
  const weighted = new Float32Array(scaled.length);
  let total = 0;
  let sum = 0;
  for (let i = 0; i < scaled.length; i++) {
    if (known[i] !== 1) continue;
    weighted[i] = scaled[i]!;
    sum += scaled[i]!;
    total++;
  }
  const image = resize(weighted, side, side, w, h, smooth);
  const weights = resize(known, side, side, w, h, smooth);
  const mask = resize(known, side, side, w, h, { interpolation: 'area', antialias: false });
  for (let i = 0; i < mask.length; i++) {
    // the hair absorbs the rounding of weights that should sum to 1
    mask[i] = mask[i]! < 1 - 1e-6 ? 1 : 0;
    image[i] = mask[i] === 1 ? sum / total : image[i]! / weights[i]!;
  }
  return { image, mask };
}
