import { describe, expect, it } from '@jest/globals';
import { argmax, logitsOf, targetOf } from './logits.ts';

const binary = (positiveIndex: 0 | 1) => ({
  decode: { variant: 'binary' as const, positiveIndex },
  labels: [],
});
const three = { decode: { variant: 'multiclass' as const }, labels: ['a', 'b', 'c'] };

describe('logitsOf', () => {
  it('takes one logit as it is, and of two the positive minus the other', () => {
    expect(logitsOf(Float32Array.of(-3), 'logits', binary(0))).toEqual([-3]);
    expect(logitsOf(Float32Array.of(1, 4), 'logits', binary(1))).toEqual([3]);
    expect(logitsOf(Float32Array.of(1, 4), 'logits', binary(0))).toEqual([-3]);
  });

  it('turns probabilities into finite logits in the same order, the neighbours of 0 and 1 included', () => {
    const rising = [0, 1.4e-45, 1e-30, 0.25, 0.5, 0.75, 1 - 2 ** -24, 1];
    const found = rising.map((p) => logitsOf(Float32Array.of(p), 'probs', binary(0))[0]!);
    expect(found.every((value, i) => Number.isFinite(value) && (i === 0 || value > found[i - 1]!))).toBe(
      true,
    );
    expect(found[4]).toBe(0);
    expect(logitsOf(Float32Array.of(0.25, 0.75), 'probs', binary(1))[0]).toBeCloseTo(Math.log(3), 12);
  });

  it('gives a multi-class model its labels, and refuses another number', () => {
    expect(logitsOf(Float32Array.of(1, 2, 3), 'logits', three)).toEqual([1, 2, 3]);
    expect(() => logitsOf(Float32Array.of(1, 2), 'logits', three)).toThrow(RangeError);
    expect(() => logitsOf(Float32Array.of(1, 2, 3), 'logits', binary(0))).toThrow(RangeError);
  });
});

describe('a multi-label model', () => {
  const finding = {
    decode: { variant: 'multilabel' as const, judged: 'effusion' },
    labels: ['nodule', 'effusion', 'mass'],
  };

  it('is judged by one of its labels, whatever the others say', () => {
    expect(logitsOf(Float32Array.of(9, -2, 9), 'logits', finding)).toEqual([-2]);
    expect(logitsOf(Float32Array.of(1, 0.75, 0), 'probs', finding)[0]).toBeCloseTo(Math.log(3), 12);
    expect(() => logitsOf(Float32Array.of(1), 'logits', finding)).toThrow(RangeError);
  });

  it('has its maps explain that label', () => {
    expect(targetOf(3, [-2], finding)).toEqual([0, 1, 0]);
  });
});

describe('targetOf', () => {
  it('is what is ranked, or the class that is predicted', () => {
    expect(targetOf(1, [-3], binary(0))).toEqual([1]);
    expect(targetOf(2, [-3], binary(1))).toEqual([-1, 1]);
    expect(targetOf(3, [1, 5, 5], three)).toEqual([0, 1, 0]);
  });
});

describe('argmax', () => {
  it('takes the lowest index on ties', () => {
    expect(argmax([1, 3, 3])).toBe(1);
    expect(argmax([2, 2, 2])).toBe(0);
  });
});
