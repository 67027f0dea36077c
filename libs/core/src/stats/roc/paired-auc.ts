// Comparing two curves over the same rows.
import { aucOf } from './auc.ts';
import { clusteredCovariance, groupClusters } from './clustered-auc.ts';
import { delongCovariance } from './delong.ts';
import type { Estimate } from '../estimate.ts';
import { normalInterval } from '../interval.ts';
import { normalTwoSided, normalUpperTail } from '../normal.ts';
import { countClasses, placementDifference, placements } from './placements.ts';

export interface PairedDifference {
  /** AUC(a) - AUC(b), in [-1, 1] */
  readonly difference: Estimate;
  readonly variance: Estimate;
}

export interface ZTest {
  readonly z: number;
  readonly pTwoSided: number;
  /** against the alternative difference > 0 */
  readonly pGreater: number;
  /** against the alternative difference < 0 */
  readonly pLess: number;
  readonly lower95: number;
  readonly upper95: number;
}

/**
 * AUC(a) - AUC(b) and its variance from the placement differences row by row, so that nearly equal curves keep all
 * digits. Scores, labels and clusters as for `aucDelong` and `aucClustered`; with clusters the variance is Obuchowski's.
 * @throws RangeError on NaN, other labels, non-integer clusters or unequal lengths.
 * Source: DeLong et al., Biometrics 1988;44:837-845, contrast (1, -1); Obuchowski, Biometrics 1997;53:567-578.
 * Checked: golden/roc_paired.json (pROC 1.18).
 */
export function pairedDifference(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  labels: ArrayLike<number>,
  clusters?: ArrayLike<number>,
): PairedDifference {
  const classes = countClasses(labels);
  const curve = placementDifference(placements(a, classes), placements(b, classes));
  const covariance = clusters
    ? clusteredCovariance([curve], classes, groupClusters(clusters, classes))
    : delongCovariance([curve], classes);
  return { difference: aucOf(curve, classes), variance: covariance[0]![0]! };
}

/**
 * Normal test of a difference against 0, with its 95% interval (unclipped). variance >= 0.
 * Variance 0 follows pROC: difference 0 gives z 0 and p 1, any other z = +-Infinity and p 0.
 * @throws RangeError if the difference is not finite or the variance not finite and >= 0.
 * Checked: golden/roc_paired.json (p to 1e-178).
 */
export function zTest(difference: number, variance: number): ZTest {
  const [lower95, upper95] = normalInterval(difference, variance);
  const z = difference === 0 ? 0 : difference / Math.sqrt(variance);
  return {
    z,
    pTwoSided: normalTwoSided(z),
    pGreater: normalUpperTail(z),
    pLess: normalUpperTail(-z),
    lower95,
    upper95,
  };
}
