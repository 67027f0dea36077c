import { describe, expect, it } from '@jest/globals';
import { harmlessFacts, resultOf } from '../../jobs/trial.sample.ts';
import { oracleProblems } from './oracle-rules.ts';

const result = resultOf({ positives: 12, negatives: 12 });
const cell = { classifier: 'shortcut', arm: 'original' as const };
const other = { classifier: 'copy', arm: 'inpainted' as const };

describe('the oracle rules at a floor of ten', () => {
  it('let ordinary figures pass', () => {
    expect(oracleProblems(result, harmlessFacts, 10)).toEqual([]);
  });

  it.each([
    [0, 0],
    [1, 1],
    [9, 1],
    [10, 0],
  ])('%i patients apart from the commonest score: %i problems', (apart, problems) => {
    const facts = { ...harmlessFacts, alone: [{ cell, patients: apart }] };
    expect(oracleProblems(result, facts, 10)).toHaveLength(problems);
  });

  it('stop two classifiers that differ on one patient, and let equal ones pass', () => {
    const pairs = (patients: number) => ({ ...harmlessFacts, pairs: [{ a: cell, b: other, patients }] });
    expect(oracleProblems(result, pairs(1), 10)).toEqual([
      'shortcut on original and copy on inpainted differ on 1 of the patients',
    ]);
    expect(oracleProblems(result, pairs(0), 10)).toEqual([]);
  });

  it('let tables stay whole, but for a class or a change of fewer than five patients', () => {
    const tables = (patients: number) => ({
      ...harmlessFacts,
      smallClasses: [{ cell, patients }],
      pairs: [{ a: cell, b: { ...cell, arm: 'clipped' as const }, patients }],
    });
    expect(oracleProblems(result, tables(5), 10)).toEqual([]);
    expect(oracleProblems(result, tables(4), 10)).toEqual([
      'shortcut on original puts 4 of the patients in a class of their own',
      'shortcut on original and shortcut on clipped differ on 4 of the patients',
    ]);
  });

  it('stop more cells than patients in the smaller class', () => {
    const [first] = result.classifiers;
    const many = (count: number) => ({ ...result, classifiers: Array.from({ length: count }, () => first!) });
    const judged = (count: number) => ({
      ...harmlessFacts,
      classifiers: Array.from({ length: count }, (_, index) => index),
    });
    expect(oracleProblems(many(12), judged(12), 10)).toEqual([]);
    expect(oracleProblems(many(13), judged(13), 10)).toEqual([
      '13 cells (classifiers by arms), and only 12 patients in the smallest class',
    ]);
  });
});
