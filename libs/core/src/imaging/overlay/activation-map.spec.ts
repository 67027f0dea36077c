import { describe, expect, it } from '@jest/globals';
import { NonFiniteError } from '../non-finite.ts';
import { activationMap, bumpedCopies, bumpStep, bumpWeights } from './activation-map.ts';

describe('activationMap', () => {
  it('weighs the channels and keeps what is above zero', () => {
    const features = Float32Array.of(1, 2, 3, 4, 0, 5);
    expect([...activationMap(features, [1, -1])]).toEqual([0, 2, 0]);
    expect([...activationMap(features, [2, 1, -1])]).toEqual([2 + 3 - 0, 4 + 4 - 5]);
  });

  it('refuses what is no number and what does not divide', () => {
    expect(() => activationMap(Float32Array.of(1, NaN), [1])).toThrow(NonFiniteError);
    expect(() => activationMap(Float32Array.of(1e38, 1e38), [1e5, 1e5])).toThrow(NonFiniteError);
    expect(() => activationMap(new Float32Array(5), [1, 1])).toThrow(RangeError);
    expect(() => activationMap(new Float32Array(0), [1, 1])).toThrow(RangeError);
  });
});

describe('weights by bumps', () => {
  // two channels of 2 x 2; the head: 3 mean(a) - relu(2 max(b) - 1)
  const features = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  const head = (of: Float32Array): number =>
    3 * (of.slice(0, 4).reduce((sum, value) => sum + value, 0) / 4) -
    Math.max(0, 2 * Math.max(...of.slice(4)) - 1);

  it('are the mean gradients', () => {
    const step = bumpStep(features);
    expect(step).toBeCloseTo(0.01 * Math.sqrt(204 / 8), 6);
    const copies = bumpedCopies(features, 2, { first: 0, count: 2, step });
    const logits = [0, 1, 2, 3].map((copy) => head(copies.slice(copy * 8, copy * 8 + 8)));
    const found = bumpWeights(logits, step, 4);
    // d/da of a mean over four cells is 1/4 each, and so is its mean; the maximum has its gradient in one cell of four
    expect(found[0]).toBeCloseTo(3 / 4, 5);
    expect(found[1]).toBeCloseTo(-2 / 4, 5);
  });

  it('come in parts as they come at once, and from features without any mass', () => {
    const spec = { step: 0.5, count: 1 };
    const both = bumpedCopies(features, 2, { ...spec, first: 0, count: 2 });
    expect([...bumpedCopies(features, 2, { ...spec, first: 1 })]).toEqual([...both.slice(16)]);
    expect(bumpStep(new Float32Array(4))).toBe(0.01);
  });
});
