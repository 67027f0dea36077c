// `nms-xyxy-padded` (keras EfficientDet and its kind): boxes [1, N, 4] x1 y1 x2 y2 in px of the model's frame, scores and
// labels [1, N], unused rows marked by a score or label that is not positive.
import type { Candidate, DecodeContext } from './candidate.ts';
import { finishedBoxes } from './finished-boxes.ts';
import { type DetectorOutputs, outputOf, requireLength, rowCount } from './output-tensors.ts';

/** @throws RangeError on other shapes, NonFiniteError */
export function decodeNmsPadded(
  outputs: DetectorOutputs,
  _spec: object,
  context: DecodeContext,
): Candidate[] {
  return decodeRows(outputs, 0, context);
}

/**
 * `nms-variable` (torchvision): the same without a batch axis, as many rows as there are boxes, none perhaps; labels
 * from 1, 0 being the background.
 */
export function decodeNmsVariable(
  outputs: DetectorOutputs,
  { labelOffset }: { labelOffset: number },
  context: DecodeContext,
): Candidate[] {
  return decodeRows(outputs, labelOffset, context);
}

function decodeRows(
  outputs: DetectorOutputs,
  labelOffset: number,
  { threshold }: DecodeContext,
): Candidate[] {
  const [boxes, scores, labels] = [
    outputOf(outputs, 'boxes'),
    outputOf(outputs, 'scores'),
    outputOf(outputs, 'labels'),
  ];
  const rows = rowCount(boxes, 4);
  requireLength(scores, rows);
  requireLength(labels, rows);
  const at = (i: number, k: number): number => boxes.data[4 * i + k]!;
  return finishedBoxes(
    {
      rows,
      corners: (i) => [at(i, 0), at(i, 1), at(i, 2), at(i, 3)],
      score: (i) => scores.data[i]!,
      label: (i) => labels.data[i]! - labelOffset,
    },
    threshold,
  );
}
