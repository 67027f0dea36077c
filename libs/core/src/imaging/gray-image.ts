// The one picture type of the house: stored or modality integers with the range they can represent.
import { blocksOf } from './pixel-blocks.ts';

/** Native integers of a film, row-major, `width * height` long. */
export type StoredPixels = Uint8Array | Uint16Array | Int16Array | Int32Array;

/** One grey film in its native integers; bone is white once the reader has settled the polarity. */
export interface GrayImage {
  /** columns, px */
  width: number;
  /** rows, px */
  height: number;
  /** Bits Stored (0028,0101): significant bits of one pixel, 1..32 */
  bitsStored: number;
  /** Pixel Representation (0028,0103) = 1 */
  signed?: boolean;
  /** row-major, length `width * height` */
  pixels: StoredPixels;
  /** lowest value the domain can hold (not the lowest present) */
  minValue: number;
  /** highest value the domain can hold (not the highest present) */
  maxValue: number;
}

/** Lowest and highest value present. */
export interface ValueRange {
  min: number;
  max: number;
}

/**
 * Range of integers that `bitsStored` bits can hold: [0, 2^b - 1], or [-2^(b-1), 2^(b-1) - 1] when signed.
 * @throws RangeError when bitsStored is not in 1..32
 */
export function representableRange(bitsStored: number, signed = false): ValueRange {
  if (!Number.isInteger(bitsStored) || bitsStored < 1 || bitsStored > 32) {
    throw new RangeError(`invalid bitsStored; not in 1..32: ${bitsStored}`);
  }
  return signed
    ? { min: -(2 ** (bitsStored - 1)), max: 2 ** (bitsStored - 1) - 1 }
    : { min: 0, max: 2 ** bitsStored - 1 };
}

/**
 * A film whose range follows from its bits.
 * @throws RangeError when the pixel count is not width * height, or the bits are out of range
 */
export function grayImage(
  width: number,
  height: number,
  pixels: StoredPixels,
  bitsStored: number,
  signed = false,
): GrayImage {
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw new RangeError(`invalid size; width and height must be positive integers: ${width} x ${height}`);
  }
  if (pixels.length !== width * height) {
    throw new RangeError(`invalid pixels; length must be ${width * height}: ${pixels.length}`);
  }
  const { min, max } = representableRange(bitsStored, signed);
  return { width, height, bitsStored, signed, pixels, minValue: min, maxValue: max };
}

/** A copy of the same kind. Not slice(): a node Buffer, which is what image decoders return, would share its memory. */
export function copyPixels(pixels: StoredPixels): StoredPixels {
  switch (pixels[Symbol.toStringTag]) {
    case 'Uint8Array':
      return new Uint8Array(pixels);
    case 'Uint16Array':
      return new Uint16Array(pixels);
    case 'Int16Array':
      return new Int16Array(pixels);
    case 'Int32Array':
      return new Int32Array(pixels);
  }
}

/**
 * Lowest and highest of a non-empty array, NaN ignored.
 * @throws RangeError on an empty array
 */
export function range(pixels: ArrayLike<number>): ValueRange {
  if (pixels.length === 0) throw new RangeError('invalid pixels; must not be empty: length 0');
  const found = { min: Infinity, max: -Infinity };
  for (const block of blocksOf(pixels)) widen(found, block);
  return found;
}

function widen(found: ValueRange, block: Float64Array): void {
  let { min, max } = found;
  for (let i = 0; i < block.length; i++) {
    const value = block[i]!;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  found.min = min;
  found.max = max;
}

/** The same film with black and white exchanged: `maxValue + minValue - x`. Its own inverse, exact at any depth. */
export function invertPolarity(image: GrayImage): GrayImage {
  const pixels = copyPixels(image.pixels);
  const sum = image.maxValue + image.minValue;
  for (let i = 0; i < pixels.length; i++) pixels[i] = sum - pixels[i]!;
  return { ...image, pixels };
}
