import { describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkers } from '../../../../scripts/golden/checkers.ts';
import { runGoldenFile } from '../../../../scripts/golden/golden-file.ts';
import { Tally, relative } from '../../../../scripts/golden/tally.ts';

const goldenFolder = fileURLToPath(new URL('../../../../test/golden/', import.meta.url));
const goldenPath = (name: string) => join(goldenFolder, `${name}.json`);

describe('golden files', () => {
  it.each([...checkers])('agrees with every case of %s', (name, checker) => {
    const { verdict, failures, cases, comparisons } = runGoldenFile(goldenPath(name), checker);
    expect(failures).toEqual([]);
    expect(verdict).toBe('pass');
    expect(comparisons).toBeGreaterThan(cases);
  });

  it('has every file of the folder, and tells a missing and a broken one', () => {
    const files = readdirSync(goldenFolder).filter((name) => name.endsWith('.json'));
    expect(files.sort()).toEqual([...checkers.keys()].map((name) => `${name}.json`).sort());
    const check = () => undefined;
    expect(runGoldenFile(goldenPath('nothing'), check).verdict).toBe('absent');
    expect(runGoldenFile(goldenPath('overlap'), check)).toMatchObject({ verdict: 'fail', comparisons: 0 });
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
