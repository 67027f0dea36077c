// roc_unpaired.json: two curves over independent samples.
import { aucDelong, type Estimate, unpairedTest } from '../../libs/core/src/stats/index.ts';
import { type Fields, fields, numbers } from './reading.ts';
import { rocSample } from './roc-sample.ts';
import { absolute, relative, type Tally, valueOf } from './tally.ts';

export function checkRocUnpaired(test: Fields, tally: Tally): void {
  const exact = fields(fields(test.expected, 'expected').exact, 'exact');
  const [a, b] = [curve(test, 'a'), curve(test, 'b')];
  for (const [name, { auc, variance }] of [
    ['a', a],
    ['b', b],
  ] as const) {
    tally.compare(`auc_${name}`, valueOf(auc), exact[`auc_${name}`], absolute(1e-12));
    tally.compare(`var_${name}`, valueOf(variance), exact[`var_${name}`], relative(1e-10, 1e-12));
  }
  tally.compare('diff', valueOf(a.auc) - valueOf(b.auc), exact.diff, absolute(1e-12));
  const se = Math.sqrt(valueOf(a.variance) + valueOf(b.variance));
  tally.compare('se_diff', se, exact.se_diff, relative(1e-9, 1e-8));

  const found = unpairedTest(a, b);
  // both variances 0: the reference has no test
  if (exact.d === undefined && found.kind === 'not-estimable') return;
  const result = found.kind === 'estimate' ? found.value : undefined;
  tally.compare('d', result?.statistic ?? NaN, exact.d, relative(1e-9));
  tally.compare('df', result?.df ?? NaN, exact.df, relative(1e-9));
  tally.compare('p_two_sided', result?.pT ?? NaN, exact.p_two_sided, relative(1e-7));
  tally.compare('p_normal', result?.pNormal ?? NaN, exact.p_normal_two_sided, relative(1e-7));
}

function curve(test: Fields, name: 'a' | 'b'): { auc: Estimate; variance: Estimate; rows: number } {
  const { scores, labels } = rocSample(
    numbers(test[`${name}_controls`], `${name}_controls`),
    numbers(test[`${name}_cases`], `${name}_cases`),
  );
  const { auc, covariance } = aucDelong([scores], labels);
  const [area, variance] = [auc[0], covariance[0]?.[0]];
  if (!area || !variance) throw new RangeError('one curve must give one estimate: none');
  return { auc: area, variance, rows: labels.length };
}
