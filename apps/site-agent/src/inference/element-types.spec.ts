import { describe, expect, it } from '@jest/globals';
import { decodeTensor, encodeTensor, fromHalf, toHalf } from './element-types.ts';

describe('half precision', () => {
  it('turns every finite half into a number and back', () => {
    const wrong: number[] = [];
    for (let bits = 0; bits < 0x10000; bits++) {
      const value = fromHalf(bits);
      if (!Number.isNaN(value) && toHalf(value) !== bits) wrong.push(bits);
    }
    expect(wrong).toEqual([]);
  });

  it.each([
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    [65519, 0x7bff],
    [65520, 0x7c00],
    [2 ** -25, 0],
    [2 ** -25 * 1.5, 1],
    [2 ** -24, 1],
    [NaN, 0x7e00],
  ])('rounds %d to nearest, ties to even', (value, bits) => {
    expect(toHalf(value)).toBe(bits);
  });
});

describe('tensors', () => {
  it('rounds and clamps to uint8', () => {
    const { data } = encodeTensor({ data: Float32Array.of(-1, 0.5, 1.4, 300), dims: [4] }, 'uint8');
    expect(Array.from(data as Uint8Array)).toEqual([0, 1, 1, 255]);
  });

  it('decodes bytes, 32-bit whole numbers, doubles, and halves that come as numbers', () => {
    const decoded = (type: string, data: Parameters<typeof decodeTensor>[0]['data']) =>
      decodeTensor({ type, data, dims: [data.length] }).data;
    expect(decoded('uint8', Uint8Array.of(0, 255))).toEqual(Float32Array.of(0, 255));
    expect(decoded('int32', Int32Array.of(-1, 3))).toEqual(Float32Array.of(-1, 3));
    expect(decoded('float64', Float64Array.of(0.1))).toEqual(Float32Array.of(0.1));
    expect(decoded('float16', Float64Array.of(1.5))).toEqual(Float32Array.of(1.5));
  });

  it('decodes whole numbers and halves', () => {
    expect(decodeTensor({ type: 'int64', data: BigInt64Array.of(-1n, 3n), dims: [2] }).data).toEqual(
      Float32Array.of(-1, 3),
    );
    expect(decodeTensor({ type: 'float16', data: Uint16Array.of(0x3c00), dims: [1] }).data).toEqual(
      Float32Array.of(1),
    );
  });
});
