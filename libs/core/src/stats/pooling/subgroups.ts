// Do groups of sites (say, internal and external) have different values?
import { type Estimate, estimate, notEstimable } from '../estimate.ts';
import { type MetaAnalysis, poolFixedEffect, type PoolingMethod, poolSites } from './meta-analysis.ts';

export interface SubgroupTest {
  /** by group in order of first appearance, each with its own tau2 */
  readonly groups: { readonly group: string; readonly pooled: MetaAnalysis }[];
  /** Q between the groups, its df = groups - 1 and chi-square upper tail */
  readonly q: number;
  readonly df: number;
  readonly p: number;
}

/**
 * Pools within groups, then tests whether the pooled values differ: Q = sum over groups of (m_g - m)^2 / se_g^2 about their
 * inverse-variance mean. groups[site] names the group of each site. One group: 'too-few-sites'.
 * @throws RangeError as `poolFixedEffect`, or if groups are not as many as sites.
 * Source: Borenstein et al., Introduction to Meta-Analysis (2009), chapter 19, Q-test based on separate tau2.
 */
export function subgroupTest(
  method: PoolingMethod,
  yi: readonly number[],
  vi: readonly number[],
  groups: readonly string[],
  level = 0.95,
): Estimate<SubgroupTest> {
  poolFixedEffect(yi, vi, level);
  if (groups.length !== yi.length)
    throw new RangeError(`groups must be as many as yi: ${groups.length}, not ${yi.length}`);
  const pooled = [...new Set(groups)].map((group) => {
    const own = (values: readonly number[]) => values.filter((_, site) => groups[site] === group);
    return { group, pooled: poolSites(method, own(yi), own(vi), level) };
  });
  if (pooled.length < 2) return notEstimable('too-few-sites');
  const between = poolFixedEffect(
    pooled.map(({ pooled: one }) => one.estimate),
    pooled.map(({ pooled: one }) => one.se ** 2),
    level,
  );
  return estimate({ groups: pooled, q: between.q, df: between.qDf, p: between.qP });
}
