// How much the sites may differ: the confidence interval of tau2.
import { chiSquareQuantile } from '../chi-square.ts';
import { type Estimate, estimate, notEstimable } from '../estimate.ts';
import type { Interval } from '../interval.ts';
import { heterogeneityOf, typicalVariance } from './meta-analysis.ts';
import { generalisedQRoot } from './tau2.ts';
import { centredSites } from './weighted-fit.ts';

export interface Tau2Interval {
  readonly tau2: Interval;
  /** 0..100, by the typical sampling variance; the same transform of the tau2 limits */
  readonly i2Percent: Interval;
  /** >= 1 */
  readonly h2: Interval;
}

/**
 * Q-profile interval of tau2, the same for every estimator: the tau2 at which the generalised Q equals the chi-square
 * quantiles of k - 1 df. [0, 0] where even Q(0) is below the lower one: sites agree better than tau2 = 0 explains.
 * Not estimable ('too-few-sites') for one site.
 * @throws RangeError as `poolFixedEffect`.
 * Source: Viechtbauer, Stat Med 2007;26:37-52, section 2.5. Checked: golden/meta.json (metafor 3.8 confint).
 */
export function tau2Interval(
  yi: ArrayLike<number>,
  vi: ArrayLike<number>,
  level = 0.95,
): Estimate<Tau2Interval> {
  const sites = centredSites(yi, vi);
  if (!(level > 0 && level < 1)) throw new RangeError(`level must lie between 0 and 1: ${level}`);
  const df = yi.length - 1;
  if (df === 0) return notEstimable('too-few-sites');
  const tail = (1 - level) / 2;
  const limits = [1 - tail, tail].map((p) => generalisedQRoot(sites, chiSquareQuantile(p, df)));
  const typical = typicalVariance(sites);
  const [low, high] = [limits[0]!, limits[1]!].map((tau2) => ({ tau2, ...heterogeneityOf(tau2, typical) }));
  return estimate({
    tau2: [low!.tau2, high!.tau2],
    i2Percent: [low!.i2Percent, high!.i2Percent],
    h2: [low!.h2, high!.h2],
  });
}
