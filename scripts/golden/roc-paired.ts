// roc_paired.json: two curves over the same rows against the exact block.
import { aucDelong, type Estimate, pairedDifference, zTest } from '../../libs/core/src/stats/index.ts';
import { type Fields, fields, numbers, text } from './reading.ts';
import { rocSample } from './roc-sample.ts';
import { absolute, exactly, relative, type Tally, valueOf } from './tally.ts';

export function checkRocPaired(test: Fields, tally: Tally): void {
  const exact = fields(fields(test.expected, 'expected').exact, 'exact');
  const sample = (curve: string) =>
    rocSample(
      numbers(test[`${curve}_controls`], `${curve}_controls`),
      numbers(test[`${curve}_cases`], `${curve}_cases`),
    );
  const { scores: a, labels } = sample('a');
  const { scores: b } = sample('b');

  const { positives, negatives, auc, covariance } = aucDelong([a, b], labels);
  const moment = relative(1e-10, 1e-12);
  tally.compare('n_cases', positives, test.n_cases, exactly);
  tally.compare('n_controls', negatives, test.n_controls, exactly);
  tally.compare('auc_a', at(auc, 0), exact.auc_a, absolute(1e-12));
  tally.compare('auc_b', at(auc, 1), exact.auc_b, absolute(1e-12));
  tally.compare('var_a', at(covariance[0], 0), exact.var_a, moment);
  tally.compare('var_b', at(covariance[1], 1), exact.var_b, moment);
  tally.compare('cov_ab', at(covariance[0], 1), exact.cov_ab, moment);

  const { difference, variance } = pairedDifference(a, b, labels);
  const known = difference.kind === 'estimate' && variance.kind === 'estimate';
  const result = known ? zTest(difference.value, variance.value) : undefined;
  // README: se_diff and z of nearly equal curves may lose digits in the reference
  const ratio = relative(text(test.id, 'id').includes('onechg') ? 1e-7 : 1e-9);
  const tail = relative(1e-8);
  tally.compare('diff', valueOf(difference), exact.diff, absolute(1e-12));
  tally.compare('var_diff', valueOf(variance), exact.var_diff, moment);
  tally.compare('se_diff', Math.sqrt(valueOf(variance)), exact.se_diff, ratio);
  tally.compare('z', result?.z ?? NaN, exact.z, ratio);
  tally.compare('p_two_sided', result?.pTwoSided ?? NaN, exact.p_two_sided, tail);
  tally.compare('p_greater', result?.pGreater ?? NaN, exact.p_greater, tail);
  tally.compare('p_less', result?.pLess ?? NaN, exact.p_less, tail);
  tally.compareList(
    'ci95_diff',
    result && [result.lower95, result.upper95],
    exact.ci95_diff,
    absolute(1e-10),
  );
}

function at(estimates: readonly Estimate[] | undefined, index: number): number {
  const found = estimates?.[index];
  if (!found) throw new RangeError(`two curves must give two estimates: none at ${index}`);
  return valueOf(found);
}
