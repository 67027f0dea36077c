// The weighted mean over sites at a given between-site variance: the arithmetic that all pooling methods share.
import { requireVariance } from '../interval.ts';

/** Sites as distances from the heaviest one: identical sites then have Q exactly 0. */
export interface CentredSites {
  readonly centre: number;
  /** yi - centre */
  readonly spread: Float64Array;
  readonly vi: Float64Array;
}

export interface Fit {
  /** 1 / (vi + tau2) */
  readonly weights: Float64Array;
  readonly total: number;
  /** weighted mean of the spread */
  readonly mean: number;
  /** sum of w (y - mean)^2 */
  readonly q: number;
}

/** @throws RangeError if there is no site, lengths differ, a yi is not finite or a vi has no finite weight > 0. */
export function centredSites(yi: ArrayLike<number>, vi: ArrayLike<number>): CentredSites {
  if (yi.length === 0) throw new RangeError('pooling needs at least one site: 0');
  if (vi.length !== yi.length)
    throw new RangeError(`vi must be as many as yi: ${vi.length}, not ${yi.length}`);
  const variances = new Float64Array(yi.length);
  let heaviest = 0;
  for (let site = 0; site < yi.length; site++) {
    if (!Number.isFinite(yi[site])) throw new RangeError(`yi must be finite: ${yi[site]} at ${site}`);
    requireVariance(vi[site]!);
    if (1 / vi[site]! === Infinity)
      throw new RangeError(`vi must be > 0, with a finite weight: ${vi[site]} at ${site}`);
    variances[site] = vi[site]!;
    if (vi[site]! < vi[heaviest]!) heaviest = site;
  }
  const centre = yi[heaviest]!;
  const spread = new Float64Array(yi.length);
  for (let site = 0; site < yi.length; site++) spread[site] = yi[site]! - centre;
  return { centre, spread, vi: variances };
}

/** @param tau2 between-site variance, >= 0 */
export function fitAt({ spread, vi }: CentredSites, tau2: number): Fit {
  const weights = new Float64Array(spread.length);
  let [total, weighted, q] = [0, 0, 0];
  for (let site = 0; site < spread.length; site++) {
    const weight = 1 / (vi[site]! + tau2);
    weights[site] = weight;
    total += weight;
    weighted += weight * spread[site]!;
  }
  const mean = weighted / total;
  for (let site = 0; site < spread.length; site++) q += weights[site]! * (spread[site]! - mean) ** 2;
  return { weights, total, mean, q };
}

/** sum(w) - sum(w^2) / sum(w), as 2 sum over pairs of w_i w_j / sum(w): no cancellation under one dominant site. */
export function weightSpread(weights: Float64Array): number {
  let [before, pairs] = [0, 0];
  for (const weight of weights) {
    pairs += weight * before;
    before += weight;
  }
  return (2 * pairs) / before;
}
