// federated.json: site data to pooled figures, through the functions that pool reports.
import {
  addTables,
  aucDelong,
  brier,
  crossTable,
  type Estimate,
  logit,
  logitVariance,
  mcnemar,
  type PairedDifference,
  pairedDifference,
  pairWeightedMean,
  zTest,
} from '../../libs/core/src/stats/index.ts';
import { compareMethods } from './meta.ts';
import { type Fields, fields, list, numbers, table, text } from './reading.ts';
import { rocSample } from './roc-sample.ts';
import { absolute, exactly, relative, type Tally, valueOf } from './tally.ts';

interface Site {
  readonly name: string;
  readonly labels: Uint8Array;
  readonly a: Float64Array;
  readonly b: Float64Array;
}

interface SiteFigures {
  readonly positives: number;
  readonly negatives: number;
  readonly auc: Estimate[];
  readonly covariance: Estimate[][];
  readonly paired: PairedDifference;
}

const variance = relative(1e-10, 1e-12);

export function checkFederated(test: Fields, tally: Tally): void {
  const expected = fields(test.expected, 'expected');
  const sites = list(test.sites, 'sites').map((site) => siteOf(fields(site, 'site')));
  const figures = sites.map(figuresOf);
  list(expected.sites, 'sites').forEach((site, at) =>
    compareSite(figures[at]!, fields(site, 'expected site'), tally),
  );
  const used = figures.filter((one) => statusOf(one) === 'ok');
  const names = sites.filter((_, at) => statusOf(figures[at]!) === 'ok').map(({ name }) => name);
  if (JSON.stringify(names) !== JSON.stringify(expected.meta_sites_used))
    tally.fail(`meta_sites_used: ${names.join(' ')}`);
  comparePooled(used, expected, tally);
  compareRows(sites, expected, tally);
}

function siteOf(site: Fields): Site {
  const curve = (name: string) =>
    rocSample(
      numbers(site[`${name}_controls`], `${name}_controls`),
      numbers(site[`${name}_cases`], `${name}_cases`),
    );
  const { scores, labels } = curve('a');
  return { name: text(site.site, 'site'), labels, a: scores, b: curve('b').scores };
}

function figuresOf({ labels, a, b }: Site): SiteFigures {
  return { ...aucDelong([a, b], labels), paired: pairedDifference(a, b, labels) };
}

function statusOf({ auc, covariance }: SiteFigures): string {
  if (auc[0]?.kind !== 'estimate') return 'one_class';
  const variances = [covariance[0]?.[0], covariance[1]?.[1]];
  if (variances.some((one) => one?.kind !== 'estimate')) return 'variance_undefined';
  return variances.some((one) => one?.kind === 'estimate' && one.value === 0) ? 'zero_variance' : 'ok';
}

function compareSite(found: SiteFigures, expected: Fields, tally: Tally): void {
  const { auc, covariance, paired } = found;
  const status = statusOf(found);
  if (status !== expected.status) tally.fail(`status: ${status}, expected ${String(expected.status)}`);
  tally.compare('n_cases', found.positives, expected.n_cases, exactly);
  tally.compare('n_controls', found.negatives, expected.n_controls, exactly);
  if (status === 'one_class') return;
  tally.compare('auc_a', valueOf(auc[0]!), expected.auc_a, absolute(1e-12));
  tally.compare('auc_b', valueOf(auc[1]!), expected.auc_b, absolute(1e-12));
  tally.compare('var_a', valueOf(covariance[0]![0]!), expected.var_a, variance);
  tally.compare('var_b', valueOf(covariance[1]![1]!), expected.var_b, variance);
  tally.compare('cov_ab', valueOf(covariance[0]![1]!), expected.cov_ab, variance);
  tally.compare('diff', valueOf(paired.difference), expected.diff, absolute(1e-12));
  tally.compare('var_diff', valueOf(paired.variance), expected.var_diff, variance);
}

