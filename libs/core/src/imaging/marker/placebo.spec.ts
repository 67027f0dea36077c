import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Box, boxesTouch } from '../box.ts';
import { type MarkerMask, markerMask } from './marker-mask.ts';
import { placeboMask } from './placebo.ts';

const policy = { scoreThreshold: 0.5, dilateMinPx: 0, dilateFraction: 0, maxAreaFraction: 1 };
const marked = (film: { width: number; height: number }, boxes: readonly Box[]): MarkerMask =>
  markerMask(
    film,
    boxes.map((box) => ({ box, maskBox: box, score: 1, label: 0 })),
    policy,
  );

const drawing =
  (...shares: number[]) =>
  (): number =>
    shares.shift() ?? 0;

describe('placeboMask', () => {
  const film = { width: 40, height: 30 };

  it('moves a hole as it is, and draws it there', () => {
    const two = marked(film, [
      { x1: 2, y1: 2, x2: 8, y2: 5 },
      { x1: 5, y1: 4, x2: 10, y2: 9 },
    ]);
    const found = placeboMask(film, two, drawing(0.999))!;
    const [hole] = found.holes;
    expect(hole!.area).toBe(two.holes[0]!.area);
    expect(hole!.box).toEqual({ x1: 32, y1: 23, x2: 40, y2: 30 });
    expect(found.mask.reduce((sum, one) => sum + one, 0)).toBe(hole!.area);
    // the notch of the two boxes is where it was
    expect(found.mask[23 * 40 + 39]).toBe(0);
    expect(found.mask[23 * 40 + 32]).toBe(1);
  });

  it('knows every legal place: the first and the last are the corners', () => {
    const one = marked(film, [{ x1: 18, y1: 10, x2: 22, y2: 14 }]);
    expect(placeboMask(film, one, drawing(0))!.holes[0]!.box).toEqual({ x1: 0, y1: 0, x2: 4, y2: 4 });
    expect(placeboMask(film, one, drawing(1 - 1e-9))!.holes[0]!.box).toMatchObject({ x2: 40, y2: 30 });
  });

  it('has none where there is no marker, and none where there is no room', () => {
    expect(placeboMask(film, marked(film, []), drawing(0))).toBeUndefined();
    expect(placeboMask(film, marked(film, [{ x1: 5, y1: 0, x2: 35, y2: 30 }]), drawing(0))).toBeUndefined();
    // two holes, and room for one of them only
    const narrow = { width: 13, height: 4 };
    const pair = marked(narrow, [
      { x1: 0, y1: 0, x2: 3, y2: 4 },
      { x1: 5, y1: 0, x2: 8, y2: 4 },
    ]);
    expect(placeboMask(narrow, pair, drawing(0, 0))).toBeUndefined();
  });

  it('is inside the film, touches no marker and no other placebo, and is the same for the same draws', () => {
    const boxes = fc.array(
      fc
        .tuple(fc.nat(33), fc.nat(23), fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }))
        .map(([x1, y1, w, h]) => ({ x1, y1, x2: x1 + w, y2: y1 + h })),
      { minLength: 1, maxLength: 3 },
    );
    const shares = fc.array(fc.double({ min: 0, max: 0.999999, noNaN: true }), {
      minLength: 3,
      maxLength: 3,
    });
    fc.assert(
      fc.property(boxes, shares, (given, draws) => {
        const markers = marked(film, given);
        const found = placeboMask(film, markers, drawing(...draws));
        fc.pre(found !== undefined);
        const all = [...markers.holes, ...found.holes];
        for (const { box } of found.holes) {
          expect(box.x1 >= 0 && box.y1 >= 0 && box.x2 <= film.width && box.y2 <= film.height).toBe(true);
          expect(all.filter((other) => boxesTouch(other.box, box))).toHaveLength(1);
        }
        const areas = (of: MarkerMask): number[] => of.holes.map(({ area }) => area).sort((a, b) => a - b);
        expect(areas(found)).toEqual(areas(markers));
        expect(found.mask.reduce((sum, one) => sum + one, 0)).toBe(
          areas(found).reduce((sum, one) => sum + one, 0),
        );
        expect(placeboMask(film, markers, drawing(...draws))).toEqual(found);
      }),
    );
  });

  it('takes each place as often as any other', () => {
    const small = { width: 7, height: 5 };
    const one = marked(small, [{ x1: 3, y1: 2, x2: 4, y2: 3 }]);
    const count = 26;
    const seen = new Set(
      Array.from({ length: count }, (_, i) => {
        const { x1, y1 } = placeboMask(small, one, drawing((i + 0.5) / count))!.holes[0]!.box;
        return `${x1} ${y1}`;
      }),
    );
    // 35 places of one pixel, less the nine in and around the marker
    expect(seen.size).toBe(count);
  });
});
