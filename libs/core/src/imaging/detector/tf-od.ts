// `tf-od` (TensorFlow Object Detection API, TensorFlow Hub through tf2onnx): boxes [1, M, 4] y1 x1 y2 x2 as fractions of
// the frame, scores and float classes [1, M] from 1, and how many of the rows count.
import type { Candidate, DecodeContext } from './candidate.ts';
import { finishedBoxes } from './finished-boxes.ts';
import { type DetectorOutputs, outputOf, requireLength, rowCount } from './output-tensors.ts';

/** @throws RangeError on other shapes or a count that is not one of the rows, NonFiniteError */
export function decodeTfOd(
  outputs: DetectorOutputs,
  { labelOffset }: { labelOffset: number },
  { frame, threshold }: DecodeContext,
): Candidate[] {
  const [boxes, scores, labels] = [
    outputOf(outputs, 'boxes'),
    outputOf(outputs, 'scores'),
    outputOf(outputs, 'labels'),
  ];
  const most = rowCount(boxes, 4);
  requireLength(scores, most);
  requireLength(labels, most);
  const count = outputOf(outputs, 'count').data;
  const rows = count[0] ?? NaN;
  if (count.length !== 1 || !Number.isInteger(rows) || rows < 0 || rows > most)
    throw new RangeError(`invalid count; must be one whole number from 0 to ${most}: ${count.join(', ')}`);
  const across = (i: number, k: number): number => boxes.data[4 * i + k]! * frame.width;
  const down = (i: number, k: number): number => boxes.data[4 * i + k]! * frame.height;
  return finishedBoxes(
    {
      rows,
      corners: (i) => [across(i, 1), down(i, 0), across(i, 3), down(i, 2)],
      score: (i) => scores.data[i]!,
      label: (i) => labels.data[i]! - labelOffset,
    },
    threshold,
  );
}
