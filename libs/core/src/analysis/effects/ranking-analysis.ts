// Which arm of a classifier is best, and how sure that is: draws from the pooled differences between its arms.
import type { Arm, RankingAnalysis } from '../../contract/index.ts';
import { pairWeightedMean, poolDifferences, rankDraws, seedOf, seedText } from '../../stats/index.ts';
import { armDifference } from './arm-differences.ts';
import { cellFigures } from '../cell-analysis.ts';
import type { SiteReport } from '../pooling-input.ts';
import { poolable, type SiteFigure } from '../pooled/site-figures.ts';

const draws = 100_000;

/** Differences of every pair of arms at one site, arms in the order of the protocol, with its share of all pairs of patients. */
interface SitePairs {
  readonly report: SiteReport;
  readonly pairs: number;
  readonly value: number[][];
  readonly variance: number[][];
}

/**
 * Draws of the pair-weighted differences from the first arm, over sites that have every arm. Between sites, each arm varies
 * on its own with half of tau2, the largest REML tau2 of a pair of arms, so that every difference varies with all of it; below
 * three sites tau2 is 0. The placebo is no candidate.
 */
export function analyseRanking(
  classifier: string,
  sha256: string,
  protocolArms: readonly Arm[],
  reports: readonly SiteReport[],
): RankingAnalysis | undefined {
  const arms = protocolArms.filter((arm) => arm !== 'placebo');
  const sites = reports.flatMap((report) => pairsOf(report, sha256, arms) ?? []);
  if (arms.length < 2 || sites.length === 0) return undefined;
  const tau2 = sites.length < 3 ? 0 : largestTau2(sites, arms.length);
  const { mean, covariance } = pooledDifferences(sites, arms.length, tau2);
  const seed = seedOf([sha256, ...sites.map(({ report }) => report.payloadDigest)]);
  const ranked = rankDraws(mean, covariance, draws, seed);
  const own = sites.map(({ report }) => report);
  return {
    classifier,
    draws,
    seed: seedText(seed),
    sites: own.map(({ siteName }) => siteName),
    tau2,
    arms: arms.map((arm, at) => ({ arm, ...armMean(sha256, arm, own), ...ranked[at]! })),
  };
}

function pairsOf(report: SiteReport, sha256: string, arms: readonly Arm[]): SitePairs | undefined {
  const value = arms.map(() => arms.map(() => 0));
  const variance = arms.map(() => arms.map(() => 0));
  let pairs = 0;
  for (const [i, a] of arms.entries())
    for (const [j, b] of arms.entries()) {
      if (j >= i) continue;
      const one = armDifference(report, sha256, a, b);
      if (one.value.kind !== 'estimate' || one.variance.kind !== 'estimate') return undefined;
      value[i]![j] = one.value.value;
      variance[i]![j] = one.variance.value;
      pairs = one.positives.images * one.negatives.images;
    }
  return pairs > 0 ? { report, pairs, value, variance } : undefined;
}

function largestTau2(sites: readonly SitePairs[], k: number): number {
  let largest = 0;
  for (let i = 1; i < k; i++)
    for (let j = 0; j < i; j++) {
      const figures = sites.map(({ report, value, variance }) =>
        poolable(figureOf(report, value[i]![j]!, variance[i]![j]!)),
      );
      const { randomEffects, yi } = poolDifferences(figures, 0.95, 'reml');
      if (yi.length > 1 && randomEffects.kind === 'estimate')
        largest = Math.max(largest, randomEffects.value.tau2);
    }
  return largest;
}

function figureOf(report: SiteReport, value: number, variance: number): SiteFigure {
  const nobody = { images: 0, patients: 0 };
  return {
    report,
    positives: nobody,
    negatives: nobody,
    value: { kind: 'estimate', value },
    variance: { kind: 'estimate', value: variance },
  };
}

/** Of every arm from the first: mean and covariance, the first row and column 0. */
function pooledDifferences(
  sites: readonly SitePairs[],
  k: number,
  tau2: number,
): { mean: number[]; covariance: number[][] } {
  const total = sites.reduce((sum, { pairs }) => sum + pairs, 0);
  const mean = Array.from({ length: k }, () => 0);
  const covariance = mean.map(() => mean.map(() => 0));
  for (const { pairs, value, variance } of sites) {
    const weight = pairs / total;
    const between = (i: number, j: number): number => variance[Math.max(i, j)]![Math.min(i, j)]!;
    for (let i = 1; i < k; i++) {
      mean[i]! += weight * value[i]![0]!;
      for (let j = 1; j < k; j++) {
        const within = i === j ? between(i, 0) : (between(i, 0) + between(j, 0) - between(i, j)) / 2;
        covariance[i]![j]! += weight * weight * (within + (i === j ? tau2 : tau2 / 2));
      }
    }
  }
  return { mean, covariance };
}

function armMean(
  sha256: string,
  arm: Arm,
  reports: readonly SiteReport[],
): Pick<RankingAnalysis['arms'][number], 'auc' | 'standardError'> {
  const figures = cellFigures({ classifier: sha256, arm }, reports);
  const { mean } = pairWeightedMean(
    figures.map((figure) => ({
      ...poolable(figure),
      positives: figure.positives.images,
      negatives: figure.negatives.images,
    })),
  );
  if (mean.kind !== 'estimate') return { auc: null, standardError: null };
  return { auc: mean.value.value, standardError: Math.sqrt(mean.value.variance) };
}
