// One procedural frontal chest film, 12 bits, bone white, no marker yet.
import { type GrayImage, grayImage } from '@sidemark/core/imaging';
import { chestBrightness, drawHabitus, heartness, lungness } from './anatomy.ts';
import { bodyPoint, drawLesion, type FilmClass } from './lesion.ts';
import type { Random } from './random.ts';
import { valueNoise } from './value-noise.ts';

// bound once: inside jest each use of a global is a slow lookup, and these run per pixel
const { max, min, round } = Math;

export const FILM_BITS = 12;
const FULL_SCALE = 2 ** FILM_BITS - 1;

export interface FilmSpec {
  /** px along each side, 256..1024 */
  size: number;
  class: FilmClass;
  /** how plainly the lesion shows, 0..1; default 1 */
  strength?: number;
  /** > 0; above 1 darkens the mid-tones; default 1 */
  gamma?: number;
  /** standard deviation of the pixel noise as a fraction of full scale; default 0.01 */
  noise?: number;
}

/**
 * Draws a film; same spec and stream, same pixels. Anatomy stays below 0.93 of full scale, so a marker can stand out.
 * @throws RangeError when the size is not in 256..1024 or gamma is not positive
 */
export function drawFilm(spec: FilmSpec, random: Random): GrayImage {
  const { size, strength = 1, gamma = 1, noise = 0.01 } = spec;
  if (!(size >= 256 && size <= 1024)) throw new RangeError(`invalid size; not in 256..1024: ${size}`);
  if (!(gamma > 0)) throw new RangeError(`invalid gamma; must be positive: ${gamma}`);
  const body = drawHabitus(random.fork('habitus'));
  const lesion = drawLesion(spec.class, strength, random.fork('lesion'));
  const grain = random.fork('noise');
  const coarse = valueNoise(size, 9, random.fork('coarse'));
  const fine = valueNoise(size, 45, random.fork('fine'));
  const exposure = random.fork('exposure').between(0.95, 1.05);
  const mottle = spec.class === 1 ? 0.35 : 0.08;
  const pixels = new Uint16Array(size * size);
  for (let y = 0, i = 0; y < size; y++) {
    for (let x = 0; x < size; x++, i++) {
      const { u, v } = bodyPoint(x, y, size, body);
      const lung = lungness(u, v, body);
      const shadow = lesion(u, v, lung) * (1 - 0.8 * heartness(u, v, body)) * (1 + mottle * fine[i]!);
      const texture = 0.012 * coarse[i]! + (0.01 + 0.03 * lung) * fine[i]!;
      const value = (chestBrightness(u, v, lung, body) + shadow + texture) * exposure;
      const shown = min(0.92, max(0.005, value)) ** gamma + noise * grain.normal();
      pixels[i] = round(min(0.93, max(0, shown)) * FULL_SCALE);
    }
  }
  return grayImage(size, size, pixels, FILM_BITS);
}
