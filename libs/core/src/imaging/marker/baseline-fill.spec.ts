import { describe, expect, it } from '@jest/globals';
import { type GrayImage, grayImage } from '../gray-image.ts';
import { baselineFill } from './baseline-fill.ts';
import { harmonicFill } from './harmonic-fill.ts';
import { markerMask } from './marker-mask.ts';
import { seamScore } from './seam.ts';

const SIDE = 80;
const ramp = Uint16Array.from({ length: SIDE * SIDE }, (_, i) => 500 + 20 * (i % SIDE));
const truth = grayImage(SIDE, SIDE, ramp, 12);
const box = { x1: 30, y1: 30, x2: 42, y2: 42 };
const marked = markerMask(truth, [{ box, maskBox: box, score: 1, label: 0 }], {
  ...{ scoreThreshold: 0, dilateMinPx: 4, dilateFraction: 0, maxAreaFraction: 1 },
});
const { mask, holes } = marked;
const film: GrayImage = { ...truth, pixels: ramp.map((value, i) => (mask[i] === 1 ? 4095 : value)) };

const inside = ({ pixels }: GrayImage): number[] => [...pixels].filter((_, i) => mask[i] === 1);

describe('baselineFill', () => {
  it('continues a ramp harmonically, as the fill of the whole film does', () => {
    const filled = baselineFill(film, marked, 'harmonic');
    const whole = harmonicFill(film, mask);
    inside(filled).forEach((value, k) => {
      expect(Math.abs(value - inside(truth)[k]!)).toBeLessThan(20);
      expect(Math.abs(value - inside(whole)[k]!)).toBeLessThan(20);
    });
  });

  it('paints one grey: the median around, or black', () => {
    expect(new Set(inside(baselineFill(film, marked, 'border-median')))).toEqual(new Set([1220]));
    expect(new Set(inside(baselineFill(film, marked, 'blackout')))).toEqual(new Set([0]));
    const signed = grayImage(SIDE, SIDE, new Int16Array(SIDE * SIDE), 12, true);
    expect(new Set(inside(baselineFill(signed, marked, 'blackout')))).toEqual(new Set([-2048]));
  });

  it('is the film itself without a hole', () => {
    expect(baselineFill(film, { mask: new Uint8Array(SIDE * SIDE), holes: [] }, 'harmonic')).toBe(film);
  });
});

describe('seamScore', () => {
  it('is 1 where nothing was filled, and tells a plain rim from a smooth one', () => {
    expect(seamScore(truth, mask, holes)).toBeCloseTo(1, 1);
    const black = seamScore(baselineFill(film, marked, 'blackout'), mask, holes)!;
    const smooth = seamScore(baselineFill(film, marked, 'harmonic'), mask, holes)!;
    expect(black).toBeGreaterThan(20);
    expect(smooth).toBeLessThan(2);
  });

  it('says nothing where nothing is known, and is held at 100', () => {
    expect(seamScore(film, new Uint8Array(SIDE * SIDE).fill(1), holes)).toBeUndefined();
    const flat = grayImage(
      SIDE,
      SIDE,
      Uint16Array.from(mask, (hole) => 4095 * hole),
      12,
    );
    expect(seamScore(flat, mask, holes)).toBe(100);
  });
});
