// Inverse-variance pooling of site estimates, in metafor's conventions.
import { chiSquareUpperTail } from '../chi-square.ts';
import { type Estimate, estimate, notEstimable } from '../estimate.ts';
import { normalInterval } from '../interval.ts';
import { normalTwoSided } from '../normal.ts';
import { dersimonianLairdTau2, pauleMandelTau2, remlTau2 } from './tau2.ts';
import { type CentredSites, centredSites, type Fit, fitAt, weightSpread } from './weighted-fit.ts';

/** The methods that let sites differ, by their estimator of tau2. */
export const randomEffectsMethods = ['dersimonian-laird', 'reml', 'paule-mandel'] as const;
export type RandomEffectsMethod = (typeof randomEffectsMethods)[number];
export type PoolingMethod = 'fixed-effect' | RandomEffectsMethod;

export interface MetaAnalysis<Method extends PoolingMethod = PoolingMethod> {
  readonly method: Method;
  /** number of sites, >= 1 */
  readonly k: number;
  readonly estimate: number;
  readonly se: number;
  readonly z: number;
  readonly pTwoSided: number;
  /** normal interval of the estimate at `level` */
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
  /** between-site variance, 0 for fixed effect */
  readonly tau2: number;
  /** Cochran's Q about the fixed-effect mean, with df = k - 1 and its chi-square upper tail (1 for k = 1) */
  readonly q: number;
  readonly qDf: number;
  readonly qP: number;
  /** 0..100 */
  readonly i2Percent: number;
  /** Q / df for fixed effect (can be < 1), tau2 / s2 + 1 for random effects; 1 for k = 1 */
  readonly h2: number;
  /** sum to 100 */
  readonly weightsPercent: number[];
  /** Knapp-Hartung standard error, and the same with its factor floored at 1; k >= 2 */
  readonly seKnha: Estimate;
  readonly seAdhoc: Estimate;
}

/**
 * Fixed-effect (common-effect) pooling. yi[k] finite, vi[k] > 0 their sampling variances, k >= 1.
 * @throws RangeError if k = 0, lengths differ, yi is not finite, vi is not finite and > 0, or level is outside (0, 1).
 * Source: Higgins & Thompson, Stat Med 2002;21:1539-1558 (Q, I2, H2). Checked: golden/meta.json (metafor 3.8, FE).
 */
export function poolFixedEffect(
  yi: ArrayLike<number>,
  vi: ArrayLike<number>,
  level = 0.95,
): MetaAnalysis<'fixed-effect'> {
  const sites = centredSites(yi, vi);
  const fixed = fitAt(sites, 0);
  const df = yi.length - 1;
  return summary('fixed-effect', sites, fixed, level, {
    tau2: 0,
    q: fixed.q,
    i2Percent: fixed.q > df ? 100 * ((fixed.q - df) / fixed.q) : 0,
    h2: df === 0 ? 1 : fixed.q / df,
  });
}

const tau2Of: Readonly<Record<RandomEffectsMethod, (sites: CentredSites) => number>> = {
  'dersimonian-laird': dersimonianLairdTau2,
  reml: remlTau2,
  'paule-mandel': pauleMandelTau2,
};

/**
 * Random-effects pooling, weights 1 / (vi + tau2); input as for `poolFixedEffect`, tau2 truncated at 0.
 * I2 and H2 rest on tau2 and the typical sampling variance s2 = df / (sum w - sum w^2 / sum w).
 * @throws RangeError as `poolFixedEffect`.
 * Source: the estimators of `tau2.ts`; Higgins & Thompson 2002 eq. 9 (s2); Knapp & Hartung, Stat Med 2003;22:2693-2710
 * (se). Checked: golden/meta.json (60-digit solution; metafor 3.8 with tightened control).
 */
export function poolRandomEffects<Method extends RandomEffectsMethod>(
  method: Method,
  yi: ArrayLike<number>,
  vi: ArrayLike<number>,
  level = 0.95,
): MetaAnalysis<Method> {
  const sites = centredSites(yi, vi);
  const tau2 = tau2Of[method](sites);
  const typical = typicalVariance(sites);
  return summary(method, sites, fitAt(sites, tau2), level, {
    tau2,
    q: fitAt(sites, 0).q,
    ...heterogeneityOf(tau2, typical),
  });
}

/** `poolRandomEffects` with the tau2 of DerSimonian and Laird. */
export function poolDerSimonianLaird(
  yi: ArrayLike<number>,
  vi: ArrayLike<number>,
  level = 0.95,
): MetaAnalysis<'dersimonian-laird'> {
  return poolRandomEffects('dersimonian-laird', yi, vi, level);
}

/** `poolFixedEffect` or `poolRandomEffects`, as the method says. */
export function poolSites(
  method: PoolingMethod,
  yi: ArrayLike<number>,
  vi: ArrayLike<number>,
  level = 0.95,
): MetaAnalysis {
  return method === 'fixed-effect'
    ? poolFixedEffect(yi, vi, level)
    : poolRandomEffects(method, yi, vi, level);
}

/** s2 of Higgins & Thompson 2002 eq. 9; Infinity for one site, where no variance is between. */
export function typicalVariance(sites: CentredSites): number {
  const df = sites.spread.length - 1;
  return df === 0 ? Infinity : df / weightSpread(fitAt(sites, 0).weights);
}

/** I2 (percent) and H2 of a tau2, given the typical sampling variance. */
export function heterogeneityOf(tau2: number, typical: number): { i2Percent: number; h2: number } {
  return { i2Percent: 100 * (tau2 / (tau2 + typical)), h2: tau2 / typical + 1 };
}

type Heterogeneity = Pick<MetaAnalysis, 'tau2' | 'q' | 'i2Percent' | 'h2'>;

function summary<Method extends PoolingMethod>(
  method: Method,
  { centre }: CentredSites,
  { weights, total, mean, q }: Fit,
  level: number,
  heterogeneity: Heterogeneity,
): MetaAnalysis<Method> {
  const pooled = centre + mean;
  const se = Math.sqrt(1 / total);
  const [lower, upper] = normalInterval(pooled, se * se, level);
  const k = weights.length;
  const factor = q / (k - 1);
  const tooFewSites = k < 2 ? notEstimable('too-few-sites') : undefined;
  return {
    method,
    k,
    estimate: pooled,
    se,
    z: pooled / se,
    pTwoSided: normalTwoSided(pooled / se),
    lower,
    upper,
    level,
    ...heterogeneity,
    qDf: k - 1,
    qP: chiSquareUpperTail(heterogeneity.q, k - 1),
    weightsPercent: Array.from(weights, (weight) => 100 * (weight / total)),
    seKnha: tooFewSites ?? estimate(Math.sqrt(factor / total)),
    seAdhoc: tooFewSites ?? estimate(Math.sqrt(Math.max(factor, 1) / total)),
  };
}
