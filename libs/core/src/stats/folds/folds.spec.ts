import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { notEstimable } from '../estimate.ts';
import { foldOfPatient, foldSummary, nadeauBengioTest } from './fold-comparison.ts';

describe('foldOfPatient', () => {
  it('spreads patients evenly and does not depend on the others', () => {
    const counts = [0, 0, 0, 0, 0];
    for (let patient = 0; patient < 5000; patient++)
      counts[foldOfPatient(createHmac('sha256', 'key').update(`p${patient}`).digest('hex'), 5)]! += 1;
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });

  it('reads the first twelve digits as one number', () => {
    expect(foldOfPatient('000000000102ff', 5)).toBe(258 % 5);
    expect(() => foldOfPatient('0000', 5)).toThrow('a keyed hash starts with 12 hexadecimal digits');
    expect(() => foldOfPatient('0'.repeat(64), 1)).toThrow('folds must be an integer in 2..65536: 1');
  });
});

describe('foldSummary', () => {
  it('describes, and says what one fold cannot say', () => {
    expect(foldSummary([0.7, 0.8, 0.9])).toMatchObject({
      value: { folds: 3, mean: expect.closeTo(0.8, 12), sd: { value: expect.closeTo(0.1, 12) } },
    });
    expect(foldSummary([0.7])).toMatchObject({ value: { sd: notEstimable('too-few-folds') } });
    expect(foldSummary([])).toEqual(notEstimable('empty'));
  });
});

describe('nadeauBengioTest', () => {
  const differences = [0.01, 0.03, 0.02, 0.05, 0.04];

  it('widens the variance by test over training rows', () => {
    const found = nadeauBengioTest(differences, 20, 80);
    // var 0.00025, x (1 / 5 + 1 / 4); t = 0.03 / se on 4 df
    expect(found).toMatchObject({
      value: {
        mean: expect.closeTo(0.03, 14),
        se: expect.closeTo(Math.sqrt(0.00025 * 0.45), 14),
        df: 4,
        statistic: expect.closeTo(2.8284271247, 9),
        pTwoSided: expect.closeTo(0.0474207, 6),
      },
    });
  });

  it('has none for one fold or equal differences', () => {
    expect(nadeauBengioTest([0.1], 1, 4)).toEqual(notEstimable('too-few-folds'));
    expect(nadeauBengioTest([0.1, 0.1], 1, 4)).toEqual(notEstimable('zero-variance'));
    expect(() => nadeauBengioTest([0.1, 0.2], 0, 4)).toThrow('rows must be > 0: 0');
    expect(() => nadeauBengioTest([0.1, NaN], 1, 4)).toThrow('differences must be finite: NaN');
  });
});
