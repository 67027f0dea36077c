import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { resize } from './resize.ts';

const KINDS = [
  { interpolation: 'bilinear', antialias: true },
  { interpolation: 'bilinear', antialias: false },
  { interpolation: 'area', antialias: false },
  { interpolation: 'nearest', antialias: false },
] as const;

describe('resize', () => {
  it('averages exact areas', () => {
    const row = Float32Array.of(0, 3, 6);
    expect([...resize(row, 3, 1, 2, 1, { interpolation: 'area', antialias: false })]).toEqual([1, 5]);
  });

  it('interpolates at half-pixel centres', () => {
    const row = Float32Array.of(0, 4);
    const out = resize(row, 2, 1, 4, 1, { interpolation: 'bilinear', antialias: false });
    expect([...out]).toEqual([0, 1, 3, 4]);
  });

  it('takes the pixel under the centre', () => {
    const row = Float32Array.of(1, 2, 3, 4);
    expect([...resize(row, 4, 1, 2, 1, { interpolation: 'nearest', antialias: false })]).toEqual([2, 4]);
  });

  it('widens the triangle with the reduction', () => {
    const row = Float32Array.of(0, 0, 8, 0, 0, 0);
    const out = resize(row, 6, 1, 3, 1, { interpolation: 'bilinear', antialias: true });
    // weights at distance 0.5 and 1.5 px of a support of 2 px: 3/8 and 1/8
    expect(out[1]).toBeCloseTo(3, 6);
    expect(out[0]).toBeCloseTo(8 / 7, 6);
  });

  it('keeps a straight line straight under bicubic enlargement', () => {
    const row = Float32Array.from({ length: 8 }, (_, i) => i);
    const out = resize(row, 8, 1, 16, 1, { interpolation: 'bicubic', antialias: true });
    for (let i = 4; i < 12; i++) expect(out[i]).toBeCloseTo((i + 0.5) / 2 - 0.5, 5);
  });

  it('keeps a constant plane constant and stays within the range, whatever the sizes', () => {
    const side = fc.integer({ min: 1, max: 17 });
    fc.assert(
      fc.property(
        side,
        side,
        side,
        side,
        fc.constantFrom(...KINDS),
        fc.integer(),
        (w, h, dw, dh, kind, seed) => {
          const flat = resize(new Float32Array(w * h).fill(7), w, h, dw, dh, kind);
          expect(flat.length).toBe(dw * dh);
          for (const value of flat) expect(value).toBeCloseTo(7, 5);
          const src = Float32Array.from({ length: w * h }, (_, i) => Math.abs(Math.sin(i * 12.9898 + seed)));
          for (const value of resize(src, w, h, dw, dh, kind)) {
            expect(value).toBeGreaterThanOrEqual(-1e-6);
            expect(value).toBeLessThanOrEqual(1 + 1e-6);
          }
        },
      ),
    );
  });

  it('states the rule and the value when sizes are wrong', () => {
    expect(() => resize(new Float32Array(3), 2, 2, 1, 1, KINDS[0])).toThrow(
      new RangeError('invalid src; length must be 4: 3'),
    );
    expect(() => resize(new Float32Array(4), 2, 2, 0, 1, KINDS[0])).toThrow(RangeError);
  });
});
