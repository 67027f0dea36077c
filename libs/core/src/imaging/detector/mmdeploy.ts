// `mmdeploy` (OpenMMLab): dets [1, M, 5] x1 y1 x2 y2 score in px, labels [1, M] from 0, -1 for padding.
import type { Candidate, DecodeContext } from './candidate.ts';
import { finishedBoxes } from './finished-boxes.ts';
import { type DetectorOutputs, outputOf, requireLength, rowCount } from './output-tensors.ts';

/** @throws RangeError on other shapes, NonFiniteError */
export function decodeMmdeploy(
  outputs: DetectorOutputs,
  { labelOffset }: { labelOffset: number },
  { threshold }: DecodeContext,
): Candidate[] {
  const [dets, labels] = [outputOf(outputs, 'boxes'), outputOf(outputs, 'labels')];
  const rows = rowCount(dets, 5);
  requireLength(labels, rows);
  const at = (i: number, k: number): number => dets.data[5 * i + k]!;
  return finishedBoxes(
    {
      rows,
      corners: (i) => [at(i, 0), at(i, 1), at(i, 2), at(i, 3)],
      score: (i) => at(i, 4),
      label: (i) => labels.data[i]! - labelOffset,
    },
    threshold,
  );
}
