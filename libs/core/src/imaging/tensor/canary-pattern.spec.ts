import { describe, expect, it } from '@jest/globals';
import { canaryMask, canaryPattern, canaryTensor } from './canary-pattern.ts';

describe('canaryPattern', () => {
  it('spans the declared range', () => {
    const ramp = canaryPattern('ramp', { h: 64, w: 32 }, [-1, 1]);
    expect([ramp[0], ramp[ramp.length - 1]]).toEqual([-1, 1]);
    expect(new Set(canaryPattern('checker', { h: 64, w: 64 }, [0, 255]))).toEqual(new Set([0, 255]));
  });

  it('draws an L in saturated white on the plateau', () => {
    const plane = canaryPattern('plateau', { h: 128, w: 128 }, [0, 1]);
    expect(plane.filter((value) => value === 1).length).toBe(17);
    expect(plane[10 * 128 + 12]).toBe(1);
    expect(plane[10 * 128 + 15]).toBeLessThan(0.2);
  });

  it('replicates over channels in either layout', () => {
    const first = canaryTensor('ramp', { size: { h: 2, w: 3 }, channels: 3, layout: 'NCHW' }, [0, 3]);
    const last = canaryTensor('ramp', { size: { h: 2, w: 3 }, channels: 3, layout: 'NHWC' }, [0, 3]);
    expect([...first.data.subarray(6, 12)]).toEqual([0, 1, 2, 1, 2, 3]);
    expect([...last.data.subarray(0, 6)]).toEqual([0, 0, 0, 1, 1, 1]);
    expect(last.dims).toEqual([1, 2, 3, 3]);
  });

  it('opens a hole in the middle', () => {
    const mask = canaryMask({ h: 8, w: 8 });
    expect(mask.reduce((sum, one) => sum + one, 0)).toBe(4);
    expect(mask[3 * 8 + 3]).toBe(1);
  });
});
