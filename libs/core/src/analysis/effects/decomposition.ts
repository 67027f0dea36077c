// How much of an effect of inpainting is grey-scale range (clipped - original), how much marker shape (inpainted - clipped).
import type { DecompositionAnalysis, PooledAnswer } from '../../contract/index.ts';
import { criticalT, criticalZ, normalTwoSided, poolRandomEffects, tTwoSided } from '../../stats/index.ts';
import { armDifference, minus } from './arm-differences.ts';
import { figureOverSites, figureRows, poolFigure, poolSiteFigures } from '../pooled/pooled-figure.ts';
import type { SiteReport } from '../pooling-input.ts';
import { poolable, type SiteFigure } from '../pooled/site-figures.ts';

/** Shape is the total less the range at every site, so that the parts add up in spite of rounding. */
export function analyseDecomposition(
  classifier: string,
  sha256: string,
  reports: readonly SiteReport[],
  level: number,
): DecompositionAnalysis | undefined {
  const parts = reports.map((report) => {
    const total = armDifference(report, sha256, 'inpainted', 'original');
    const range = armDifference(report, sha256, 'clipped', 'original');
    const shape = minus(total, range, armDifference(report, sha256, 'inpainted', 'clipped').variance);
    return { total, range, shape };
  });
  const known = parts.filter(({ shape }) => shape.value.kind === 'estimate');
  if (known.length === 0) return undefined;
  const totals = known.map(({ total }) => total);
  const asked = { kind: 'difference', level } as const;
  const partOf = (figures: readonly SiteFigure[]): DecompositionAnalysis['range'] => ({
    sites: figureRows(figures, asked),
    answer: weightedPart(totals, figures, level),
    pairWeighted: poolFigure(figures, asked).pairWeighted,
  });
  return {
    classifier,
    total: figureOverSites(totals, asked),
    range: partOf(known.map(({ range }) => range)),
    shape: partOf(known.map(({ shape }) => shape)),
  };
}

/**
 * sum w y / sum w with the weights w of the total; variance sum w^2 (v + tau2) / (sum w)^2, tau2 of the part itself by REML
 * and t with k - 1 degrees of freedom from three sites on. A part without variance at a site has no spread there.
 */
function weightedPart(
  totals: readonly SiteFigure[],
  part: readonly SiteFigure[],
  level: number,
): PooledAnswer | null {
  const total = poolSiteFigures(totals, { kind: 'difference', level });
  if (total.fixedEffect.kind !== 'estimate' || total.randomEffects.kind !== 'estimate') return null;
  const k = total.included.length;
  const { weightsPercent } = k < 3 ? total.fixedEffect.value : total.randomEffects.value;
  const points = total.included.map((at) => poolable(part[at]!));
  const yi = points.map(({ value }) => (value.kind === 'estimate' ? value.value : NaN));
  const vi = points.map(({ variance }) => (variance.kind === 'estimate' ? variance.value : NaN));
  if ([...yi, ...vi].some(Number.isNaN)) return null;
  const tau2 = k < 3 ? 0 : betweenSites(yi, vi);
  const weights = weightsPercent.map((percent) => percent / 100);
  const estimate = weights.reduce((sum, weight, at) => sum + weight * yi[at]!, 0);
  const variance = weights.reduce((sum, weight, at) => sum + weight * weight * (vi[at]! + tau2), 0);
  const standardError = Math.sqrt(variance);
  const df = k < 3 ? null : k - 1;
  const half = (df === null ? criticalZ(level) : criticalT(level, df)) * standardError;
  const statistic = estimate === 0 ? 0 : estimate / standardError;
  return {
    method: k === 1 ? 'none' : k === 2 ? 'fixed-effect' : 'reml',
    test: df === null ? 'normal' : 'student-t',
    estimate,
    lower: estimate - half,
    upper: estimate + half,
    standardError,
    df,
    pTwoSided: df === null ? normalTwoSided(statistic) : tTwoSided(statistic, df),
  };
}

function betweenSites(yi: readonly number[], vi: readonly number[]): number {
  const varying = yi.map((_, at) => at).filter((at) => vi[at]! > 0);
  if (varying.length < 2) return 0;
  return poolRandomEffects(
    'reml',
    varying.map((at) => yi[at]!),
    varying.map((at) => vi[at]!),
  ).tau2;
}
