// The cells of a report, classifier by arm, as the figures see them: one number per image and, for a binary
// classifier, one decision. The disclosure rules read them; none of it is in any message.
import { type Arm, decisionThreshold, type ProtocolDocument } from '@sidemark/core/contract';
import { midranks } from '@sidemark/core/stats';
import type { LocalModels } from '../../models/local-model.ts';
import { argmax } from '../image/scores/logits.ts';
import type { CommonSet } from './common-set.ts';
import { type Picture, picturesOf } from './pictures.ts';

export interface Curve {
  /** id in the protocol */
  readonly classifier: string;
  readonly arm: Arm;
  readonly kind: 'binary' | 'multiclass';
  /** of the ONNX bytes */
  readonly model: string;
  /** parallel to the common set: the score, or the predicted class */
  readonly values: readonly number[];
  /** none for a multi-class classifier */
  readonly order?: Order;
  /** at the shipped threshold; none for a multi-class classifier */
  readonly positive?: readonly boolean[];
  /** none for a classifier that draws nothing */
  readonly pictures?: readonly Picture[];
}

/** All that an AUC knows of the scores. */
export interface Order {
  /** midranks, parallel to the scores */
  readonly ranks: readonly number[];
  /** rows from the lowest score to the highest */
  readonly rows: readonly number[];
}

/** O(n log n). */
export function orderOf(scores: readonly number[]): Order {
  const rows = Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!);
  return { ranks: [...midranks(scores)], rows };
}

/** What a common set is to the disclosure rules. */
export interface Cells {
  /** parallel to the common set: the patient of each image, by first appearance */
  readonly patients: readonly number[];
  /** classifier by classifier, each arm by arm, in the order of the protocol */
  readonly curves: readonly Curve[];
}

/** @param classifiers indices of the protocol */
export function cellsOf(
  set: CommonSet,
  protocol: ProtocolDocument,
  models: LocalModels,
  classifiers: readonly number[],
): Cells {
  const numbers = new Map<string, number>();
  for (const { patient } of set.rows) if (!numbers.has(patient)) numbers.set(patient, numbers.size);
  return {
    patients: set.rows.map(({ patient }) => numbers.get(patient)!),
    curves: classifiers.flatMap((index) =>
      protocol.arms.map((arm, at): Curve => {
        const { sha256: model, manifest } = models.classifiers[index]!;
        const { decode } = manifest;
        const cell = { classifier: protocol.classifiers[index]!.id, arm, model };
        const pictures = picturesOf(set, index, at);
        const logits = set.images.map(({ scores }) => scores[index]![at]!);
        if (decode.variant === 'multiclass')
          return { ...cell, kind: 'multiclass', values: logits.map(argmax), pictures };
        const values = logits.map(([score]) => score!);
        const threshold = decisionThreshold(manifest);
        const positive = values.map((score) => score >= threshold);
        return { ...cell, kind: 'binary', values, order: orderOf(values), positive, pictures };
      }),
    ),
  };
}
