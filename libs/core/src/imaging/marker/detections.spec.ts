import { describe, expect, it } from '@jest/globals';
import { decodeDetections } from '../detector/decode-detections.ts';
import { suppressAcrossClasses } from './detections.ts';
import { fitTransform } from '../tensor/fit.ts';
import { markerMask } from './marker-mask.ts';

const policy = { scoreThreshold: 0.5, dilateMinPx: 4, dilateFraction: 0.1, maxAreaFraction: 0.08 };
const transform = fitTransform({ width: 1024, height: 512 }, { h: 512, w: 512 }, 'letterbox-center');
const padded = (rows: [number[], number, number][]) => [
  { semantic: 'boxes', data: Float32Array.from(rows.flatMap(([box]) => box)), dims: [1, rows.length, 4] },
  { semantic: 'scores', data: Float32Array.from(rows.map(([, score]) => score)), dims: [1, rows.length] },
  { semantic: 'labels', data: Float32Array.from(rows.map(([, , label]) => label)), dims: [1, rows.length] },
];
const markersIn = (rows: [number[], number, number][]) =>
  suppressAcrossClasses(
    decodeDetections(padded(rows), transform, {
      decode: { variant: 'nms-xyxy-padded' },
      classes: 2,
      threshold: 0.5,
    }),
  );

describe('markers from padded rows', () => {
  it('undo the letterbox, drop padding and low scores, and put the best first', () => {
    const found = markersIn([
      [[10, 138, 20, 148], 0.6, 0],
      [[100, 178, 110, 188], 0.9, 1],
      [[0, 128, 5, 133], 0.2, 0],
      [[-1, -1, -1, -1], -1, -1],
    ]);
    expect(found.map((one) => [one.label, one.box])).toEqual([
      [1, { x1: 200, y1: 100, x2: 220, y2: 120 }],
      [0, { x1: 20, y1: 20, x2: 40, y2: 40 }],
    ]);
  });

  it('keep one of two classes on one object and join their boxes for the mask', () => {
    const [one, ...others] = markersIn([
      [[10, 138, 20, 148], 0.6, 0],
      [[11, 138, 21, 148], 0.9, 1],
    ]);
    expect(others).toEqual([]);
    expect(one).toMatchObject({ label: 1, box: { x1: 22, x2: 42 }, maskBox: { x1: 20, x2: 42 } });
  });

  it('refuse a box that is not a number', () => {
    expect(() => markersIn([[[NaN, 0, 1, 1], 0.9, 0]])).toThrow(
      expect.objectContaining({ code: 'non-finite' }),
    );
  });
});

describe('suppressAcrossClasses', () => {
  const at = (x1: number, score: number, label: number) => ({
    box: { x1, y1: 0, x2: x1 + 10, y2: 10 },
    score,
    label,
  });
  const two = [at(0, 0.6, 0), at(1, 0.9, 1)];

  it('draws from the best box alone where the policy says so', () => {
    const [one] = suppressAcrossClasses(two, { iou: 0.5, maskFrom: 'best' });
    expect(one?.maskBox).toEqual(one?.box);
  });

  it('lets two letters stand that overlap less than the policy says', () => {
    expect(suppressAcrossClasses(two, { iou: 0.9, maskFrom: 'union' })).toHaveLength(2);
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

  it('sends a box to review that lies on the truth with more than the share that the policy allows', () => {
    const size = { width: 100, height: 100 };
    // the left half of the film; the box of 20 px has 6 of its columns on it
    const truth = new Uint8Array(100 * 100).map((_, i) => (i % 100 < 50 ? 1 : 0));
    const judged = (maxTruthShare: number | null) =>
      markerMask(size, [marker(44, 40, 20)], { ...policy, maxTruthShare }, truth);
    expect(judged(0.2)).toMatchObject({ holes: [], rejected: 1 });
    expect(judged(0.3)).toMatchObject({ rejected: 0 });
    expect(judged(null)).toMatchObject({ rejected: 0 });
    expect(markerMask(size, [marker(44, 40, 20)], policy, truth).rejected).toBe(0);
  });
});
