// One comparison of the protocol: the paired AUC difference of every site, the pooled difference and its test.
import type { CellRef, Comparison, ComparisonAnalysis, SiteScope } from '../contract/index.ts';
import {
  type Estimate,
  estimate,
  type MetaAnalysis,
  normalInterval,
  poolDifferences,
  zTest,
} from '../stats/index.ts';
import { type PooledPart, pooledEstimates } from './pooled/pooled-estimate.ts';
import { groupFigures, poolFigure } from './pooled/pooled-figure.ts';
import type { SiteReport } from './pooling-input.ts';
import { absentFigure, poolable, type SiteFigure, siteRows } from './pooled/site-figures.ts';

/**
 * @param a @param b the comparison's cells as reports name them: classifier by SHA-256.
 * @param scope which sites are internal, and which of them the plan asks about
 */
export function analyseComparison(
  comparison: Comparison,
  a: CellRef,
  b: CellRef,
  reports: readonly SiteReport[],
  level: number,
  scope: { readonly internal: (siteName: string) => boolean; readonly asked: SiteScope },
): Omit<ComparisonAnalysis, 'question'> {
  const figures = comparisonFigures(a, b, reports);
  const pooled = poolDifferences(figures.map(poolable), level);
  return {
    ...comparison,
    sites: siteRows(figures, pooled, (difference, variance) =>
      estimate(normalInterval(difference, variance, level)),
    ),
    pooled: pooledEstimates([plain(pooled.fixedEffect), plain(pooled.randomEffects)]),
    zTest: testOf(pooled.randomEffects),
    meta: poolFigure(figures, { kind: 'difference', level }),
    groups: groupFigures(
      figures,
      { kind: 'difference', level },
      ({ report }) => scope.internal(report.siteName),
      scope.asked,
    ),
  };
}

/** @param a @param b the cells as reports name them: classifier by SHA-256. */
export function comparisonFigures(a: CellRef, b: CellRef, reports: readonly SiteReport[]): SiteFigure[] {
  return reports.map((report) => differenceFigure(report, a, b));
}

function differenceFigure(report: SiteReport, a: CellRef, b: CellRef): SiteFigure {
  const same = (cell: CellRef, other: CellRef): boolean =>
    cell.classifier === other.classifier && cell.arm === other.arm;
  const found = report.result.comparisons.find((entry) => same(entry.a, a) && same(entry.b, b));
  if (found === undefined) return absentFigure(report);
  const { positives, negatives, difference, variance } = found;
  return { report, positives, negatives, value: difference, variance };
}

function plain(meta: Estimate<MetaAnalysis>): PooledPart {
  const value =
    meta.kind === 'estimate'
      ? estimate({ value: meta.value.estimate, lower: meta.value.lower, upper: meta.value.upper })
      : meta;
  return { scale: 'plain', meta, value };
}

function testOf(meta: Estimate<MetaAnalysis>): ComparisonAnalysis['zTest'] {
  if (meta.kind !== 'estimate') return null;
  const { z, pTwoSided } = zTest(meta.value.estimate, meta.value.se ** 2);
  return Number.isFinite(z) ? { z, pTwoSided } : null;
}
