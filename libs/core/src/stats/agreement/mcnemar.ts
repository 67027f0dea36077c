// McNemar's tests: of two verdicts on the same rows, does one say yes more often?
import betainc from '@stdlib/math-base-special-betainc';
import { chiSquareUpperTail } from '../chi-square.ts';
import { type Estimate, estimate, notEstimable } from '../estimate.ts';
import { marginsOf, type SquareTable } from './square-table.ts';

export interface McNemar {
  /** first cell of disagreement, table[0][1], and the other, table[1][0] */
  readonly b: number;
  readonly c: number;
  /** (b - c)^2 / (b + c) on one degree of freedom */
  readonly plain: ChiSquareTest;
  /** (|b - c| - 1)^2 / (b + c), 0 where b = c (R's rule) */
  readonly continuity: ChiSquareTest;
  /** two-sided binomial: twice the smaller tail, at most 1 */
  readonly exactP: number;
  /** the same with half the probability of what was seen; the least conservative that still holds its level in practice */
  readonly midP: number;
}

export interface ChiSquareTest {
  readonly statistic: number;
  readonly p: number;
}

/**
 * All four on one 2 x 2 table; only disagreements count. None: 'no-discordance'. Use exact or mid-p for b + c < 25.
 * @throws RangeError unless the table is 2 x 2 with whole counts >= 0.
 * Source: McNemar, Psychometrika 1947;12:153-157; Edwards 1948 (continuity); Fagerland, Lydersen & Laake, BMC Med Res
 * Methodol 2013;13:91 (mid-p). Checked: golden/mcnemar.json (p to 1e-120).
 */
export function mcnemar(table: SquareTable): Estimate<McNemar> {
  marginsOf(table);
  if (table.length !== 2) throw new RangeError(`McNemar needs a 2 x 2 table: ${table.length} categories`);
  const [b, c] = [table[0]![1]!, table[1]![0]!];
  const [n, few] = [b + c, Math.min(b, c)];
  if (n === 0) return notEstimable('no-discordance');
  const corrected = b === c ? 0 : Math.abs(b - c) - 1;
  return estimate({
    b,
    c,
    plain: chiSquareTest(((b - c) / n) * (b - c)),
    continuity: chiSquareTest((corrected / n) * corrected),
    exactP: b === c ? 1 : Math.min(1, 2 * fairTail(few, n)),
    // 2 P(X <= few) - P(X = few), without the subtraction
    midP: b === c ? 1 : Math.min(1, fairTail(few, n) + fairTail(few - 1, n)),
  });
}

/**
 * What two totals alone leave possible of the plain test: its statistic is `statistic` at least, its p `p` at most, since of the rows
 * with two answers no more than all are right on one side alone.
 * @param difference right answers on one side less those on the other. @param moved rows with two answers; none: 'no-discordance'
 */
export function mcnemarBound(difference: number, moved: number): Estimate<ChiSquareTest> {
  return moved === 0 ? notEstimable('no-discordance') : estimate(chiSquareTest(difference ** 2 / moved));
}

function chiSquareTest(statistic: number): ChiSquareTest {
  return { statistic, p: chiSquareUpperTail(statistic, 1) };
}

/** P(X <= x) of a fair coin thrown n times, as an incomplete beta function. */
function fairTail(x: number, n: number): number {
  return x < 0 ? 0 : betainc(0.5, n - x, x + 1, true);
}
