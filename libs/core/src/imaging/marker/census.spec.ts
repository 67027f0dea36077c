import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Box } from '../box.ts';
import { type GrayImage, grayImage } from '../gray-image.ts';
import { gridCell, markerCensus } from './census.ts';
import type { Detection } from './detections.ts';

const WIDTH = 60;
const HEIGHT = 40;

const found = (box: Box, label = 0): Detection => ({ box, maskBox: box, score: 0.9, label });

/** Anatomy of 400 to 600 of 4095. @param ink of each pixel of the box, or undefined where the anatomy shows */
function film(box: Box, ink: (i: number) => number | undefined): GrayImage {
  const pixels = new Uint16Array(WIDTH * HEIGHT);
  for (let i = 0; i < pixels.length; i++) pixels[i] = 400 + ((i * 7919) % 200);
  let i = 0;
  for (let y = box.y1; y < box.y2; y++)
    for (let x = box.x1; x < box.x2; x++, i++) pixels[y * WIDTH + x] = ink(i) ?? pixels[y * WIDTH + x]!;
  return grayImage(WIDTH, HEIGHT, pixels, 12);
}

const box = { x1: 4, y1: 2, x2: 14, y2: 10 };
const letter = (grey: (i: number) => number) => film(box, (i) => (i % 3 === 0 ? grey(i) : undefined));

function mirrored({ pixels, ...image }: GrayImage): GrayImage {
  const flipped = pixels.slice();
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) flipped[y * WIDTH + x] = pixels[y * WIDTH + WIDTH - 1 - x]!;
  return { ...image, pixels: flipped };
}

const boxes = fc
  .record({
    x1: fc.nat(50),
    y1: fc.nat(30),
    w: fc.integer({ min: 2, max: 9 }),
    h: fc.integer({ min: 2, max: 9 }),
  })
  .map(({ x1, y1, w, h }) => ({ x1, y1, x2: x1 + w, y2: y1 + h }));

describe('markerCensus', () => {
  it('is empty for a film without markers', () => {
    expect(
      markerCensus(
        letter(() => 4000),
        [],
      ),
    ).toEqual([]);
  });

  it('says letter, place, size and brightness', () => {
    const [one] = markerCensus(
      letter(() => 4000),
      [found(box, 2)],
    );
    expect(one).toMatchObject({ label: 2, look: 'digital', x: 9 / 60, y: 6 / 40, size: 10 / 60 });
    expect(one!.intensity).toBeCloseTo(1, 9);
  });

  it('calls a letter of one grey digital, and one of many greys lead', () => {
    const noisy = letter((i) => 3000 + ((i * 613) % 500));
    expect(markerCensus(noisy, [found(box)])[0]!.look).toBe('lead');
    const anyGrey = fc.integer({ min: 1500, max: 4095 });
    fc.assert(
      fc.property(anyGrey, (grey) => {
        expect(
          markerCensus(
            letter(() => grey),
            [found(box)],
          )[0]!.look,
        ).toBe('digital');
      }),
    );
  });

  it('counts 60 % of the foreground as a plateau, and less as none', () => {
    const inked = Array.from({ length: 80 }, (_, i) => i).filter((i) => i % 3 === 0);
    const withPlateau = (share: number) => {
      const flat = new Set(inked.slice(0, Math.ceil(share * inked.length)));
      return markerCensus(
        letter((i) => (flat.has(i) ? 3500 : 3501 + i)),
        [found(box)],
      )[0]!.look;
    };
    expect(withPlateau(0.6)).toBe('digital');
    expect(withPlateau(0.55)).toBe('lead');
  });

  it('mirrors with the film, and keeps everything else', () => {
    fc.assert(
      fc.property(boxes, fc.integer({ min: 700, max: 4095 }), (at, grey) => {
        const image = film(at, (i) => (i % 2 === 0 ? grey : undefined));
        const [one] = markerCensus(image, [found(at)]);
        const [other] = markerCensus(mirrored(image), [
          found({ ...at, x1: WIDTH - at.x2, x2: WIDTH - at.x1 }),
        ]);
        expect(other!.x).toBeCloseTo(1 - one!.x, 9);
        expect({ ...other, x: 0 }).toEqual({ ...one, x: 0 });
      }),
    );
  });

  it('gives shares, whatever the box', () => {
    const anywhere = fc.double({ min: -10, max: 70, noNaN: true });
    fc.assert(
      fc.property(anywhere, anywhere, anywhere, anywhere, (a, b, c, d) => {
        const odd = { x1: Math.min(a, b), x2: Math.max(a, b), y1: Math.min(c, d), y2: Math.max(c, d) };
        const [one] = markerCensus(
          letter(() => 4000),
          [found(odd)],
        );
        for (const value of [one!.x, one!.y, one!.size, one!.intensity]) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
        expect(gridCell(one!.x, 8)).toBeLessThan(8);
      }),
    );
  });

  it('survives a film of one value', () => {
    const flat = grayImage(4, 4, new Uint8Array(16).fill(7), 8);
    expect(markerCensus(flat, [found({ x1: 0, y1: 0, x2: 2, y2: 2 })])[0]).toMatchObject({
      look: 'digital',
      intensity: 0,
    });
  });
});
