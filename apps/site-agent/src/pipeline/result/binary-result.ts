// Figures of one binary classifier over the arms: AUCs and their covariance, at the precision at which they may leave,
// and decisions at the shipped threshold; less what would point at few patients.
import { type BinaryResult, decisionThreshold } from '@sidemark/core/contract';
import { aucClustered, aucDelong, disclosedCovariance, disclosedValue } from '@sidemark/core/stats';
import { classSizes, curveOf } from './common-set.ts';
import { drawnFigures, type JudgedClassifier } from './judged-classifier.ts';
import { rowsSeen } from './row-groups.ts';

const tooFew = { kind: 'not-estimable', reason: 'too-few-affected' } as const;

export function binaryResult(judged: JudgedClassifier): BinaryResult {
  const { group, index, model, withheld, fine } = judged;
  const { set, rowSet } = group;
  const { arms, classifiers } = judged.protocol;
  const curves = arms.map((_, arm) => curveOf(set, index, arm));
  const { auc, covariance, positives, negatives } = set.clusters
    ? aucClustered(curves, set.labels, set.clusters)
    : aucDelong(curves, set.labels);
  const threshold = decisionThreshold(model.manifest);
  const cells = arms.map((arm) => ({ classifier: classifiers[index]!.id, arm }));
  const stays = cells.map((cell) => withheld.auc(cell));
  return {
    kind: 'binary',
    classifier: model.sha256,
    ...classSizes(set),
    clustered: set.clusters !== undefined,
    arms: [...arms],
    auc: auc.map((one, arm) =>
      stays[arm] ? tooFew : disclosedValue(one, covariance[arm]![arm]!, { positives, negatives }),
    ),
    covariance: disclosedCovariance(covariance).map((line, a) =>
      line.map((one, b) => (stays[a] || stays[b] ? tooFew : one)),
    ),
    decisions: curves.map((logits, arm) =>
      withheld.decisions(cells[arm]!) ? tooFew : decide(logits, set.labels, threshold),
    ),
    ...fine.get(classifiers[index]!.id),
    ...drawnFigures(judged),
    rows: rowsSeen(rowSet),
  };
}

/** Positive when the logit reaches the threshold. */
function decide(
  logits: readonly number[],
  labels: readonly (0 | 1)[],
  threshold: number,
): BinaryResult['decisions'][number] {
  const counts = { kind: 'counts' as const, tp: 0, fp: 0, tn: 0, fn: 0 };
  logits.forEach((logit, i) => {
    const positive = logit >= threshold;
    if (labels[i] === 1) counts[positive ? 'tp' : 'fn']++;
    else counts[positive ? 'fp' : 'tn']++;
  });
  return counts;
}
