// roc_delong.json: 2U, AUC, DeLong variance and its intervals against the exact block.
import {
  aucDelong,
  countClasses,
  delongParts,
  type Estimate,
  logitInterval,
  normalInterval,
  placements,
  twoU,
} from '../../libs/core/src/stats/index.ts';
import { type Fields, fields, numbers } from './reading.ts';
import { rocSample } from './roc-sample.ts';
import { compareYouden } from './youden.ts';
import { absolute, exactly, pairOf, relative, type Tally, valueOf } from './tally.ts';

export function checkRocDelong(test: Fields, tally: Tally): void {
  const expected = fields(test.expected, 'expected');
  const exact = fields(expected.exact, 'exact');
  const { scores: given, labels } = rocSample(
    numbers(test.controls, 'controls'),
    numbers(test.cases, 'cases'),
  );
  if (test.direction !== '<' && test.direction !== '>')
    throw new TypeError(`direction: ${String(test.direction)}`);
  const scores = test.direction === '>' ? given.map((score) => -score) : given;

  const { positives, negatives, auc, covariance } = aucDelong([scores], labels);
  const area = first(auc);
  const variance = first(covariance[0]);
  tally.compare('n_cases', positives, test.n_cases, exactly);
  tally.compare('n_controls', negatives, test.n_controls, exactly);
  tally.compare('two_u', valueOf(twoU(scores, labels)), exact.two_u, exactly);
  tally.compare('two_u_denominator', 2 * positives * negatives, exact.two_u_denominator, exactly);
  tally.compare('auc', valueOf(area), exact.auc, absolute(1e-12));

  const classes = countClasses(labels);
  const { s10, s01 } = delongParts([placements(scores, classes)], classes);
  tally.compare('s10_cases', valueOf(first(s10[0])), exact.s10_cases, relative(1e-10, 1e-12));
  tally.compare('s01_controls', valueOf(first(s01[0])), exact.s01_controls, relative(1e-10, 1e-12));
  tally.compare('var_delong', valueOf(variance), exact.var_delong, relative(1e-10, 1e-12));
  tally.compare('se_delong', Math.sqrt(valueOf(variance)), exact.se_delong, relative(1e-9, 1e-8));

  const both =
    area.kind === 'estimate' && variance.kind === 'estimate' ? ([area.value, variance.value] as const) : [];
  const [value, spread] = both;
  const known = value !== undefined && spread !== undefined;
  const plain = known ? normalInterval(value, spread) : undefined;
  const logit = known ? pairOf(logitInterval(value, spread)) : undefined;
  tally.compareList('ci95_unclipped', plain, exact.ci95_unclipped, absolute(1e-9));
  tally.compareList('ci95_logit', logit, exact.ci95_logit, absolute(1e-9));
  compareYouden(scores, labels, test.direction === '>' ? -1 : 1, expected, tally);
}

function first(estimates: readonly Estimate[] | undefined): Estimate {
  const found = estimates?.[0];
  if (!found) throw new RangeError('one curve must give one estimate: none');
  return found;
}
