// Pixel Padding (PS3.3 C.7.5.1.1.2): pixels that are no part of the film, such as corners behind a round collimator.
import type { StoredPixels } from '@sidemark/core/imaging';

/** Stored values that mean "nothing here", both ends included. */
export interface PaddingRange {
  from: number;
  to: number;
}

/** Pixels of padding = 1; undefined when there are none, or nothing else. */
export function paddingMask(
  stored: ArrayLike<number>,
  range: PaddingRange | undefined,
): Uint8Array | undefined {
  if (!range) return undefined;
  const mask = new Uint8Array(stored.length);
  let padded = 0;
  for (let i = 0; i < mask.length; i++) {
    const value = stored[i]!;
    if (value >= range.from && value <= range.to) {
      mask[i] = 1;
      padded++;
    }
  }
  return padded > 0 && padded < mask.length ? mask : undefined;
}

/**
 * Gives padding the lowest or highest value of the other pixels, in place, so that it is black and does not stretch
 * the range of the film.
 * @returns how many pixels are padding
 */
export function blackenPadding(pixels: StoredPixels, mask: Uint8Array, lowIsBlack: boolean): number {
  let black = lowIsBlack ? Infinity : -Infinity;
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === 1) continue;
    const value = pixels[i]!;
    if (lowIsBlack ? value < black : value > black) black = value;
  }
  let padded = 0;
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === 0) continue;
    pixels[i] = black;
    padded++;
  }
  return padded;
}
