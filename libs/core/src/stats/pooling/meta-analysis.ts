// Inverse-variance pooling of site estimates, in metafor's conventions.
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { chiSquareUpperTail } from '../chi-square.ts';
import { type Estimate, estimate, notEstimable } from '../estimate.ts';
import { type Interval, normalInterval, requireVariance } from '../interval.ts';
import { criticalZ, normalTwoSided } from '../normal.ts';

export interface MetaAnalysis {
  readonly method: 'fixed-effect' | 'dersimonian-laird';
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
export function poolFixedEffect(yi: ArrayLike<number>, vi: ArrayLike<number>, level = 0.95): MetaAnalysis {
  const { centre, spread } = sites(yi, vi);
  const fixed = fit(spread, vi, 0);
  const df = yi.length - 1;
  return summary('fixed-effect', centre, fixed, level, {
    tau2: 0,
    q: fixed.q,
    i2Percent: fixed.q > df ? 100 * ((fixed.q - df) / fixed.q) : 0,
    h2: df === 0 ? 1 : fixed.q / df,
  });
}

/**
 * Random-effects pooling with the DerSimonian-Laird tau2 (truncated at 0); input as for `poolFixedEffect`.
 * I2 and H2 rest on tau2 and the typical sampling variance s2.
 * @throws RangeError as `poolFixedEffect`.
 * Source: DerSimonian & Laird, Control Clin Trials 1986;7:177-188, eq. for tau2; Higgins & Thompson 2002 eq. 9 (s2);
 * Knapp & Hartung, Stat Med 2003;22:2693-2710 (se). Checked: golden/meta.json (metafor 3.8, DL).
 */
export function poolDerSimonianLaird(
  yi: ArrayLike<number>,
  vi: ArrayLike<number>,
  level = 0.95,
): MetaAnalysis {
  const { centre, spread } = sites(yi, vi);
  const fixed = fit(spread, vi, 0);
  const df = yi.length - 1;
  const typical = df === 0 ? Infinity : df / weightSpread(fixed.weights);
  const tau2 = fixed.q > df ? ((fixed.q - df) / df) * typical : 0;
  return summary('dersimonian-laird', centre, fit(spread, vi, tau2), level, {
    tau2,
    q: fixed.q,
    i2Percent: 100 * (tau2 / (tau2 + typical)),
    h2: tau2 / typical + 1,
  });
}

/**
 * Knapp-Hartung interval, t with k - 1 degrees of freedom, its factor floored at 1 (never narrower than `seAdhoc` says).
 * Not estimable ('too-few-sites') for k = 1.
 * @throws RangeError if level is outside (0, 1).
 * Checked: golden/meta.json (metafor 3.8, test = "adhoc").
 */
export function knappHartungInterval(pooled: MetaAnalysis, level = pooled.level): Estimate<Interval> {
  criticalZ(level);
  if (pooled.seAdhoc.kind !== 'estimate') return pooled.seAdhoc;
  const halfWidth = tQuantile((1 + level) / 2, pooled.qDf) * pooled.seAdhoc.value;
  return estimate([pooled.estimate - halfWidth, pooled.estimate + halfWidth]);
}

/** yi as distances from the heaviest site: identical sites then have Q exactly 0. */
function sites(yi: ArrayLike<number>, vi: ArrayLike<number>): { centre: number; spread: Float64Array } {
  if (yi.length === 0) throw new RangeError('pooling needs at least one site: 0');
  if (vi.length !== yi.length)
    throw new RangeError(`vi must be as many as yi: ${vi.length}, not ${yi.length}`);
  let heaviest = 0;
  for (let site = 0; site < yi.length; site++) {
    if (!Number.isFinite(yi[site])) throw new RangeError(`yi must be finite: ${yi[site]} at ${site}`);
    requireVariance(vi[site]!);
    if (1 / vi[site]! === Infinity)
      throw new RangeError(`vi must be > 0, with a finite weight: ${vi[site]} at ${site}`);
    if (vi[site]! < vi[heaviest]!) heaviest = site;
  }
  const centre = yi[heaviest]!;
  return { centre, spread: Float64Array.from(yi, (value) => value - centre) };
}

interface Fit {
  readonly weights: Float64Array;
  readonly total: number;
  readonly mean: number;
  readonly q: number;
}

function fit(spread: Float64Array, vi: ArrayLike<number>, tau2: number): Fit {
  const weights = Float64Array.from(vi, (variance) => 1 / (variance + tau2));
  let [total, weighted, q] = [0, 0, 0];
  for (let site = 0; site < spread.length; site++) {
    total += weights[site]!;
    weighted += weights[site]! * spread[site]!;
  }
  const mean = weighted / total;
  for (let site = 0; site < spread.length; site++) q += weights[site]! * (spread[site]! - mean) ** 2;
  return { weights, total, mean, q };
}

/** sum(w) - sum(w^2) / sum(w), as 2 sum over pairs of w_i w_j / sum(w): no cancellation under one dominant site. */
function weightSpread(weights: Float64Array): number {
  let [before, pairs] = [0, 0];
  for (const weight of weights) {
    pairs += weight * before;
    before += weight;
  }
  return (2 * pairs) / before;
}

type Heterogeneity = Pick<MetaAnalysis, 'tau2' | 'q' | 'i2Percent' | 'h2'>;

function summary(
  method: MetaAnalysis['method'],
  centre: number,
  { weights, total, mean, q }: Fit,
  level: number,
  heterogeneity: Heterogeneity,
): MetaAnalysis {
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
