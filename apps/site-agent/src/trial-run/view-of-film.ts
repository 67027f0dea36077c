// A film as a person looks at it: scaled to fit a frame, its greys windowed between two percentiles.
import { type Box, type GrayImage, resize } from '@sidemark/core/imaging';

export interface FilmView {
  /** 0 to 255, row-major */
  readonly grey: Float32Array;
  readonly width: number;
  readonly height: number;
  /** px of the view for one px of the film */
  readonly scale: number;
}

export interface Window {
  readonly low: number;
  readonly high: number;
}

/** From the 0.5th to the 99.5th percentile of some 100,000 pixels. */
export function windowOf({ pixels }: GrayImage): Window {
  const step = Math.max(1, Math.floor(pixels.length / 100_000));
  const some: number[] = [];
  for (let i = 0; i < pixels.length; i += step) some.push(pixels[i]!);
  some.sort((a, b) => a - b);
  const at = (share: number): number => some[Math.round(share * (some.length - 1))]!;
  const [low, high] = [at(0.005), at(0.995)];
  return high > low ? { low, high } : { low: some[0]!, high: some.at(-1)! };
}

/** @param most longer side of the view, px. @param part of the film, whole px; default all of it */
export function viewOf(
  film: GrayImage,
  { low, high }: Window,
  most: number,
  part: Box = { x1: 0, y1: 0, x2: film.width, y2: film.height },
): FilmView {
  const [w, h] = [part.x2 - part.x1, part.y2 - part.y1];
  const scale = most / Math.max(w, h);
  const [width, height] = [Math.max(1, Math.round(w * scale)), Math.max(1, Math.round(h * scale))];
  const values = new Float32Array(w * h);
  const gain = 255 / Math.max(1, high - low);
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++)
      values[y * w + x] = (film.pixels[(part.y1 + y) * film.width + part.x1 + x]! - low) * gain;
  const grey = resize(values, w, h, width, height, { interpolation: 'bilinear', antialias: true });
  return { grey, width, height, scale };
}
