import { describe, expect, it } from '@jest/globals';
import { NonFiniteError } from '../non-finite.ts';
import { mapShares, regionCover, type Regions } from './map-shares.ts';
import { type Grid, overlapOf, predictedMask } from './segmentation.ts';

const grid = (width: number, height: number) => ({ width, height });
const plain = { activation: 'none' as const, threshold: 0.5 };

describe('predictedMask', () => {
  it('brings probabilities to the film with half-pixel centres, and thresholds there', () => {
    // two cells over four pixels: 0, 1/4, 3/4, 1
    const found = (threshold: number) => [
      ...predictedMask(Float32Array.of(0, 1), grid(2, 1), grid(4, 1), { activation: 'none', threshold }),
    ];
    expect(found(0.25)).toEqual([0, 1, 1, 1]);
    expect(found(0.26)).toEqual([0, 0, 1, 1]);
    expect(found(1)).toEqual([0, 0, 0, 1]);
    expect(found(0)).toEqual([1, 1, 1, 1]);
  });

  it('resizes probabilities and not logits', () => {
    // sigmoid(-100) and sigmoid(1) meet at 0.183 and 0.548; the logits would meet at -74.75 and -24.25
    const rule = { activation: 'sigmoid' as const, threshold: 0.5 };
    expect([...predictedMask(Float32Array.of(-100, 1), grid(2, 1), grid(4, 1), rule)]).toEqual([0, 0, 1, 1]);
    expect([...predictedMask(Float32Array.of(0), grid(1, 1), grid(1, 1), rule)]).toEqual([1]);
  });

  it('takes the plane that is the lesion, and softmax over all planes', () => {
    // background, heart, lesion over two cells; softmax of the lesion: e^2 / (1 + e^3 + e^2) and e^4 / (e + 1 + e^4)
    const output = Float32Array.of(0, 1, 3, 0, 2, 4);
    const rule = { activation: 'softmax' as const, planes: 3, plane: 2 };
    const found = (threshold: number) => [
      ...predictedMask(output, grid(2, 1), grid(2, 1), { ...rule, threshold }),
    ];
    expect(found(0.259)).toEqual([1, 1]);
    expect(found(0.26)).toEqual([0, 1]);
    expect(found(0.936)).toEqual([0, 1]);
    expect(found(0.937)).toEqual([0, 0]);
    const far = Float32Array.of(-3e4, 3e4);
    const two = { activation: 'softmax' as const, planes: 2, threshold: 0.5 };
    expect([...predictedMask(far, grid(1, 1), grid(1, 1), { ...two, plane: 0 })]).toEqual([0]);
    expect([...predictedMask(far, grid(1, 1), grid(1, 1), { ...two, plane: 1 })]).toEqual([1]);
    // each plane by itself: sigmoid(2) and sigmoid(4)
    const alone = { activation: 'sigmoid' as const, planes: 3, plane: 2, threshold: 0.9 };
    expect([...predictedMask(output, grid(2, 1), grid(2, 1), alone)]).toEqual([0, 1]);
  });

  it('refuses another number of planes', () => {
    const rule = { activation: 'softmax' as const, threshold: 0.5, planes: 2, plane: 0 };
    expect(() => predictedMask(new Float32Array(6), grid(2, 1), grid(2, 1), rule)).toThrow(RangeError);
  });

  it('stretches each side by itself, as the film was stretched', () => {
    const found = predictedMask(Float32Array.of(1, 0), grid(1, 2), grid(3, 4), plain);
    expect([...found]).toEqual([1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
  });

  it('refuses what is not finite', () => {
    expect(() => predictedMask(Float32Array.of(NaN), grid(1, 1), grid(2, 2), plain)).toThrow(NonFiniteError);
  });
});

describe('overlapOf', () => {
  it('counts pixels that both, the one or the other call lesion', () => {
    expect(overlapOf(Uint8Array.of(1, 1, 0, 0, 1), Uint8Array.of(255, 0, 7, 0, 1))).toEqual({
      tp: 2,
      fp: 1,
      fn: 1,
    });
    expect(() => overlapOf(new Uint8Array(2), new Uint8Array(3))).toThrow(RangeError);
  });
});

const sharesOf = (map: Float32Array, on: Grid, film: Grid, regions: Regions) =>
  mapShares(map, regionCover(film, on, regions));

describe('mapShares', () => {
  const film = grid(4, 2);
  const marker = Uint8Array.of(1, 1, 0, 0, 1, 1, 0, 0);
  const lesion = Uint8Array.of(0, 1, 1, 0, 0, 0, 0, 0);

  it('gives the shares that can be worked out by hand', () => {
    // cells of 2 x 2 pixels with masses 3 and 1; the marker fills the first, the lesion a quarter of each
    const found = sharesOf(Float32Array.of(3, 1), grid(2, 1), film, { marker, lesion });
    expect(found).toEqual({
      marker: 3 / 4,
      lesion: (3 / 4 + 1 / 4) / 4,
      elsewhere: 3 / 16,
    });
  });

  it('equals the shares of the map blown up by nearest neighbour', () => {
    const map = Float32Array.of(5, 0, 2, 1);
    const { width } = film;
    const cellOf = (i: number): number => (i >= width ? 2 : 0) + (i % width >= 2 ? 1 : 0);
    const blown = Array.from(marker, (_, i) => map[cellOf(i)]!);
    const mass = blown.reduce((sum, value) => sum + value, 0);
    const inside = blown.filter((_, i) => lesion[i] === 1).reduce((sum, value) => sum + value, 0);
    expect(sharesOf(map, grid(2, 2), film, { marker, lesion })?.lesion).toBeCloseTo(inside / mass, 12);
  });

  it('counts a border cell by the share of it that is covered', () => {
    const third = sharesOf(Float32Array.of(1), grid(1, 1), grid(3, 1), {
      marker: Uint8Array.of(0, 0, 1),
      lesion: undefined,
    });
    expect(third?.marker).toBeCloseTo(1 / 3, 6);
    expect(third).toMatchObject({ lesion: 0 });
  });

  it('has none for a map without mass, and takes what is below zero for zero', () => {
    const regions = { marker, lesion };
    expect(sharesOf(new Float32Array(2), grid(2, 1), film, regions)).toBeUndefined();
    expect(sharesOf(Float32Array.of(-1, -2), grid(2, 1), film, regions)).toBeUndefined();
    expect(sharesOf(Float32Array.of(-1, 2), grid(2, 1), film, regions)?.marker).toBe(0);
    expect(() => sharesOf(Float32Array.of(1, Infinity), grid(2, 1), film, regions)).toThrow(NonFiniteError);
    expect(() =>
      sharesOf(Float32Array.of(1, 1), grid(2, 1), film, { marker, lesion: new Uint8Array(3) }),
    ).toThrow(RangeError);
  });
});
