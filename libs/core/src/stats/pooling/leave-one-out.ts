// How much one site decides: the pooled estimate without each of them in turn.
import { type Estimate, estimate, notEstimable } from '../estimate.ts';
import { type MetaAnalysis, poolFixedEffect, type PoolingMethod, poolSites } from './meta-analysis.ts';

/**
 * One pooled result per site, that site left out, in input order. Not estimable ('too-few-sites') for one site.
 * @throws RangeError as `poolFixedEffect`.
 * Checked: golden/meta.json (leave1out).
 */
export function leaveOneOut(
  method: PoolingMethod,
  yi: readonly number[],
  vi: readonly number[],
  level = 0.95,
): Estimate<MetaAnalysis[]> {
  poolFixedEffect(yi, vi, level);
  if (yi.length < 2) return notEstimable('too-few-sites');
  return estimate(
    yi.map((_, out) => {
      const others = (values: readonly number[]) => values.filter((_value, site) => site !== out);
      return poolSites(method, others(yi), others(vi), level);
    }),
  );
}
