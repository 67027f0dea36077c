// From attenuation to the numbers in a file: unsharpness, collimation, noise, sharpening, grey scale.
import { type GrayImage, grayImage } from '@sidemark/core/imaging';
import type { Random } from '../random.ts';
import { gaussianBlur } from './blur.ts';
import type { ScannerStyle } from './style.ts';

// bound once: inside jest each use of a global is a slow lookup, and these run per pixel
const { max, min, round, sqrt } = Math;
const SCATTER = 0.02;

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
  const grain = random.fork('noise');
  const noise = new Float32Array(side * side);
  for (let i = 0; i < noise.length; i++) noise[i] = grain.normal();
  return { style, dose, borders, noise };
}

/**
 * The film of an attenuation map, bone white.
 * @param bits bits stored, 8..16
 */
export function expose(attenuation: Float32Array, side: number, exposure: Exposure, bits: number): GrayImage {
  const { style, noise, dose } = exposure;
  const blurred = gaussianBlur(attenuation, side, style.blur * side);
  const shown = collimate(blurred, side, exposure);
  for (let i = 0; i < shown.length; i++) {
    // fewer photons behind dense tissue
    const grain = style.noise * (0.5 + 0.9 * sqrt(max(0, shown[i]!)));
    shown[i] = shown[i]! * dose + grain * noise[i]!;
  }
  const smooth = style.sharpen > 0 ? gaussianBlur(shown, side, 0.008 * side) : shown;
  const [black, white] = style.window;
  const full = 2 ** bits - 1;
  const pixels = new Uint16Array(side * side);
  for (let i = 0; i < pixels.length; i++) {
    const sharp = shown[i]! + style.sharpen * (shown[i]! - smooth[i]!);
    const level = min(1, max(0, (sharp - black) / (white - black)));
    pixels[i] = round(level ** style.gamma * full);
  }
  return grayImage(side, side, pixels, bits);
}

function collimate(plane: Float32Array, side: number, { borders }: Exposure): Float32Array {
  const out = plane.slice();
  const [left, top, right, bottom] = borders;
  if (left + top + right + bottom === 0) return out;
  for (let y = 0; y < side; y++) {
    const inRows = y >= top && y < side - bottom;
    for (let x = 0; x < side; x++) {
      if (!inRows || x < left || x >= side - right) out[y * side + x] = SCATTER;
    }
  }
  return out;
}
