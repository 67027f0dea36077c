import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fitTransform, toModelBox, toNativeBox } from './fit.ts';
import { grayImage } from '../gray-image.ts';
import { scaleIntensity } from './intensity.ts';
import { type ModelInputSpec, toModelInput } from './model-input.ts';

const spec: ModelInputSpec = {
  size: { h: 4, w: 4 },
  fit: 'letterbox-center',
  interpolation: 'bilinear',
  antialias: true,
  roundSize: 'floor',
  pad: { value: 128, stage: 'before-normalise' },
  intensity: { scale: 'minmax', out: [0, 255] },
  normalise: { order: 'scale-mean-std', scale: 1 / 255, mean: [0.5], std: [0.25] },
  layout: 'NCHW',
  channels: 1,
};
const film = grayImage(4, 2, Uint16Array.of(0, 0, 0, 0, 4095, 4095, 4095, 4095), 12);

describe('fitTransform', () => {
  it('floors or rounds the shorter side', () => {
    const size = { width: 512, height: 299 };
    expect(fitTransform(size, { h: 256, w: 256 }, 'letterbox-topleft', 'floor').contentHeight).toBe(149);
    expect(fitTransform(size, { h: 256, w: 256 }, 'letterbox-topleft', 'round').contentHeight).toBe(150);
  });

  it('brings a box back to where it was', () => {
    const side = fc.integer({ min: 20, max: 4000 });
    const fits = fc.constantFrom('stretch', 'letterbox-center', 'letterbox-topleft', 'crop' as const);
    fc.assert(
      fc.property(side, side, fits, (width, height, fit) => {
        const transform = fitTransform({ width, height }, { h: 512, w: 512 }, fit);
        const box = { x1: 1, y1: 2, x2: width / 2, y2: height };
        const back = toNativeBox(transform, toModelBox(transform, box));
        for (const key of ['x1', 'y1', 'x2', 'y2'] as const) expect(back[key]).toBeCloseTo(box[key], 6);
      }),
    );
  });

  it('clips to the film what lies in the padding', () => {
    const transform = fitTransform({ width: 100, height: 50 }, { h: 100, w: 100 }, 'letterbox-center');
    expect(toNativeBox(transform, { x1: -5, y1: 0, x2: 10, y2: 100 })).toEqual({
      x1: 0,
      y1: 0,
      x2: 10,
      y2: 50,
    });
  });
});

describe('scaleIntensity', () => {
  it('maps percentiles as numpy does and clamps beyond them', () => {
    const { map, data } = scaleIntensity(Uint16Array.of(0, 10, 20, 30, 1000), {
      scale: 'percentile',
      percentiles: [0, 75],
      out: [0, 1],
    });
    expect([map.lo, map.hi]).toEqual([0, 30]);
    expect(data[4]).toBe(1);
  });

  it('counts and sorts to the same percentiles', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -900, max: 900 }), { minLength: 1, maxLength: 50 }),
        (values) => {
          const wanted = { scale: 'percentile', percentiles: [3, 97], out: [0, 1] } as const;
          const counted = scaleIntensity(Int16Array.from(values), wanted).map;
          const sorted = scaleIntensity(
            [...values, ...values].map((value) => value + 0.5),
            wanted,
          ).map;
          const twice = scaleIntensity([...values, ...values], wanted).map;
          expect(sorted.lo - 0.5).toBeCloseTo(twice.lo, 9);
          expect(sorted.hi - 0.5).toBeCloseTo(twice.hi, 9);
          expect(counted.lo).toBeLessThanOrEqual(counted.hi);
        },
      ),
    );
  });

  it('says that a constant film is flat and maps it to the low end', () => {
    const { data, flat } = scaleIntensity(Uint8Array.of(9, 9), { scale: 'minmax', out: [0, 1] });
    expect(flat).toBe(true);
    expect([...data]).toEqual([0, 0]);
  });

  it('refuses a scale without its numbers', () => {
    expect(() => scaleIntensity([1], { scale: 'fixed', out: [0, 1] })).toThrow(RangeError);
    expect(() => scaleIntensity([1], { scale: 'percentile', out: [0, 1] })).toThrow(RangeError);
  });
});

describe('toModelInput', () => {
  it('scales, centres, pads and normalises', () => {
    const { data, dims } = toModelInput(film, spec);
    expect(dims).toEqual([1, 1, 4, 4]);
    const padding = (128 / 255 - 0.5) / 0.25;
    expect(data[0]).toBeCloseTo(padding, 6);
    expect(data[4]).toBeCloseTo(-2, 6);
    expect(data[8]).toBeCloseTo(2, 6);
    expect(data[15]).toBeCloseTo(padding, 6);
  });

  it('replicates grey in either layout', () => {
    const normalise = { ...spec.normalise, mean: [0, 0.5, 1], std: [1] };
    const first = toModelInput(film, { ...spec, channels: 3, normalise, layout: 'NCHW' });
    const last = toModelInput(film, { ...spec, channels: 3, normalise, layout: 'NHWC' });
    expect(last.dims).toEqual([1, 4, 4, 3]);
    for (let c = 0; c < 3; c++)
      for (let i = 0; i < 16; i++) expect(last.data[i * 3 + c]).toBe(first.data[c * 16 + i]);
  });

  it('standardises per image before padding', () => {
    const normalise = { order: 'scale-mean-std', scale: 1, mean: [0], std: [1], perImageZ: true } as const;
    const { data } = toModelInput(film, { ...spec, normalise, pad: { value: 0, stage: 'after-normalise' } });
    expect([data[0], data[4], data[8]]).toEqual([0, -1, 1]);
  });

  it('keeps the native size of a dynamic model, padded to its multiple', () => {
    const { dims, transform } = toModelInput(film, {
      ...spec,
      size: { h: 0, w: 0, dynamic: true, multipleOf: 8 },
    });
    expect(dims).toEqual([1, 1, 8, 8]);
    expect([transform.scaleX, transform.contentWidth, transform.contentHeight]).toEqual([1, 4, 2]);
  });

  it('crops the middle of the longer side', () => {
    const wide = grayImage(6, 2, Uint8Array.of(0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 255), 8);
    const { data, transform } = toModelInput(wide, {
      ...spec,
      size: { h: 2, w: 2 },
      fit: 'crop',
      intensity: { scale: 'bits-stored', out: [0, 255] },
      normalise: { order: 'scale-mean-std', scale: 1, mean: [0], std: [1] },
    });
    expect([...data]).toEqual([2, 3, 2, 3]);
    expect(toNativeBox(transform, { x1: 0, y1: 0, x2: 2, y2: 2 })).toEqual({ x1: 2, y1: 0, x2: 4, y2: 2 });
  });

  it('refuses a mean of the wrong length and a std of 0', () => {
    expect(() => toModelInput(film, { ...spec, normalise: { ...spec.normalise, mean: [0, 0] } })).toThrow(
      RangeError,
    );
    expect(() => toModelInput(film, { ...spec, normalise: { ...spec.normalise, std: [0] } })).toThrow(
      RangeError,
    );
  });
});
