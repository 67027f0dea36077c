// clustered_auc.json: Obuchowski's AUC, its parts and variance, and the infinitesimal jackknife they imply.
import {
  aucClustered,
  clusteredParts,
  countClasses,
  groupClusters,
  placements,
} from '../../libs/core/src/stats/index.ts';
import { type Fields, fields, numbers } from './reading.ts';
import { exactly, relative, type Tally, valueOf } from './tally.ts';

export function checkClusteredAuc(test: Fields, tally: Tally): void {
  const exact = fields(fields(test.expected, 'expected').obuchowski_exact, 'obuchowski_exact');
  const [cluster, y, score] = [
    numbers(test.cluster, 'cluster'),
    numbers(test.y, 'y'),
    numbers(test.score, 'score'),
  ];
  const tolerance = relative(1e-9);

  const found = aucClustered([score], y, cluster);
  const { positives: m, negatives: n, clusters, positiveClusters, negativeClusters, auc, covariance } = found;
  tally.compare('n_cases', m, exact.n_cases, exactly);
  tally.compare('n_controls', n, exact.n_controls, exactly);
  tally.compare('I', clusters, exact.I, exactly);
  tally.compare('I10', positiveClusters, exact.I10, exactly);
  tally.compare('I01', negativeClusters, exact.I01, exactly);
  for (const area of auc) tally.compare('auc', valueOf(area), exact.auc, tolerance);
  for (const variance of covariance.flat()) tally.compare('var', valueOf(variance), exact.var, tolerance);

  const classes = countClasses(y);
  const parts = clusteredParts(placements(score, classes), classes, groupClusters(cluster, classes));
  const { s10, s01, s11 } = parts.kind === 'estimate' ? parts.value : { s10: NaN, s01: NaN, s11: NaN };
  const jackknife =
    (s10 * (1 - 1 / positiveClusters)) / m +
    (s01 * (1 - 1 / negativeClusters)) / n +
    (2 * s11 * (1 - 1 / clusters)) / (m * n);
  tally.compare('S10', s10, exact.S10, tolerance);
  tally.compare('S01', s01, exact.S01, tolerance);
  tally.compare('S11', s11, exact.S11, tolerance);
  tally.compare('var_ij', jackknife, exact.var_ij, tolerance);
}
