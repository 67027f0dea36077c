import { describe, expect, it } from '@jest/globals';
import { type GrayImage, grayImage, invertPolarity } from '../gray-image.ts';
import { judgePolarity } from './polarity.ts';
import { shrink } from './shrink.ts';

const SIDE = 256;

/** Air, a body, two dark lungs, a bright spine: the least that is a chest. */
function chest(bits: 8 | 16 = 8, pad = 0): GrayImage {
  const top = 2 ** bits - 1;
  const pixels = bits === 8 ? new Uint8Array(SIDE * SIDE) : new Uint16Array(SIDE * SIDE);
  const at = (value: number): number => (value - pad) / (SIDE - 2 * pad);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const [u, v] = [at(x), at(y)];
      const lung = Math.min(Math.abs(u - 0.28), Math.abs(u - 0.72)) < 0.13 && v > 0.15 && v < 0.68;
      const body = u > 0.08 && u < 0.92;
      const share = !body ? 0.05 : lung ? 0.25 : Math.abs(u - 0.5) < 0.07 ? 0.9 : 0.6;
      const padded = u < 0 || u >= 1 || v < 0 || v >= 1;
      pixels[y * SIDE + x] = padded ? top : Math.round(top * share);
    }
  }
  return grayImage(SIDE, SIDE, pixels, bits);
}

describe('judgePolarity', () => {
  it.each([8, 16] as const)('knows a chest and its negative at %i bits', (bits) => {
    const [film, negative] = [chest(bits), invertPolarity(chest(bits))];
    expect(judgePolarity(film).verdict).toBe('bone-white');
    expect(judgePolarity(negative).verdict).toBe('inverted');
    expect(judgePolarity(negative).score).toBeCloseTo(-judgePolarity(film).score, 10);
  });

  it('looks past a white rim of padding', () => {
    expect(judgePolarity(chest(8, 24)).verdict).toBe('bone-white');
  });

  it('does not decide on a picture without a chest', () => {
    const flat = grayImage(64, 64, new Uint8Array(64 * 64).fill(7), 8);
    expect(judgePolarity(flat)).toEqual({ verdict: 'undecided', score: 0 });
    const ramp = new Uint8Array(64 * 64);
    for (let i = 0; i < ramp.length; i++) ramp[i] = 4 * (i % 64);
    expect(judgePolarity(grayImage(64, 64, ramp, 8)).verdict).toBe('undecided');
    expect(judgePolarity(grayImage(1, 1, new Uint8Array([3]), 8)).verdict).toBe('undecided');
  });
});

describe('shrink', () => {
  it('averages blocks and repeats the pixels of a film smaller than the grid', () => {
    const film = grayImage(4, 2, new Uint8Array([0, 2, 4, 6, 2, 4, 6, 8]), 8);
    expect([...shrink(film, 2, 1).means]).toEqual([2, 6]);
    expect([...shrink(film, 8, 2).means].slice(0, 4)).toEqual([0, 0, 2, 2]);
  });
});
