// The stratified value: pairs of patients within sites only, every site by its number of pairs. An inert site (difference
// 0, variance 0) counts here as what it is, where an inverse-variance mean has to leave it out.
import { type Estimate, estimate, notEstimable } from '../estimate.ts';
import { type Interval, normalInterval, requireVariance } from '../interval.ts';
import type { ExcludedSite, SiteEstimate } from './pooled-auc.ts';

/** A site's AUC or paired difference with the rows it rests on. */
export interface StratifiedSite extends SiteEstimate {
  readonly positives: number;
  readonly negatives: number;
}

export interface PairWeightedMean {
  /** indices in the input, ascending */
  readonly included: number[];
  readonly excluded: ExcludedSite[];
  readonly mean: Estimate<{
    readonly value: number;
    /** >= 0 */
    readonly variance: number;
    /** normal, not clipped */
    readonly interval: Interval;
  }>;
}

/**
 * sum(m n A) / sum(m n) with variance sum((m n)^2 var) / sum(m n)^2. Variance 0 is a value; a site without value or
 * variance is left out with its reason. No site left: 'too-few-sites'.
 * @throws RangeError if a used variance is not finite and >= 0, or level is outside (0, 1).
 * Source: the pair-weighted (van Elteren type) stratified AUC; Fleiss, Statistical Methods for Rates and Proportions (1981),
 * chapter 10 (fixed weights). Checked: golden/federated.json (stratified_pair_weighted).
 */
export function pairWeightedMean(sites: readonly StratifiedSite[], level = 0.95): PairWeightedMean {
  const included: number[] = [];
  const excluded: ExcludedSite[] = [];
  let [pairs, weighted, spread] = [0, 0, 0];
  sites.forEach(({ value, variance, positives, negatives }, site) => {
    if (value.kind !== 'estimate') excluded.push({ site, reason: value.reason });
    else if (variance.kind !== 'estimate') excluded.push({ site, reason: variance.reason });
    else {
      requireVariance(variance.value);
      const weight = positives * negatives;
      included.push(site);
      pairs += weight;
      weighted += weight * value.value;
      spread += weight * weight * variance.value;
    }
  });
  if (pairs === 0) return { included, excluded, mean: notEstimable('too-few-sites') };
  const [value, variance] = [weighted / pairs, spread / pairs / pairs];
  return {
    included,
    excluded,
    mean: estimate({ value, variance, interval: normalInterval(value, variance, level) }),
  };
}
