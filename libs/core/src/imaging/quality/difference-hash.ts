// A fingerprint of the picture itself: it survives another file format, size, window or depth.
import type { GrayImage } from '../gray-image.ts';
import { shrink } from './shrink.ts';

const SIDE = 16;

/**
 * Bits that may differ in two files of one film. Chest films look alike: of 64 bits (8 x 8) distinct patients share all
 * at times, so there are 256. Copies of real films and distinct films are measured by `npm run eval:films`.
 */
export const nearDuplicateBits = 16;

/**
 * Difference hash (dHash; N. Krawetz, 2013) of 16 x 16 bits: is each block darker than its right neighbour?
 * @returns 64 hex digits, row-major
 */
export function differenceHash(film: GrayImage): string {
  const { means } = shrink(film, SIDE + 1, SIDE);
  let hex = '';
  for (let y = 0; y < SIDE; y++) {
    let bits = 0;
    for (let x = 0; x < SIDE; x++) {
      const at = y * (SIDE + 1) + x;
      bits = bits * 2 + (means[at]! < means[at + 1]! ? 1 : 0);
    }
    hex += bits.toString(16).padStart(4, '0');
  }
  return hex;
}

/** A hash as 32-bit words, for many comparisons. */
export function hashWords(hash: string): Uint32Array {
  const words = new Uint32Array(hash.length / 8);
  for (let i = 0; i < words.length; i++) words[i] = Number.parseInt(hash.slice(8 * i, 8 * i + 8), 16);
  return words;
}

/** Bits that differ in two hashes of equal length (Hamming distance); counting ends above `most`. */
export function hashDistance(a: Uint32Array, b: Uint32Array, most = Infinity): number {
  let distance = 0;
  for (let i = 0; i < a.length && distance <= most; i++) distance += bitsOf(a[i]! ^ b[i]!);
  return distance;
}

/** Bits set in 32 (H. S. Warren, Hacker's Delight, figure 5-2). */
function bitsOf(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return (((x + (x >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
