// The house composites, not the model: outside the mask every bit stays, whatever the inpainter returned.
import { copyPixels, type GrayImage } from '../gray-image.ts';
import { fillShare } from './feather.ts';
import type { HolePatch } from './hole-patch.ts';
import { type IntensityMap, undoIntensity } from '../tensor/intensity.ts';
import { forEachHolePixel } from './marker-mask.ts';
import { requireFinite } from '../non-finite.ts';
import { resize } from '../tensor/resize.ts';

/** Slack around the ring's range, as a fraction of that range. */
const RING_SLACK = 0.1;

export interface PastedHole {
  image: GrayImage;
  /** hole pixels whose fill had to be clamped */
  clamped: number;
}

/**
 * Writes an inpainter's output into one hole: native units, clamped to the ring's [min, max] +- 10% of its range
 * and to the representable range, rounded. Outside the hole the result is bit-identical to `image`.
 * @param image the film, or the result of pasting an earlier hole
 * @param output patch.h x patch.w, in `outRange`
 * @param outRange values of the output that mean the patch's low and high end, default the input's; featherPx: width inside
 * the hole over which the fill fades into what was there, default 0
 * @throws RangeError when the output has another length
 * @throws NonFiniteError when the output holds NaN or an infinity
 */
export function pasteHole(
  image: GrayImage,
  mask: Uint8Array,
  patch: HolePatch,
  output: Float32Array,
  {
    outRange = patch.intensity.out,
    featherPx = 0,
  }: { outRange?: readonly [number, number]; featherPx?: number } = {},
): PastedHole {
  const { h, w, side, ring } = patch;
  if (output.length !== h * w)
    throw new RangeError(`invalid output; length must be ${h * w}: ${output.length}`);
  requireFinite(output, 'inpainter output');
  const fill = resize(output, w, h, side, side, { interpolation: 'bilinear', antialias: true });
  const back: IntensityMap = { ...patch.intensity, out: outRange };
  const slack = RING_SLACK * (ring.max - ring.min);
  // whole numbers inside the allowed band, so rounding cannot leave it
  const low = Math.max(image.minValue, Math.ceil(ring.min - slack));
  const high = Math.min(image.maxValue, Math.floor(ring.max + slack));
  const pixels = copyPixels(image.pixels);
  const held = (value: number): number => Math.min(high, Math.max(low, Math.round(value)));
  let clamped = 0;
  forEachHolePixel(mask, image.width, patch.hole, (x, y) => {
    const wanted = Math.round(undoIntensity(fill[(y - patch.y0) * side + (x - patch.x0)]!, back));
    const value = held(wanted);
    if (value !== wanted) clamped++;
    const i = y * image.width + x;
    const share = fillShare(mask, image, x, y, featherPx);
    pixels[i] = share === 1 ? value : held(share * value + (1 - share) * image.pixels[i]!);
  });
  return { image: { ...image, pixels }, clamped };
}
