// `yolo-obj` (YOLOv5, YOLOX): [1, A, 5 + k], cx cy w h, objectness, k classes; score = objectness x class.
import type { Box } from '../box.ts';
import { requireFinite } from '../non-finite.ts';
import { boxAround, type Candidate, classesAbove, type DecodeContext, sigmoid } from './candidate.ts';
import type { SpecOf } from './decode-spec.ts';
import { candidateFloor, suppress } from './non-max-suppression.ts';
import { type DetectorOutputs, outputOf, requireClasses, rowCount } from './output-tensors.ts';

interface GridCell {
  x: number;
  y: number;
  stride: number;
}

/** @throws RangeError on another shape, number of classes or of grid places, NonFiniteError */
export function decodeYoloObj(
  outputs: DetectorOutputs,
  { decoded, strides, activation, classes: rule, nms }: SpecOf<'yolo-obj'>,
  { frame, threshold, classes }: DecodeContext,
): Candidate[] {
  const output = outputOf(outputs, 'raw');
  const { data, dims } = output;
  const columns = 5 + classes;
  requireClasses((dims.at(-1) ?? 0) - 5, classes);
  const places = rowCount(output, columns);
  requireFinite(data, 'detector output');
  const cells = decoded ? undefined : gridCells(frame, strides);
  if (cells && cells.length !== places)
    throw new RangeError(`invalid raw; the grids have ${cells.length} places: ${places}`);
  const probability = activation === 'sigmoid' ? sigmoid : (value: number): number => value;
  const least = candidateFloor(nms, threshold);
  const found: Candidate[] = [];
  for (let i = 0; i < places; i++) {
    const row = data.subarray(i * columns, (i + 1) * columns);
    const object = probability(row[4]!);
    if (object < least) continue;
    for (const one of classesAbove((c) => object * probability(row[5 + c]!), { classes, rule, least }))
      found.push({ box: boxOf(row, cells?.[i]), ...one });
  }
  return suppress(found, nms, threshold);
}

/** YOLOX (Ge et al. 2021): centre = (offset + cell) x stride, side = exp(offset) x stride. */
function boxOf(row: Float32Array, cell: GridCell | undefined): Box {
  const [cx, cy, w, h] = [row[0]!, row[1]!, row[2]!, row[3]!];
  if (!cell) return boxAround(cx, cy, w, h);
  const { x, y, stride } = cell;
  return boxAround((cx + x) * stride, (cy + y) * stride, Math.exp(w) * stride, Math.exp(h) * stride);
}

/** Row by row, one stride after the other. */
function gridCells({ width, height }: DecodeContext['frame'], strides: readonly number[]): GridCell[] {
  return strides.flatMap((stride) => {
    const across = Math.floor(width / stride);
    const down = Math.floor(height / stride);
    return Array.from({ length: across * down }, (_, i) => ({
      x: i % across,
      y: Math.floor(i / across),
      stride,
    }));
  });
}
