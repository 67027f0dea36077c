import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { midranks } from './midrank.ts';
import { ascendingOrder, sortedByValue } from './order.ts';

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

  it.each<[string, fc.Arbitrary<number>]>([
    ['heavy tails', fc.integer({ min: -300, max: 300 }).map((power) => 1.7 ** power * (power % 2 || 1))],
    ['two clumps far apart', fc.integer({ min: 0, max: 99 }).map((at) => (at % 2 ? 1 : 1e300) + at * 1e-12)],
    ['nested clumps', fc.integer({ min: 0, max: 999 }).map((at) => 1 + 10 ** -(at % 16) * (at % 7))],
    ['infinities', fc.constantFrom(-Infinity, Infinity, 0, 1, -1e308, 1e308)],
    ['subnormals', fc.integer({ min: -50, max: 50 }).map((at) => at * 5e-324)],
    ['few values', fc.integer({ min: 0, max: 2 })],
    ['plain scores', fc.double({ min: 0, max: 1, noNaN: true })],
  ])('keeps its order with %s', (_, value) => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 100, maxLength: 700, size: 'max' }), (values) => {
        const { order, values: sorted } = sortedByValue(values);
        const expected = values.map((_value, row) => row);
        expected.sort((a, b) => (values[a]! < values[b]! ? -1 : values[a]! > values[b]! ? 1 : a - b));
        expect(Array.from(order)).toEqual(expected);
        expect(sorted.every((one, at) => one === values[order[at]!])).toBe(true);
      }),
      { numRuns: 40 },
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
