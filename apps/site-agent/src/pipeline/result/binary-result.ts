// Figures of one binary classifier over the arms: AUCs and their covariance, at the precision at which they may leave,
// and decisions at the shipped threshold.
import type { Arm, BinaryResult } from '@sidemark/core/contract';
import { aucClustered, aucDelong, disclosedCovariance, disclosedValue } from '@sidemark/core/stats';
import type { LocalModel } from '../../models/local-model.ts';
import type { ClassifierManifest } from '@sidemark/core/contract';
import { classSizes, type CommonSet, curveOf } from './common-set.ts';

/** @param index of the classifier in the protocol */
export function binaryResult(
  set: CommonSet,
  index: number,
  model: LocalModel<ClassifierManifest>,
  arms: readonly Arm[],
): BinaryResult {
  const curves = arms.map((_, arm) => curveOf(set, index, arm));
  const { auc, covariance, positives, negatives } = set.clusters
    ? aucClustered(curves, set.labels, set.clusters)
    : aucDelong(curves, set.labels);
  const threshold = model.manifest.thresholds.decision ?? 0;
  return {
    kind: 'binary',
    classifier: model.sha256,
    ...classSizes(set),
    clustered: set.clusters !== undefined,
    arms: [...arms],
    auc: auc.map((one, arm) => disclosedValue(one, covariance[arm]![arm]!, { positives, negatives })),
    covariance: disclosedCovariance(covariance),
    decisions: curves.map((logits) => decide(logits, set.labels, threshold)),
  };
}

/** Positive when the logit reaches the threshold. */
function decide(
  logits: readonly number[],
  labels: readonly (0 | 1)[],
  threshold: number,
): BinaryResult['decisions'][number] {
  const counts = { tp: 0, fp: 0, tn: 0, fn: 0 };
  logits.forEach((logit, i) => {
    const positive = logit >= threshold;
    if (labels[i] === 1) counts[positive ? 'tp' : 'fn']++;
    else counts[positive ? 'fp' : 'tn']++;
  });
  return counts;
}
