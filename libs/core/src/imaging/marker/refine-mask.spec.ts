import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type GrayImage, grayImage } from '../gray-image.ts';
import { markerMask } from './marker-mask.ts';
import { otsuCut, refineMask } from './refine-mask.ts';

const policy = { scoreThreshold: 0.5, dilateMinPx: 4, dilateFraction: 0.1, maxAreaFraction: 0.3 };
const usual = { closePx: 3, growPx: 3, maxBorderShare: 0.1 };

/** Noise below 1000 of 4095. */
function noise(width: number, height: number, seed: number): GrayImage {
  const pixels = new Uint16Array(width * height);
  for (let i = 0; i < pixels.length; i++)
    pixels[i] = Math.floor((Math.abs(Math.sin(i * 78.233 + seed) * 43758.5453) % 1) * 1000);
  return grayImage(width, height, pixels, 12);
}

const found = (x1: number, y1: number, w: number, h: number) => {
  const box = { x1, y1, x2: x1 + w, y2: y1 + h };
  return { box, maskBox: box, score: 1, label: 0 };
};

const boxes = fc.array(
  fc.record({
    x: fc.integer({ min: 0, max: 50 }),
    y: fc.integer({ min: 0, max: 50 }),
    w: fc.integer({ min: 1, max: 14 }),
    h: fc.integer({ min: 1, max: 14 }),
  }),
  { minLength: 1, maxLength: 4 },
);

describe('otsuCut', () => {
  it('is where the variance between dark and bright is largest', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 2, maxLength: 60 }), (values) => {
        const cut = otsuCut(Float64Array.from([0, 255, ...values]));
        const between = (at: number): number => {
          const all = [0, 255, ...values];
          const [dark, bright] = [all.filter((v) => v < at), all.filter((v) => v >= at)];
          const mean = (part: number[]): number => part.reduce((sum, v) => sum + v, 0) / part.length;
          return dark.length * bright.length * (mean(dark) - mean(bright)) ** 2;
        };
        const best = Math.max(...Array.from({ length: 255 }, (_, i) => between(i + 1)));
        expect(between(cut)).toBeGreaterThanOrEqual(best * (1 - 1e-2));
      }),
    );
  });

  it('is the lowest value of one grey', () => {
    expect(otsuCut(Float64Array.of(7, 7, 7))).toBe(7);
  });
});

describe('refineMask', () => {
  it('stays inside the dilated boxes, never grows the hole, and counts its pixels', () => {
    fc.assert(
      fc.property(
        boxes,
        fc.integer({ min: 1, max: 999 }),
        fc.constantFrom(1, 3, 5),
        fc.constantFrom(0, 3, 50),
        fc.constantFrom(0, 0.1, 1),
        (some, seed, closePx, growPx, maxBorderShare) => {
          const image = noise(64, 64, seed);
          const marked = markerMask(
            image,
            some.map(({ x, y, w, h }) => found(x, y, w, h)),
            policy,
          );
          const refined = refineMask(image, marked, { closePx, growPx, maxBorderShare });
          expect(refined.mask.every((one, i) => one <= marked.mask[i]!)).toBe(true);
          expect(refined.holes.map(({ box }) => box)).toEqual(marked.holes.map(({ box }) => box));
          for (const [i, { area }] of refined.holes.entries()) {
            expect(area).toBeGreaterThan(0);
            expect(area).toBeLessThanOrEqual(marked.holes[i]!.area);
          }
          const drawn = refined.mask.reduce((sum, one) => sum + one, 0);
          expect(refined.holes.reduce((sum, { area }) => sum + area, 0)).toBe(drawn);
        },
      ),
    );
  });

  it('covers a letter and its rim, closes its gap, and leaves the rest of the box', () => {
    const image = noise(64, 64, 1);
    // an L of 2 px strokes with a gap of 1 px
    for (let y = 20; y < 40; y++) image.pixels.fill(4095, y * 64 + 20, y * 64 + 22);
    image.pixels.fill(500, 30 * 64 + 20, 30 * 64 + 22);
    for (let y = 38; y < 40; y++) image.pixels.fill(4095, y * 64 + 20, y * 64 + 32);
    const marked = markerMask(image, [found(20, 20, 12, 20)], policy);
    const { mask, holes } = refineMask(image, marked, { ...usual, growPx: 0 });
    const letter = Array.from(image.pixels).filter((value) => value === 4095).length;
    expect(holes[0]?.area).toBe(letter + 2);
    expect(mask[30 * 64 + 20]).toBe(1);
    const grown = refineMask(image, marked, usual);
    expect(grown.mask[25 * 64 + 17]).toBe(1);
    expect(grown.mask[25 * 64 + 16]).toBe(0);
    expect(grown.holes[0]!.area).toBeLessThan(0.75 * marked.holes[0]!.area);
  });

  it('leaves a box whole whose ground is as bright as the letter: the dark plate between them would stay', () => {
    const image = noise(64, 64, 1);
    image.pixels.fill(4000);
    for (let y = 20; y < 40; y++) image.pixels.fill(300, y * 64 + 20, y * 64 + 40);
    for (let y = 24; y < 36; y++) image.pixels.fill(4095, y * 64 + 28, y * 64 + 31);
    const marked = markerMask(image, [found(20, 20, 20, 20)], policy);
    expect(refineMask(image, marked, usual).mask).toEqual(marked.mask);
    const trusting = refineMask(image, marked, { ...usual, maxBorderShare: 1 });
    expect(trusting.mask[24 * 64 + 24]).toBe(0);
  });

  it('leaves a box of one grey as it is', () => {
    const flat = grayImage(64, 64, new Uint16Array(64 * 64).fill(9), 12);
    const marked = markerMask(flat, [found(20, 20, 12, 20)], policy);
    expect(refineMask(flat, marked, usual).mask).toEqual(marked.mask);
  });
});
