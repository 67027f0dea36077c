// Pooling what the sites report: which of them can be pooled, on which scale, and why the others cannot.
import { type Estimate, estimate, mapEstimate, notEstimable, type NotEstimableReason } from '../estimate.ts';
import { expit, logit, logitVariance } from '../interval.ts';
import {
  type MetaAnalysis,
  poolFixedEffect,
  poolRandomEffects,
  type RandomEffectsMethod,
} from './meta-analysis.ts';

/** One site's AUC or paired difference, as reported. */
export interface SiteEstimate {
  readonly value: Estimate;
  readonly variance: Estimate;
}

export interface ExcludedSite {
  /** index in the input */
  readonly site: number;
  readonly reason: NotEstimableReason;
}

export interface PooledSites {
  /** indices in the input, ascending */
  readonly included: number[];
  readonly excluded: ExcludedSite[];
  /** what was pooled, on the pooled scale: values and sampling variances of the included sites */
  readonly yi: number[];
  readonly vi: number[];
  readonly fixedEffect: Estimate<MetaAnalysis<'fixed-effect'>>;
  readonly randomEffects: Estimate<MetaAnalysis<RandomEffectsMethod>>;
}

export interface PooledValue {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

export interface PooledAuc extends PooledSites {
  readonly scale: 'plain' | 'logit';
  /** the two results as AUCs; on the logit scale transformed back, on the plain scale as they are (not clipped) */
  readonly fixedAuc: Estimate<PooledValue>;
  readonly randomAuc: Estimate<PooledValue>;
}

/**
 * Pools site AUCs, fixed effect and random effects by `method`, on the plain or logit scale (delta-method variance).
 * A site without AUC or variance is left out with its own reason, one of variance 0 with 'zero-variance' (it would have
 * infinite weight), one whose logit is infinite with 'non-finite'. No site left: 'too-few-sites'.
 * @throws RangeError if an AUC is outside [0, 1], a variance not finite and >= 0, or level outside (0, 1).
 * Source: DerSimonian & Laird 1986; logit scale after Debray et al., Stat Methods Med Res 2019;28:2768-2786.
 * Checked: golden/meta_logit_auc.json (metafor 3.8).
 */
export function poolAucs(
  sites: readonly SiteEstimate[],
  scale: 'plain' | 'logit',
  level = 0.95,
  method: RandomEffectsMethod = 'dersimonian-laird',
): PooledAuc {
  const onScale = scale === 'plain' ? checkedAuc : logitAuc;
  const pooled = pool(sites, onScale, level, method);
  const back = scale === 'plain' ? (value: number) => value : expit;
  const asAuc = (result: MetaAnalysis): PooledValue => ({
    value: back(result.estimate),
    lower: back(result.lower),
    upper: back(result.upper),
  });
  return {
    ...pooled,
    scale,
    fixedAuc: mapEstimate(pooled.fixedEffect, asAuc),
    randomAuc: mapEstimate(pooled.randomEffects, asAuc),
  };
}

/**
 * Pools paired AUC differences over sites on their own scale; exclusion and errors as `poolAucs`.
 * @throws RangeError if a difference is not finite, a variance not finite and >= 0, or level outside (0, 1).
 */
export function poolDifferences(
  sites: readonly SiteEstimate[],
  level = 0.95,
  method: RandomEffectsMethod = 'dersimonian-laird',
): PooledSites {
  return pool(sites, (value, variance) => ({ value, variance }), level, method);
}

interface Point {
  readonly value: number;
  readonly variance: number;
}

function pool(
  sites: readonly SiteEstimate[],
  onScale: (v: number, variance: number) => Point,
  level: number,
  method: RandomEffectsMethod,
): PooledSites {
  const included: number[] = [];
  const excluded: ExcludedSite[] = [];
  const points: Point[] = [];
  sites.forEach(({ value, variance }, site) => {
    const point = usable(value, variance, onScale);
    if (point.kind === 'not-estimable') excluded.push({ site, reason: point.reason });
    else {
      included.push(site);
      points.push(point.value);
    }
  });
  const yi = points.map((point) => point.value);
  const vi = points.map((point) => point.variance);
  const nothing = points.length === 0 ? notEstimable('too-few-sites') : undefined;
  return {
    included,
    excluded,
    yi,
    vi,
    fixedEffect: nothing ?? estimate(poolFixedEffect(yi, vi, level)),
    randomEffects: nothing ?? estimate(poolRandomEffects(method, yi, vi, level)),
  };
}

function usable(
  value: Estimate,
  variance: Estimate,
  onScale: (v: number, variance: number) => Point,
): Estimate<Point> {
  if (value.kind !== 'estimate') return value;
  if (variance.kind !== 'estimate') return variance;
  const point = onScale(value.value, variance.value);
  if (variance.value === 0) return notEstimable('zero-variance');
  return Number.isFinite(point.value) ? estimate(point) : notEstimable('non-finite');
}

function checkedAuc(auc: number, variance: number): Point {
  logitVariance(auc, variance);
  return { value: auc, variance };
}

function logitAuc(auc: number, variance: number): Point {
  return { value: logit(auc), variance: logitVariance(auc, variance) };
}
