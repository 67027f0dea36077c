import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { midranks } from './midrank.ts';
import { ascendingOrder } from './order.ts';

const anyNumber = fc.oneof(
  fc.double({ noNaN: true }),
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom(0, -0),
);

describe('ascendingOrder', () => {
  it('sorts as a stable comparison sort does, over all doubles', () => {
    fc.assert(
      fc.property(fc.array(anyNumber), (values) => {
        const expected = values.map((_, row) => row);
        expected.sort((a, b) => (values[a]! < values[b]! ? -1 : values[a]! > values[b]! ? 1 : a - b));
        expect(Array.from(ascendingOrder(values))).toEqual(expected);
      }),
    );
  });

  it('refuses NaN and names its row', () => {
    expect(() => ascendingOrder([1, NaN])).toThrow(new RangeError('scores must not be NaN: row 1'));
  });
});

describe('midranks', () => {
  it('averages tied ranks and ties -0 with 0', () => {
    expect(Array.from(midranks([3, -0, 0, 3, 3, -Infinity]))).toEqual([5, 2.5, 2.5, 5, 5, 1]);
  });

  it('tells doubles apart that differ in the last bit', () => {
    expect(Array.from(midranks([1 + Number.EPSILON, 1, 5e-324, 0]))).toEqual([4, 3, 2, 1]);
  });

  it('gives nothing for nothing', () => {
    expect(midranks([])).toHaveLength(0);
  });
});
