// proportion_ci.json: Wilson and Clopper-Pearson.
import { clopperPearson, wilson } from '../../libs/core/src/stats/index.ts';
import { type Fields, fields, number } from './reading.ts';
import { absolute, type Tally } from './tally.ts';

export function checkProportionCi(test: Fields, tally: Tally): void {
  const expected = fields(test.expected, 'expected');
  const [x, n, level] = [number(test.x, 'x'), number(test.n, 'n'), number(test.conf_level, 'conf_level')];
  tally.compareList('wilson', wilson(x, n, level), expected.wilson_exact, absolute(1e-12));
  // the exact value is given for n <= 300 only; R's stands in above
  const exact = expected.clopper_pearson_exact ?? expected.clopper_pearson_r;
  tally.compareList('clopper_pearson', clopperPearson(x, n, level), exact, absolute(1e-9));
}
