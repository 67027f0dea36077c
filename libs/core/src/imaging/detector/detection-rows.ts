// The variants that give one row a box, everything in it: which column means what is all that differs.
import type { Candidate, DecodeContext } from './candidate.ts';
import { finishedBoxes } from './finished-boxes.ts';
import { type DetectorOutputs, outputOf, rowCount } from './output-tensors.ts';

const corners = ['xmin', 'ymin', 'xmax', 'ymax', 'score', 'class'] as const;

/** `automl-rows7` (google/automl): [1, M, 7], px, class from 1; its exporters differ in the order of the columns. */
export function decodeAutomlRows(
  outputs: DetectorOutputs,
  { columns, labelOffset }: { columns: readonly string[]; labelOffset: number },
  context: DecodeContext,
): Candidate[] {
  return decodeRows(outputs, columns, labelOffset, context);
}

/** `effdet-rows6` (rwightman's DetBenchPredict; class from 1, padded with zeros) and `yolo-e2e` (YOLOv10, YOLO26): [1, M, 6]. */
export function decodeRows6(
  outputs: DetectorOutputs,
  { labelOffset }: { labelOffset: number },
  context: DecodeContext,
): Candidate[] {
  return decodeRows(outputs, corners, labelOffset, context);
}

/** @throws RangeError on another shape or a missing column, NonFiniteError */
function decodeRows(
  outputs: DetectorOutputs,
  columns: readonly string[],
  labelOffset: number,
  { threshold }: DecodeContext,
): Candidate[] {
  const output = outputOf(outputs, 'raw');
  const rows = rowCount(output, columns.length);
  const [x1, y1, x2, y2, score, label] = corners.map((name) => {
    const column = columns.indexOf(name);
    if (column < 0) throw new RangeError(`invalid columns; one must be ${name}: ${columns.join(', ')}`);
    return (i: number) => output.data[i * columns.length + column]!;
  }) as [Read, Read, Read, Read, Read, Read];
  return finishedBoxes(
    {
      rows,
      corners: (i) => [x1(i), y1(i), x2(i), y2(i)],
      score,
      label: (i) => label(i) - labelOffset,
    },
    threshold,
  );
}

type Read = (i: number) => number;
