// stuart_maxwell.json: equal margins (exact, and Bhapkar by statsmodels) and symmetry (Bowker).
import { bhapkar, bowker, stuartMaxwell } from '../../libs/core/src/stats/index.ts';
import { type Fields, fields, numbers, table } from './reading.ts';
import { exactly, relative, type Tally, valueOf } from './tally.ts';

const statistic = relative(1e-9, 1e-9);
const tail = relative(1e-8);

export function checkStuartMaxwell(test: Fields, tally: Tally): void {
  const counts = table(test.table, 'table');
  const expected = fields(test.expected, 'expected');
  const exact = fields(expected.stuart_maxwell_exact, 'stuart_maxwell_exact');
  const found = stuartMaxwell(counts);
  tally.compare('statistic', found.statistic, exact.statistic, statistic);
  tally.compare('df', found.df, exact.df, exactly);
  tally.compare('p', valueOf(found.p), exact.p, tail);
  tally.compare('df_nominal', found.nominalDf, exact.df_nominal, exactly);
  tally.compare('p_df_nominal', found.nominalP, exact.p_df_nominal, tail);
  const margins = numbers(exact.margin_difference, 'margin_difference');
  tally.compareList('margin_difference', found.marginDifference, margins, exactly);

  const symmetry = fields(expected.bowker_exact, 'bowker_exact');
  const { statistic: sum, nominalDf, nominalP, df, p } = bowker(counts);
  tally.compare('bowker statistic', sum, symmetry.statistic, statistic);
  tally.compare('bowker df_nominal', nominalDf, symmetry.df_nominal, exactly);
  tally.compare('bowker p_df_nominal', nominalP, symmetry.p_df_nominal, tail);
  tally.compare('bowker df_nonempty', df, symmetry.df_nonempty, exactly);
  tally.compare('bowker p_df_nonempty', valueOf(p), symmetry.p_df_nonempty, tail);

  compareBhapkar(counts, exact.singular === true, expected.bhapkar_statsmodels, tally);
}

/** Only where the reference can invert its covariance; its p is 1 - cdf, so good to 1e-15 absolute. */
function compareBhapkar(
  counts: readonly (readonly number[])[],
  singular: boolean,
  expected: unknown,
  tally: Tally,
): void {
  const found = bhapkar(counts);
  if (singular || found.kind !== 'estimate' || expected === undefined) return;
  const reference = fields(expected, 'bhapkar_statsmodels');
  if (typeof reference.statistic !== 'number' || !(reference.statistic >= 0)) return;
  tally.compare('bhapkar statistic', found.value.statistic, reference.statistic, relative(1e-7, 1e-7));
  tally.compare('bhapkar p', found.value.nominalP, reference.p, (p) => 1e-6 * p + 1e-15);
}
