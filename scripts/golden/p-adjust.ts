// p_adjust.json: the five corrections of R's p.adjust; an absent p-value stays absent.
import { adjustP, type Correction } from '../../libs/core/src/stats/index.ts';
import { type Fields, fields, numbers } from './reading.ts';
import { relative, type Tally } from './tally.ts';

const corrections = {
  holm: 'holm',
  hochberg: 'hochberg',
  bonferroni: 'bonferroni',
  BH: 'bh',
  BY: 'by',
} as const satisfies Readonly<Record<string, Correction>>;

export function checkPAdjust(test: Fields, tally: Tally): void {
  const given = numbers(test.p, 'p').map((p) => (Number.isNaN(p) ? null : p));
  const expected = fields(test.expected, 'expected');
  for (const [name, correction] of Object.entries(corrections)) {
    const found = adjustP(given, correction).map((p) => p ?? NaN);
    tally.compareList(name, found, expected[name], relative(1e-12));
  }
}
