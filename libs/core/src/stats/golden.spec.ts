import { describe, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { checkers } from '../../../../scripts/golden/checkers.ts';
import { runGoldenFile } from '../../../../scripts/golden/golden-file.ts';
import { Tally, relative } from '../../../../scripts/golden/tally.ts';

const goldenPath = (name: string) =>
  fileURLToPath(new URL(`../../../../test/golden/${name}.json`, import.meta.url));

describe('golden files', () => {
  it.each([...checkers].filter(([, checker]) => checker))('agrees with every case of %s', (name, checker) => {
    const { verdict, failures, cases, comparisons } = runGoldenFile(goldenPath(name), checker);
    expect(failures).toEqual([]);
    expect(verdict).toBe('pass');
    expect(comparisons).toBeGreaterThan(cases);
  });

  it('has every file of the schema, and tells a missing one', () => {
    for (const [name] of checkers) expect(runGoldenFile(goldenPath(name), undefined).verdict).toBe('later');
    expect(runGoldenFile(goldenPath('nothing'), undefined).verdict).toBe('absent');
  });
});

describe('the golden tally', () => {
  it.each<[string, number, unknown, boolean]>([
    ['a value within tolerance', 1 + 1e-12, 1, true],
    ['a value out of tolerance', 1 + 1e-8, 1, false],
    ['not estimable where null is expected', NaN, null, true],
    ['not estimable where a number is expected', NaN, 1, false],
    ['a number where null is expected', 1, null, false],
    ['the same infinity', Infinity, 'Infinity', true],
    ['the other infinity', -Infinity, 'Infinity', false],
    ['a number where infinity is expected', 1e308, 'Infinity', false],
    ['a figure the file does not have', 1, undefined, false],
  ])('judges %s', (_, actual, expected, passes) => {
    const tally = new Tally();
    tally.compare('figure', actual, expected, relative(1e-10));
    expect(tally.failures.length === 0).toBe(passes);
  });
});
