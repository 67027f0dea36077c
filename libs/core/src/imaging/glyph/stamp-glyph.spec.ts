import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { grayImage, type GrayImage, range } from '../gray-image.ts';
import { type Glyph, glyphsOf } from './glyph-library.ts';
import { stampGlyph } from './stamp-glyph.ts';

const everything = {
  letters: ['left', 'right'],
  looks: ['digital', 'lead'],
  corners: ['top-left', 'top-right', 'bottom-left', 'bottom-right'],
  sizes: [0.05, 0.1],
} as const;
const film = (width = 200, height = 240, value = 500): GrayImage =>
  grayImage(width, height, new Uint16Array(width * height).fill(value), 12);
const glyph = (change: Partial<Glyph> = {}): Glyph => ({
  ...{ letter: 'left', look: 'digital', corner: 'top-left', size: 0.1 },
  ...change,
});

/** As text: # of a full stroke, + of a part of one. */
function drawn({ pixels, width }: GrayImage, rows: readonly [number, number], columns: number): string[] {
  return Array.from({ length: rows[1] - rows[0] }, (_, y) =>
    Array.from({ length: columns }, (__, x) => {
      const value = pixels[(rows[0] + y) * width + x]!;
      return value === 4000 ? '#' : value > 500 ? '+' : '.';
    })
      .join('')
      .replace(/\.+$/, ''),
  );
}

describe(glyphsOf, () => {
  it('names every combination once', () => {
    const all = glyphsOf(everything);
    expect(all).toHaveLength(32);
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(32);
    expect(all[0]).toEqual({ letter: 'left', look: 'digital', corner: 'top-left', size: 0.05 });
  });
});

describe(stampGlyph, () => {
  it('draws letters that are told apart by eye', () => {
    const letters = (['left', 'right'] as const).map((letter) =>
      drawn(stampGlyph(film(), glyph({ letter }), 4000), [8, 28], 26),
    );
    expect(letters).toMatchSnapshot();
  });

  it('draws the same pixels everywhere: the drawings are of the version of the library', () => {
    const hash = createHash('sha256');
    for (const one of glyphsOf(everything)) hash.update(stampGlyph(film(), one, 4000).pixels);
    expect(hash.digest('hex')).toMatchSnapshot();
  });

  it('changes nothing far from its corner, and makes nothing darker', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...glyphsOf(everything)),
        fc.integer({ min: 60, max: 300 }),
        fc.integer({ min: 60, max: 300 }),
        (one, width, height) => {
          const before = film(width, height);
          const after = stampGlyph(before, one, 4000);
          const reach = (0.04 + one.size) * Math.min(width, height) + 2;
          const [left, top] = [one.corner.endsWith('left'), one.corner.startsWith('top')];
          let [changed, stray, darker] = [0, 0, 0];
          for (let y = 0; y < height; y++)
            for (let x = 0; x < width; x++) {
              const value = after.pixels[y * width + x]!;
              if (value === 500) continue;
              changed++;
              if (value < 500) darker++;
              if ((left ? x : width - 1 - x) >= reach || (top ? y : height - 1 - y) >= reach) stray++;
            }
          expect({ stray, darker }).toEqual({ stray: 0, darker: 0 });
          expect(changed).toBeGreaterThan(0);
          expect(before.pixels.every((value) => value === 500)).toBe(true);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('lets what lies behind lead shimmer through', () => {
    const brightest = (look: Glyph['look']): number =>
      range(stampGlyph(film(), glyph({ look }), 4000).pixels).max;
    expect(brightest('digital')).toBe(4000);
    expect(brightest('lead')).toBe(Math.round(500 + 0.85 * 3500));
  });

  it('leaves a film alone that is as white as the letter', () => {
    expect(stampGlyph(film(200, 240, 4000), glyph(), 4000).pixels).toEqual(film(200, 240, 4000).pixels);
  });
});
