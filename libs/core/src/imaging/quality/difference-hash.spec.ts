import { describe, expect, it } from '@jest/globals';
import { grayImage } from '../gray-image.ts';
import { differenceHash, hashDistance, hashWords } from './difference-hash.ts';

function waves(width: number, height: number, bits: 8 | 16, phase = 0) {
  const pixels = bits === 8 ? new Uint8Array(width * height) : new Uint16Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = Math.sin((9 * x) / width + (5 * y) / height + phase);
      pixels[y * width + x] = Math.round((2 ** bits - 1) * (0.5 + 0.4 * value));
    }
  }
  return grayImage(width, height, pixels, bits);
}

const distance = (a: string, b: string): number => hashDistance(hashWords(a), hashWords(b));

describe('differenceHash', () => {
  it('survives another size and depth', () => {
    const hash = differenceHash(waves(340, 320, 8));
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(distance(hash, differenceHash(waves(170, 160, 16)))).toBeLessThanOrEqual(6);
    expect(distance(hash, differenceHash(waves(340, 320, 8, 1.5)))).toBeGreaterThan(40);
  });

  it('counts differing bits, words with the sign bit too', () => {
    expect(distance('f'.repeat(64), '0'.repeat(64))).toBe(256);
    expect(distance('80000001'.repeat(8), '00000000'.repeat(8))).toBe(16);
    expect(hashDistance(hashWords('f'.repeat(64)), hashWords('0'.repeat(64)), 16)).toBeGreaterThan(16);
  });
});
