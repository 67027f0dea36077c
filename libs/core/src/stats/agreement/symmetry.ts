// Bhapkar's and Bowker's tests on the same square table, beside Stuart and Maxwell's.
import { chiSquareUpperTail } from '../chi-square.ts';
import { type Estimate, estimate, notEstimable } from '../estimate.ts';
import { marginsOf, type SquareTable } from './square-table.ts';
import { homogeneity, type MarginalHomogeneity, stuartMaxwell } from './stuart-maxwell.ts';

/**
 * Bhapkar's test of equal margins, X2 / (1 - X2 / n) with X2 of Stuart and Maxwell: the covariance is not that of the null
 * hypothesis, so it rejects sooner. An empty table is 'empty'; X2 = n, where no two categories are ever used both ways, leaves
 * no variance ('zero-variance').
 * @throws RangeError as `stuartMaxwell`.
 * Source: Bhapkar, JASA 1966;61:228-235; the relation: Ireland, Ku & Kullback, JASA 1969;64:1323-1341.
 * Checked: golden/stuart_maxwell.json (statsmodels, where its covariance can be inverted).
 */
export function bhapkar(table: SquareTable): Estimate<MarginalHomogeneity> {
  const { n } = marginsOf(table);
  if (n === 0) return notEstimable('empty');
  const { statistic, df, marginDifference } = stuartMaxwell(table);
  const left = 1 - statistic / n;
  // X2 is rational with a denominator far above 1e-12: what is closer to n than this is n
  if (left < 1e-12) return notEstimable('zero-variance');
  return estimate(homogeneity({ statistic: statistic / left, df, marginDifference }));
}

export interface Symmetry {
  /** >= 0 */
  readonly statistic: number;
  /** k (k - 1) / 2, every pair of categories, with its upper tail */
  readonly nominalDf: number;
  readonly nominalP: number;
  /** pairs with at least one disagreement, with its upper tail; 'no-discordance' without any */
  readonly df: number;
  readonly p: Estimate;
}

/**
 * Bowker's test that disagreements go both ways equally often: sum of (n_ij - n_ji)^2 / (n_ij + n_ji), 0 / 0 being 0.
 * @throws RangeError as `stuartMaxwell`.
 * Source: Bowker, JASA 1948;43:572-574. Checked: golden/stuart_maxwell.json.
 */
export function bowker(table: SquareTable): Symmetry {
  marginsOf(table);
  const k = table.length;
  let [statistic, df] = [0, 0];
  table.forEach((line, i) => {
    for (let j = i + 1; j < k; j++) {
      const both = line[j]! + table[j]![i]!;
      if (both === 0) continue;
      const difference = line[j]! - table[j]![i]!;
      statistic += (difference / both) * difference;
      df++;
    }
  });
  const nominalDf = (k * (k - 1)) / 2;
  return {
    statistic,
    nominalDf,
    nominalP: chiSquareUpperTail(statistic, nominalDf),
    df,
    p: df === 0 ? notEstimable('no-discordance') : estimate(chiSquareUpperTail(statistic, df)),
  };
}
