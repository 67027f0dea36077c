import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { grayImage } from '../gray-image.ts';
import { cropFilm, mergeViews, tilesOf } from './tiles.ts';

const side = fc.integer({ min: 1, max: 4000 });

describe('tilesOf', () => {
  it('covers the film, stays inside it, and shares with the neighbour what is asked', () => {
    fc.assert(
      fc.property(
        side,
        side,
        fc.constantFrom(128, 512),
        fc.constantFrom(0.5, 1, 2),
        fc.constantFrom(0, 0.25, 0.5),
        (width, height, frame, scale, overlap) => {
          const tiles = tilesOf({ width, height }, { w: frame, h: frame }, { scale, overlap, merge: 0.5 });
          const wanted = frame / scale;
          if (width <= wanted && height <= wanted) {
            expect(tiles).toEqual([]);
            return;
          }
          for (const [low, high, length] of [
            ['x1', 'x2', width],
            ['y1', 'y2', height],
          ] as const) {
            const starts = [...new Set(tiles.map((tile) => tile[low]))].sort((a, b) => a - b);
            const size = tiles[0]![high] - tiles[0]![low];
            expect(size).toBe(Math.min(length, wanted));
            expect(starts[0]).toBe(0);
            expect(starts.at(-1)! + size).toBe(length);
            // rounding of the starts costs at most a pixel
            for (const [i, start] of starts.slice(1).entries())
              expect(starts[i]! + size - start).toBeGreaterThanOrEqual(Math.floor(overlap * size) - 1);
          }
        },
      ),
    );
  });
});

describe('cropFilm', () => {
  it('cuts out the pixels and keeps what they can hold', () => {
    const film = grayImage(
      4,
      3,
      Int16Array.from({ length: 12 }, (_, i) => i - 6),
      12,
      true,
    );
    const part = cropFilm(film, { x1: 1, y1: 1, x2: 3, y2: 3 });
    expect([...part.pixels]).toEqual([-1, 0, 3, 4]);
    expect(part).toMatchObject({ width: 2, height: 2, minValue: -2048, maxValue: 2047 });
    part.pixels.fill(9);
    expect(film.pixels[5]).toBe(-1);
  });
});

describe('mergeViews', () => {
  const film = { width: 200, height: 100 };
  const left = { x1: 0, y1: 0, x2: 100, y2: 100 };
  const right = { x1: 80, y1: 0, x2: 180, y2: 100 };
  const found = (x1: number, x2: number, score: number, label = 0) => ({
    box: { x1, y1: 40, x2, y2: 60 },
    score,
    label,
  });
  const merged = (inLeft: ReturnType<typeof found>[], inRight: ReturnType<typeof found>[]) =>
    mergeViews(
      film,
      [
        { tile: left, found: inLeft },
        { tile: right, found: inRight },
      ],
      { merge: 0.5 },
    );

  it('puts the boxes of a tile on the film', () => {
    expect(merged([], [found(30, 50, 0.9)])).toEqual([
      { box: { x1: 110, y1: 40, x2: 130, y2: 60 }, score: 0.9, label: 0 },
    ]);
  });

  it('knows a marker that two tiles see, and keeps the better box', () => {
    expect(merged([found(82, 97, 0.8)], [found(3, 18, 0.9)]).map(({ score }) => score)).toEqual([0.9]);
  });

  it('prefers the whole marker to a part of it with a better score', () => {
    // 95..110 on the film: the left tile ends at 100 and sees a third of it
    expect(merged([found(95, 100, 0.99)], [found(15, 30, 0.7)])).toEqual([
      { box: { x1: 95, y1: 40, x2: 110, y2: 60 }, score: 0.7, label: 0 },
    ]);
  });

  it('lets stand a part that no other tile knows, small boxes in large ones, and other classes', () => {
    expect(merged([found(95, 100, 0.9)], [])).toHaveLength(1);
    expect(merged([found(10, 80, 0.9), found(20, 30, 0.8)], [])).toHaveLength(2);
    expect(merged([found(82, 97, 0.8)], [found(3, 18, 0.9, 1)])).toHaveLength(2);
  });
});
