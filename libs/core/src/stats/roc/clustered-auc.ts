// AUC when a patient has several images: Obuchowski's variance sums the placements inside each patient first.
import { aucOf, tooFew } from './auc.ts';
import type { AucResult } from './delong.ts';
import { type Estimate, estimate, type NotEstimable, notEstimable } from '../estimate.ts';
import {
  centred,
  type Classes,
  countClasses,
  type Placements,
  placements,
  requireLength,
} from './placements.ts';

export interface ClusteredAucResult extends AucResult {
  readonly clusters: number;
  /** clusters with at least one positive row */
  readonly positiveClusters: number;
  /** clusters with at least one negative row */
  readonly negativeClusters: number;
}

/** Rows grouped by patient: of[row] numbers the clusters 0.. in order of first appearance. */
export interface Clusters {
  readonly of: Uint32Array;
  readonly count: number;
  readonly withPositives: number;
  readonly withNegatives: number;
}

/** Obuchowski's three sums with their small-sample factors. */
export interface ClusteredParts {
  readonly s10: number;
  readonly s01: number;
  readonly s11: number;
}

/**
 * AUCs and their covariance over clustered rows; clusters[i] = integer patient index of row i, curves and labels as
 * for `aucDelong`, which it equals when every cluster has one row. Needs two clusters with positives, two with negatives.
 * @throws RangeError on NaN, other labels, non-integer clusters or unequal lengths.
 * Source: Obuchowski, Biometrics 1997;53:567-578, eq. for var(theta) with I10/(I10-1), I01/(I01-1), I/(I-1).
 * Checked: golden/clustered_auc.json (own rational arithmetic; survival 3.5 for the sums without factors).
 */
export function aucClustered(
  curves: readonly ArrayLike<number>[],
  labels: ArrayLike<number>,
  clusters: ArrayLike<number>,
): ClusteredAucResult {
  const classes = countClasses(labels);
  const grouped = groupClusters(clusters, classes);
  const placed = curves.map((scores) => placements(scores, classes));
  return {
    positives: classes.positives,
    negatives: classes.negatives,
    clusters: grouped.count,
    positiveClusters: grouped.withPositives,
    negativeClusters: grouped.withNegatives,
    auc: placed.map((curve) => aucOf(curve, classes)),
    covariance: clusteredCovariance(placed, classes, grouped),
  };
}

/** @throws RangeError if a cluster is not an integer or there are not as many as labels. */
export function groupClusters(clusters: ArrayLike<number>, { labels }: Classes): Clusters {
  requireLength('clusters', clusters.length, labels.length);
  const of = new Uint32Array(labels.length);
  const numbers = new Map<number, number>();
  const present = [new Set<number>(), new Set<number>()] as const;
  for (let row = 0; row < labels.length; row++) {
    const cluster = clusters[row]!;
    if (!Number.isSafeInteger(cluster))
      throw new RangeError(`clusters must be integers: ${cluster} in row ${row}`);
    const known = numbers.get(cluster);
    const number = known ?? numbers.size;
    if (known === undefined) numbers.set(cluster, number);
    of[row] = number;
    present[labels[row] === 1 ? 1 : 0].add(number);
  }
  return { of, count: numbers.size, withPositives: present[1].size, withNegatives: present[0].size };
}

/** Obuchowski covariance of ready placements, [curve][curve]. */
export function clusteredCovariance(
  curves: readonly Placements[],
  classes: Classes,
  clusters: Clusters,
): Estimate[][] {
  const refusal = tooFew(classes) ?? tooFewClusters(clusters);
  if (refusal) return curves.map(() => curves.map(() => refusal));
  const sums = curves.map((curve) => clusterSums(curve, classes, clusters));
  return sums.map((a) => sums.map((b) => estimate(covarianceOf(a, b, clusters))));
}

/** S10, S01 and S11 of one curve, as printed in the golden file. */
export function clusteredParts(
  curve: Placements,
  classes: Classes,
  clusters: Clusters,
): Estimate<ClusteredParts> {
  const refusal = tooFew(classes) ?? tooFewClusters(clusters);
  if (refusal) return refusal;
  const { ofPositives: x, ofNegatives: y } = clusterSums(curve, classes, clusters);
  const { positives: m, negatives: n } = classes;
  return estimate({
    s10: smallSample(clusters.withPositives) * dot(x, x) * m,
    s01: smallSample(clusters.withNegatives) * dot(y, y) * n,
    s11: smallSample(clusters.count) * dot(x, y) * m * n,
  });
}

interface ClusterSums {
  /** per cluster: the sum of (V10 - AUC) / m over its positives */
  readonly ofPositives: Float64Array;
  /** per cluster: the sum of (V01 - AUC) / n over its negatives */
  readonly ofNegatives: Float64Array;
}

function clusterSums(curve: Placements, classes: Classes, clusters: Clusters): ClusterSums {
  const { labels, positives, negatives } = classes;
  const unit = 2 * positives * negatives;
  const ofPositives = new Float64Array(clusters.count);
  const ofNegatives = new Float64Array(clusters.count);
  const deviations = centred(curve, classes);
  for (let row = 0; row < deviations.length; row++)
    (labels[row] === 1 ? ofPositives : ofNegatives)[clusters.of[row]!]! += deviations[row]!;
  return {
    ofPositives: ofPositives.map((sum) => sum / unit / positives),
    ofNegatives: ofNegatives.map((sum) => sum / unit / negatives),
  };
}

// f11 (x + y)^2 + (f10 - f11) x^2 + (f01 - f11) y^2: the same three sums, arranged so that a variance never cancels
function covarianceOf(a: ClusterSums, b: ClusterSums, clusters: Clusters): number {
  const { count, withPositives, withNegatives } = clusters;
  let joint = 0;
  for (let at = 0; at < count; at++)
    joint += (a.ofPositives[at]! + a.ofNegatives[at]!) * (b.ofPositives[at]! + b.ofNegatives[at]!);
  return (
    smallSample(count) * joint +
    excess(withPositives, count) * dot(a.ofPositives, b.ofPositives) +
    excess(withNegatives, count) * dot(a.ofNegatives, b.ofNegatives)
  );
}

const smallSample = (clusters: number): number => clusters / (clusters - 1);

/** smallSample(part) - smallSample(all) */
const excess = (part: number, all: number): number => (all - part) / ((part - 1) * (all - 1));

function tooFewClusters({ withPositives, withNegatives }: Clusters): NotEstimable | undefined {
  return withPositives < 2 || withNegatives < 2 ? notEstimable('too-few-clusters') : undefined;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}
