// Detector tensors -> markers in native pixels, in one order whatever the detector.
import { type Box, boxArea, iou, unionBox } from '../box.ts';
import { type FitTransform, toNativeBox } from '../tensor/fit.ts';
import { requireFinite } from '../non-finite.ts';

/** One marker on a film. */
export interface Detection {
  /** native px, half-open, clipped to the film */
  box: Box;
  /** in (0, 1] */
  score: number;
  /** index into the manifest's labels */
  label: number;
  /** native px: `box` joined with the boxes of other classes that it suppressed; the mask is drawn from this */
  maskBox: Box;
}

/** Decode variant `nms-xyxy-padded`; leading batch axis of 1 flattened away. */
export interface PaddedDetections {
  /** N x 4, x1 y1 x2 y2 in model px */
  boxes: Float32Array;
  /** N; <= 0 marks padding */
  scores: Float32Array;
  /** N; < 0 marks padding */
  labels: ArrayLike<number | bigint>;
}

/** Above this IoU two detections are one object. */
const SAME_OBJECT_IOU = 0.5;

/**
 * Detections with score >= threshold, best first (ties: x1, then y1, then label); one per object across classes.
 * @throws RangeError when the tensors disagree in length
 * @throws NonFiniteError when a kept row holds NaN or an infinity
 */
export function decodeNmsPadded(
  tensors: PaddedDetections,
  transform: FitTransform,
  threshold: number,
): Detection[] {
  const { boxes, scores, labels } = tensors;
  if (boxes.length !== scores.length * 4 || labels.length !== scores.length) {
    throw new RangeError(
      `invalid detections; lengths must be 4N, N, N: ${boxes.length}, ${scores.length}, ${labels.length}`,
    );
  }
  requireFinite(scores, 'detection scores');
  const found: Detection[] = [];
  scores.forEach((score, i) => {
    const label = Number(labels[i]);
    if (score <= 0 || label < 0 || score < threshold) return;
    const row = boxes.subarray(i * 4, i * 4 + 4);
    requireFinite(row, 'detection box');
    const box = toNativeBox(transform, { x1: row[0]!, y1: row[1]!, x2: row[2]!, y2: row[3]! });
    if (boxArea(box) > 0) found.push({ box, score, label, maskBox: box });
  });
  return suppressAcrossClasses(found);
}

/** Keeps the best of each group that overlaps (IoU > 0.5, any class) and lends it the area of the others. */
export function suppressAcrossClasses(detections: readonly Detection[]): Detection[] {
  const kept: Detection[] = [];
  for (const next of [...detections].sort(bestFirst)) {
    const winner = kept.find((best) => iou(best.box, next.box) > SAME_OBJECT_IOU);
    if (winner) winner.maskBox = unionBox(winner.maskBox, next.maskBox);
    else kept.push({ ...next });
  }
  return kept;
}

function bestFirst(a: Detection, b: Detection): number {
  return b.score - a.score || a.box.x1 - b.box.x1 || a.box.y1 - b.box.y1 || a.label - b.label;
}
