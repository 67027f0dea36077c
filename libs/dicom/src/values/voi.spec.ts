import { describe, expect, it } from '@jest/globals';
import { type VoiWindow, voiValue } from './voi.ts';

const window = (shape: VoiWindow['shape'], center: number, width: number): VoiWindow => ({
  kind: 'window',
  center,
  width,
  shape,
});

describe('voiValue', () => {
  // the worked examples of PS3.3 C.11.2.1.2.1, output 0 to 255
  it.each([
    [2048, 4096, [0, 2048, 4095], [0, 2048 / 4095, 1]],
    [0, 100, [-50, 49], [0, 1]],
    [0, 1, [-1, -0.5, 0], [0, 0, 1]],
  ])('LINEAR, center %d, width %d', (center, width, inputs, outputs) => {
    inputs.forEach((input, i) =>
      expect(voiValue(window('LINEAR', center, width), input)).toBeCloseTo(outputs[i]!, 6),
    );
  });

  it('LINEAR_EXACT puts the center at one half and the ends at half a width', () => {
    const exact = window('LINEAR_EXACT', 100, 40);
    expect([80, 90, 100, 120, 500].map((value) => voiValue(exact, value))).toEqual([0, 0.25, 0.5, 1, 1]);
  });

  it('SIGMOID is 1 / (1 + exp(-4 (x - c) / w))', () => {
    const sigmoid = window('SIGMOID', 100, 40);
    expect(voiValue(sigmoid, 100)).toBe(0.5);
    expect(voiValue(sigmoid, 120)).toBeCloseTo(1 / (1 + Math.exp(-2)), 12);
    expect(voiValue(sigmoid, -1e6)).toBe(0);
  });

  it('a table holds its ends, and spans 0 to 1 over its bits', () => {
    const voi = { kind: 'table' as const, table: { first: 10, bits: 4, entries: Uint16Array.of(0, 5, 15) } };
    expect([-5, 10, 11, 12, 99].map((value) => voiValue(voi, value))).toEqual([0, 0, 5 / 15, 1, 1]);
  });
});
