// From attenuation to the numbers in a file: unsharpness, collimation, noise, sharpening, grey scale.
import { type Box, clipBox, dilateBox, type GrayImage, grayImage } from '@sidemark/core/imaging';
import type { Random } from '../random.ts';
import { type Area, blurReach, gaussianBlur } from './blur.ts';
import type { ScannerStyle } from './style.ts';

// bound once: inside jest each use of a global is a slow lookup, and these run per pixel
const { max, min, round, sqrt } = Math;
const SCATTER = 0.02;
/** width of unsharp masking, fraction of the film's side */
const UNSHARP = 0.008;

/** What is drawn by chance, once per film; films that share it differ in their attenuation alone. */
export interface Exposure {
  style: ScannerStyle;
  dose: number;
  /** unit variance, row-major */
  noise: Float32Array;
  /** widths of the collimated borders in px: left, top, right, bottom */
  borders: readonly [number, number, number, number];
}

/** Draws the chances of one exposure. */
export function drawExposure(style: ScannerStyle, side: number, random: Random): Exposure {
  const collimated = random.chance(style.collimation.share);
  const border = (): number => (collimated ? round(random.between(0, style.collimation.width) * side) : 0);
  const borders = [border(), border(), border(), border()] as const;
  const dose = random.between(...style.exposure);
  const noise = new Float32Array(side * side);
  random.fork('noise').fillNormal(noise);
  return { style, dose, borders, noise };
}

/** The part of the film that the beam reaches, px. */
export function openField({ borders: [left, top, right, bottom] }: Exposure, side: number): Box {
  return { x1: left, y1: top, x2: side - right, y2: side - bottom };
}

/**
 * The film of an attenuation map, bone white.
 * @param bits bits stored, 8..16
 */
export function expose(attenuation: Float32Array, side: number, exposure: Exposure, bits: number): GrayImage {
  const whole = { x1: 0, y1: 0, x2: side, y2: side };
  return grayImage(side, side, develop(attenuation, side, exposure, bits, whole), bits);
}

/**
 * Exposes a part of a film anew, in place: every pixel gets what it would have got in the whole.
 * @param changed px where the attenuation is another than at the first exposure
 */
export function exposeAgain(
  film: GrayImage,
  changed: Box,
  attenuation: Float32Array,
  exposure: Exposure,
): void {
  const { width: side, bitsStored } = film;
  const { blur, sharpen } = exposure.style;
  const reach = blurReach(blur * side) + (sharpen > 0 ? blurReach(UNSHARP * side) : 0);
  const around = (box: Box): Box => clipBox(dilateBox(box, reach, 0), side, side);
  // pixels that change, and all that they depend on
  const inner = around(changed);
  const outer = around(inner);
  const pixels = develop(attenuation, side, exposure, bitsStored, outer);
  const width = outer.x2 - outer.x1;
  for (let y = inner.y1; y < inner.y2; y++) {
    const from = (y - outer.y1) * width + inner.x1 - outer.x1;
    film.pixels.set(pixels.subarray(from, from + inner.x2 - inner.x1), y * side + inner.x1);
  }
}

/** Pixels of a part of the film. */
function develop(
  attenuation: Float32Array,
  side: number,
  exposure: Exposure,
  bits: number,
  part: Box,
): Uint16Array {
  const { blur, sharpen } = exposure.style;
  const area = cut(attenuation, side, part);
  const shown = { ...area, values: gaussianBlur(area, blur * side) };
  collimate(shown.values, side, part, exposure);
  addNoise(shown.values, side, part, exposure);
  const smooth = sharpen > 0 ? gaussianBlur(shown, UNSHARP * side) : shown.values;
  return grey(shown.values, smooth, exposure.style, bits);
}

function cut(values: Float32Array, side: number, { x1, y1, x2, y2 }: Box): Area {
  const [width, height] = [x2 - x1, y2 - y1];
  if (width === side && height === side) return { width, height, values };
  const part = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (y1 + y) * side + x1;
    part.set(values.subarray(from, from + width), y * width);
  }
  return { width, height, values: part };
}

function collimate(shown: Float32Array, side: number, part: Box, { borders }: Exposure): void {
  const [left, top, right, bottom] = borders;
  if (left + top + right + bottom === 0) return;
  const width = part.x2 - part.x1;
  const column = (x: number): number => min(width, max(0, x - part.x1));
  for (let y = part.y1; y < part.y2; y++) {
    const row = (y - part.y1) * width;
    const inRows = y >= top && y < side - bottom;
    shown.fill(SCATTER, row, inRows ? row + column(left) : row + width);
    if (inRows) shown.fill(SCATTER, row + column(side - right), row + width);
  }
}

function addNoise(shown: Float32Array, side: number, part: Box, { style, dose, noise }: Exposure): void {
  for (let y = part.y1, i = 0; y < part.y2; y++) {
    for (let at = y * side + part.x1; at < y * side + part.x2; at++, i++) {
      const value = shown[i]!;
      // fewer photons behind dense tissue
      const grain = style.noise * (0.5 + 0.9 * sqrt(max(0, value)));
      shown[i] = value * dose + grain * noise[at]!;
    }
  }
}

function grey(shown: Float32Array, smooth: Float32Array, style: ScannerStyle, bits: number): Uint16Array {
  const { gamma, sharpen } = style;
  const [black, white] = style.window;
  const full = 2 ** bits - 1;
  const pixels = new Uint16Array(shown.length);
  for (let i = 0; i < pixels.length; i++) {
    const value = shown[i]!;
    const sharp = value + sharpen * (value - smooth[i]!);
    const level = min(1, max(0, (sharp - black) / (white - black)));
    // a power of 1 costs as much as any other
    pixels[i] = round((gamma === 1 ? level : level ** gamma) * full);
  }
  return pixels;
}
