// One covariance over all cells of the binary classifiers that are judged on the same rows, so that any contrast and the
// ranks of arms and classifiers can be drawn from a report.
import type { JointCovariance } from '@sidemark/core/contract';
import { aucClustered, aucDelong, disclosedCovariance } from '@sidemark/core/stats';
import type { JudgedClassifier } from './judged-classifier.ts';

/** @param judged classifiers of one group; undefined when none is binary. O(cells^2 x images) */
export function jointCovariance(judged: readonly JudgedClassifier[]): JointCovariance | undefined {
  const [first] = judged;
  if (!first) return undefined;
  const { set } = first.group;
  const { classifiers } = first.protocol;
  const place = new Map(judged.map(({ index }) => [classifiers[index]!.id, index]));
  const curves = first.cells.curves.filter(
    ({ kind, classifier }) => kind === 'binary' && place.has(classifier),
  );
  if (curves.length === 0) return undefined;
  const scores = curves.map(({ values }) => values);
  const { covariance } = set.clusters
    ? aucClustered(scores, set.labels, set.clusters)
    : aucDelong(scores, set.labels);
  const stays = curves.map((curve) => first.withheld.auc(curve));
  return {
    cells: curves.map(({ classifier, arm }) => ({ classifier: place.get(classifier)!, arm })),
    covariance: disclosedCovariance(covariance).map((line, a) =>
      line
        .slice(0, a + 1)
        .map((one, b) => (stays[a] || stays[b] || one.kind !== 'estimate' ? null : one.value)),
    ),
  };
}
