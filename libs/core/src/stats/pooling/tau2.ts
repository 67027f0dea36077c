// Estimators of the between-site variance tau2, each truncated at 0.
import { fallingRoot, highestRoot } from './root.ts';
import { type CentredSites, fitAt, weightSpread } from './weighted-fit.ts';

/**
 * (Q - df) / (sum w - sum w^2 / sum w), at least 0; 0 for one site.
 * Source: DerSimonian & Laird, Control Clin Trials 1986;7:177-188.
 */
export function dersimonianLairdTau2(sites: CentredSites): number {
  const df = sites.spread.length - 1;
  if (df === 0) return 0;
  const { q, weights } = fitAt(sites, 0);
  return q > df ? (q - df) / weightSpread(weights) : 0;
}

/**
 * The tau2 >= 0 at which the generalised Q, sum of (y - mu)^2 / (v + tau2), equals df; 0 where Q(0) <= df or for one site.
 * Solved to neighbouring doubles; Q falls with tau2, so the root is the only one.
 * Source: Paule & Mandel, J Res Natl Bur Stand 1982;87:377-385.
 */
export function pauleMandelTau2(sites: CentredSites): number {
  const df = sites.spread.length - 1;
  return df === 0 ? 0 : generalisedQRoot(sites, df);
}

/** The tau2 >= 0 at which the generalised Q equals `target` > 0; 0 where it is below already at 0. */
export function generalisedQRoot(sites: CentredSites, target: number): number {
  return fallingRoot((tau2) => fitAt(sites, tau2).q - target, scaleOf(sites));
}

/**
 * The tau2 >= 0 of the highest restricted likelihood; 0 for one site. Q > df does not imply tau2 > 0. All local maxima
 * on a grid of eight points a decade are compared, each solved to neighbouring doubles: no starting value, no threshold.
 * Source: Viechtbauer, J Educ Behav Stat 2005;30:261-293, eq. 12 (score: sum w^2 (y - mu)^2 = sum w - sum w^2 / sum w).
 */
export function remlTau2(sites: CentredSites): number {
  if (sites.spread.length === 1) return 0;
  const score = (tau2: number): number => {
    const { weights, mean } = fitAt(sites, tau2);
    let squares = 0;
    for (let site = 0; site < weights.length; site++)
      squares += (weights[site]! * (sites.spread[site]! - mean)) ** 2;
    return squares - weightSpread(weights);
  };
  const logLikelihood = (tau2: number): number => {
    const { total, q } = fitAt(sites, tau2);
    let logs = Math.log(total) + q;
    for (const variance of sites.vi) logs += Math.log(variance + tau2);
    return -logs / 2;
  };
  return highestRoot(score, logLikelihood, scaleOf(sites));
}

/** The size at which to look for tau2: the largest sampling variance or the squared range. */
export function scaleOf({ spread, vi }: Pick<CentredSites, 'spread' | 'vi'>): number {
  let [low, high, widest] = [Infinity, -Infinity, 0];
  for (let site = 0; site < spread.length; site++) {
    low = Math.min(low, spread[site]!);
    high = Math.max(high, spread[site]!);
    widest = Math.max(widest, vi[site]!);
  }
  return Math.max(widest, (high - low) ** 2);
}
