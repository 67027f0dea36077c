// Pixel Cells -> integers: High Bit, Bits Stored, sign (PS3.5 section 8.1.1).
import { grayImage, type GrayImage } from '@sidemark/core/imaging';
import { DicomRefusal } from './refusal.ts';

export interface PixelLayout {
  /** Columns (0028,0011) */
  width: number;
  /** Rows (0028,0010) */
  height: number;
  /** Bits Allocated (0028,0100): 8 or 16 */
  bitsAllocated: number;
  /** Bits Stored (0028,0101): 1..bitsAllocated */
  bitsStored: number;
  /** High Bit (0028,0102): bitsStored - 1 .. bitsAllocated - 1 */
  highBit: number;
  /** Pixel Representation (0028,0103) = 1 */
  signed: boolean;
}

/**
 * The numbers a layout promises, checked.
 * @throws DicomRefusal bad-geometry
 */
export function requireLayout(layout: PixelLayout): void {
  const { width, height, bitsAllocated, bitsStored, highBit } = layout;
  const wrong = (what: string): never => {
    throw new DicomRefusal('bad-geometry', what);
  };
  if (!(width >= 1 && height >= 1)) wrong(`Rows and Columns must be positive: ${height} x ${width}`);
  if (bitsAllocated !== 8 && bitsAllocated !== 16) wrong(`Bits Allocated must be 8 or 16: ${bitsAllocated}`);
  if (!(bitsStored >= 1 && bitsStored <= bitsAllocated))
    wrong(`Bits Stored must be 1..${bitsAllocated}: ${bitsStored}`);
  if (!(highBit >= bitsStored - 1 && highBit < bitsAllocated)) {
    wrong(`High Bit must be ${bitsStored - 1}..${bitsAllocated - 1}: ${highBit}`);
  }
}

/**
 * Stored values of one frame: shifted down from High Bit, masked to Bits Stored, sign-extended.
 * @param words little endian, at least width * height * bitsAllocated / 8 bytes
 * @throws DicomRefusal truncated
 */
export function storedValues(words: Uint8Array, layout: PixelLayout): GrayImage {
  const { width, height, bitsAllocated, bitsStored, highBit, signed } = layout;
  const count = width * height;
  const needed = (count * bitsAllocated) / 8;
  if (words.length < needed) {
    throw new DicomRefusal('truncated', `Pixel Data must hold ${needed} bytes: ${words.length}`);
  }
  const wide = bitsAllocated === 16;
  const shift = highBit + 1 - bitsStored;
  // << then >> (arithmetic) or >>> (logical) drops the bits above High Bit and brings the sign along
  const up = 32 - bitsStored;
  const pixels = signed ? new Int16Array(count) : wide ? new Uint16Array(count) : new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const word = wide ? words[2 * i]! | (words[2 * i + 1]! << 8) : words[i]!;
    const aligned = (word >>> shift) << up;
    pixels[i] = signed ? aligned >> up : aligned >>> up;
  }
  return grayImage(width, height, pixels, bitsStored, signed);
}
