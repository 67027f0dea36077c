import { describe, expect, it } from '@jest/globals';
import { NonFiniteError } from '@sidemark/core/imaging';
import { exportedMap, mapOnFilm, segmentOnFilm } from './film-overlay.ts';

const film = { width: 2, height: 2 };
const tensor = (planes: number, ...values: number[]) => ({
  data: Float32Array.from(values),
  dims: [1, planes, 1, values.length / planes],
});
const multitask = {
  labels: [],
  decode: {
    variant: 'multitask' as const,
    positiveIndex: 1,
    seg: { activation: 'none' as const, threshold: 0.5, resize: 'bilinear' as const },
  },
};
const binary = { labels: [], decode: { variant: 'binary' as const, positiveIndex: 0 } };
const three = { labels: ['a', 'b', 'c'], decode: { variant: 'multiclass' as const } };
const findings = { labels: ['a', 'b', 'c'], decode: { variant: 'multilabel' as const, judged: 'b' } };
const left = Uint8Array.of(1, 0, 1, 0);

describe('segmentOnFilm', () => {
  const seg = tensor(1, 1, 0);

  it('compares with the ground truth, and tells equal masks by their print', () => {
    const same = segmentOnFilm(seg, film, left, multitask);
    expect(same).toMatchObject({ tp: 2, fp: 0, fn: 0 });
    const twin = segmentOnFilm(tensor(1, 0.9, 0.1), film, new Uint8Array(4), multitask);
    expect(twin).toEqual({ tp: 0, fp: 2, fn: 0, print: same?.print });
    expect(segmentOnFilm(tensor(1, 0, 0), film, left, multitask)).toEqual({ tp: 0, fp: 0, fn: 2, print: 0 });
  });

  it('says nothing without ground truth, nor of a classifier that does not segment', () => {
    expect(segmentOnFilm(seg, film, undefined, multitask)).toBeUndefined();
    expect(segmentOnFilm(seg, film, left, binary)).toBeUndefined();
  });

  it('takes the declared plane of several', () => {
    const seg = { ...multitask.decode.seg, activation: 'softmax' as const, planes: 2, plane: 1 };
    const second = { ...multitask, decode: { ...multitask.decode, seg } };
    // lesion beats background in the left cell
    expect(segmentOnFilm(tensor(2, 0, 5, 3, 1), film, left, second)).toMatchObject({ tp: 2, fp: 0, fn: 0 });
    expect(() => segmentOnFilm(tensor(1, 1, 0), film, left, second)).toThrow(RangeError);
  });

  it('refuses what is no map of one plane', () => {
    expect(() => segmentOnFilm(undefined, film, left, multitask)).toThrow(RangeError);
    expect(() => segmentOnFilm(tensor(2, 1, 0), film, left, multitask)).toThrow(RangeError);
    expect(() => segmentOnFilm({ ...seg, dims: [1, 2] }, film, left, multitask)).toThrow(RangeError);
    expect(() => segmentOnFilm(tensor(1, NaN, 0), film, undefined, multitask)).toThrow(NonFiniteError);
  });
});

describe('mapOnFilm', () => {
  const regions = { marker: left, lesion: undefined };

  it('takes the map of the positive class, or of the class that is predicted', () => {
    const shareOf = (
      planes: number,
      values: number[],
      manifest: typeof three | typeof binary | typeof multitask | typeof findings,
      logits: number[],
    ) => mapOnFilm(exportedMap(tensor(planes, ...values), manifest, logits), film, regions).shares?.marker;
    expect(shareOf(1, [3, 1], binary, [0])).toBe(0.75);
    expect(shareOf(2, [3, 1, 1, 3], binary, [0])).toBe(0.75);
    expect(shareOf(2, [3, 1, 1, 3], multitask, [0])).toBe(0.25);
    expect(shareOf(3, [3, 1, 1, 3, 0, 4], three, [0, 1, 9])).toBe(0);
    expect(shareOf(3, [3, 1, 1, 3, 0, 4], three, [0, 9, 1])).toBe(0.25);
    expect(shareOf(3, [3, 1, 1, 3, 0, 4], findings, [-5])).toBe(0.25);
    expect(shareOf(1, [3, 1], findings, [-5])).toBe(0.75);
  });

  it('knows a film without marker, one without a true lesion, and a map without mass', () => {
    const binaryMap = (values: number[], marker: Uint8Array, lesion?: Uint8Array) =>
      mapOnFilm(exportedMap(tensor(1, ...values), binary, [0]), film, { marker, lesion });
    const none = new Uint8Array(4);
    expect(binaryMap([3, 1], none).shares).toEqual({ marker: null, lesion: null, elsewhere: 1 });
    expect(binaryMap([3, 1], left, none).shares).toEqual({ marker: 0.75, lesion: null, elsewhere: 0.25 });
    expect(binaryMap([3, 1], none, left).shares).toEqual({ marker: null, lesion: 0.75, elsewhere: 0.25 });
    expect(binaryMap([0, 0], left, left)).toEqual({ print: 0, shares: null });
    expect(mapOnFilm(undefined, film, regions)).toEqual({ print: 0, shares: null, unavailable: true });
  });

  it('refuses a map that has not a plane for each class', () => {
    expect(() => exportedMap(tensor(1, 3, 1), three, [1, 2, 3])).toThrow(RangeError);
    expect(() => exportedMap(tensor(3, 1, 2, 3), binary, [1])).toThrow(RangeError);
    expect(() => exportedMap(tensor(2, 1, 2), findings, [1])).toThrow(RangeError);
  });
});