function comparePooled(used: readonly SiteFigures[], expected: Fields, tally: Tally): void {
  const curve = (at: 0 | 1) => ({
    yi: used.map(({ auc }) => valueOf(auc[at]!)),
    vi: used.map(({ covariance }) => valueOf(covariance[at]![at]!)),
  });
  const [a, b] = [curve(0), curve(1)];
  const differences = {
    yi: used.map(({ paired }) => valueOf(paired.difference)),
    vi: used.map(({ paired }) => valueOf(paired.variance)),
  };
  for (const [name, { yi, vi }] of [
    ['meta_auc_a', a],
    ['meta_auc_b', b],
    ['meta_diff', differences],
  ] as const) {
    const block = fields(expected[name], name);
    compareMethods(`${name} `, yi, vi, fields(block.exact, name), block, tally);
  }
  const onLogit = fields(expected.meta_logit_auc_a, 'meta_logit_auc_a');
  const yi = a.yi.map(logit);
  const vi = a.yi.map((area, at) => logitVariance(area, a.vi[at] ?? NaN));
  const metafor = fields(onLogit.metafor, 'metafor');
  compareMethods('logit ', yi, vi, fields(onLogit.exact, 'exact'), metafor, tally);

  const stratified = fields(expected.stratified_pair_weighted, 'stratified_pair_weighted');
  for (const [name, at] of [
    ['a', 0],
    ['b', 1],
  ] as const) {
    const { mean } = pairWeightedMean(
      used.map(({ positives, negatives, auc, covariance }) => ({
        positives,
        negatives,
        value: auc[at]!,
        variance: covariance[at]![at]!,
      })),
    );
    const found = mean.kind === 'estimate' ? mean.value : { value: NaN, variance: NaN };
    tally.compare(`stratified auc_${name}`, found.value, stratified[`auc_${name}`], absolute(1e-12));
    tally.compare(`stratified var_${name}`, found.variance, stratified[`var_${name}`], variance);
  }
}

/** What an analyst with all rows would get, and the tables that add without them. */
function compareRows(sites: readonly Site[], expected: Fields, tally: Tally): void {
  const all = (of: (site: Site) => Iterable<number>) => sites.flatMap((site) => [...of(site)]);
  const [labels, a, b] = [all((site) => site.labels), all((site) => site.a), all((site) => site.b)];
  const pooled = fields(expected.pooled_sample, 'pooled_sample');
  const { auc, covariance } = aucDelong([a, b], labels);
  tally.compare('pooled auc_a', valueOf(auc[0]!), pooled.auc_a, absolute(1e-12));
  tally.compare('pooled auc_b', valueOf(auc[1]!), pooled.auc_b, absolute(1e-12));
  tally.compare('pooled var_a', valueOf(covariance[0]![0]!), pooled.var_a, variance);
  tally.compare('pooled cov_ab', valueOf(covariance[0]![1]!), pooled.cov_ab, variance);
  const paired = pairedDifference(a, b, labels);
  const { z, pTwoSided } = zTest(valueOf(paired.difference), valueOf(paired.variance));
  // pROC's own z, from var a + var b - 2 cov
  tally.compare('pooled z', z, pooled.z, relative(1e-8));
  tally.compare('pooled p', pTwoSided, pooled.p_two_sided, relative(1e-8));

  const block = fields(expected['mcnemar_correctness_at_0.5'], 'mcnemar_correctness_at_0.5');
  const right = (site: Site, scores: Float64Array) =>
    [...scores].map((p, row) => ((p >= 0.5 ? 1 : 0) === site.labels[row] ? 1 : 0));
  const tables = sites.map((site) => crossTable(right(site, site.a), right(site, site.b), 2));
  const perSite = list(block.per_site, 'per_site').map((one) => table(one, 'per_site'));
  tally.compareList('per_site', tables.flat(2), perSite.flat(2), exactly);
  const sum = addTables(tables);
  tally.compareList('pooled table', sum.flat(), table(block.pooled, 'pooled').flat(), exactly);
  const test = mcnemar(sum);
  const found = test.kind === 'estimate' ? test.value : undefined;
  tally.compare('mcnemar statistic', found?.plain.statistic ?? NaN, block.statistic, relative(1e-9));
  tally.compare('mcnemar p', found?.plain.p ?? NaN, block.p, relative(1e-8));
  tally.compare('mcnemar exact_p', found?.exactP ?? NaN, block.exact_p, relative(1e-8));
  tally.compare('pooled_brier_a', valueOf(brier(labels, a)), expected.pooled_brier_a, absolute(1e-12));
}
