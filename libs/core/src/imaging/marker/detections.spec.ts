import { describe, expect, it } from '@jest/globals';
import { decodeNmsPadded } from './detections.ts';
import { fitTransform } from '../tensor/fit.ts';
import { markerMask } from './marker-mask.ts';

const policy = { scoreThreshold: 0.5, dilateMinPx: 4, dilateFraction: 0.1, maxAreaFraction: 0.08 };
const transform = fitTransform({ width: 1024, height: 512 }, { h: 512, w: 512 }, 'letterbox-center');
const padded = (rows: [number[], number, number][]) => ({
  boxes: Float32Array.from(rows.flatMap(([box]) => box)),
  scores: Float32Array.from(rows.map(([, score]) => score)),
  labels: BigInt64Array.from(rows.map(([, , label]) => BigInt(label))),
});

describe('decodeNmsPadded', () => {
  it('undoes the letterbox, drops padding and low scores, and puts the best first', () => {
    const found = decodeNmsPadded(
      padded([
        [[10, 138, 20, 148], 0.6, 0],
        [[100, 178, 110, 188], 0.9, 1],
        [[0, 128, 5, 133], 0.2, 0],
        [[-1, -1, -1, -1], -1, -1],
      ]),
      transform,
      0.5,
    );
    expect(found.map((one) => [one.label, one.box])).toEqual([
      [1, { x1: 200, y1: 100, x2: 220, y2: 120 }],
      [0, { x1: 20, y1: 20, x2: 40, y2: 40 }],
    ]);
  });

  it('keeps one of two classes on one object and joins their boxes for the mask', () => {
    const [one, ...others] = decodeNmsPadded(
      padded([
        [[10, 138, 20, 148], 0.6, 0],
        [[11, 138, 21, 148], 0.9, 1],
      ]),
      transform,
      0.5,
    );
    expect(others).toEqual([]);
    expect(one).toMatchObject({ label: 1, box: { x1: 22, x2: 42 }, maskBox: { x1: 20, x2: 42 } });
  });

  it('refuses a box that is not a number', () => {
    expect(() => decodeNmsPadded(padded([[[NaN, 0, 1, 1], 0.9, 0]]), transform, 0.5)).toThrow(
      expect.objectContaining({ code: 'non-finite' }),
    );
  });
});

describe('markerMask', () => {
  const marker = (x1: number, y1: number, side: number, score = 0.9) => {
    const box = { x1, y1, x2: x1 + side, y2: y1 + side };
    return { box, maskBox: box, score, label: 0 };
  };

  it('dilates by at least 4 px and clips to the film', () => {
    const { mask, holes } = markerMask({ width: 100, height: 100 }, [marker(2, 50, 10)], policy);
    expect(holes.map((hole) => [hole.box, hole.area])).toEqual([
      [{ x1: 0, y1: 46, x2: 16, y2: 64 }, 16 * 18],
    ]);
    expect(mask.reduce((sum, one) => sum + one, 0)).toBe(16 * 18);
  });

  it('merges what touches into one hole and counts each pixel once', () => {
    const { mask, holes } = markerMask(
      { width: 200, height: 200 },
      [marker(20, 20, 10), marker(38, 38, 10), marker(150, 150, 10)],
      policy,
    );
    expect(holes.map((hole) => hole.boxes.length)).toEqual([2, 1]);
    expect(holes[0]?.area).toBe(2 * 18 * 18);
    expect(mask.reduce((sum, one) => sum + one, 0)).toBe(holes.reduce((sum, hole) => sum + hole.area, 0));
  });

  it('sends a box above 8% of the film to review and leaves faint ones alone', () => {
    const found = markerMask({ width: 100, height: 100 }, [marker(0, 0, 40), marker(60, 60, 5, 0.3)], policy);
    expect(found).toMatchObject({ holes: [], rejected: 1 });
    expect(found.mask.every((one) => one === 0)).toBe(true);
  });
});
