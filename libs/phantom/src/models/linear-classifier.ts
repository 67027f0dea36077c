// A classifier whose every weight is known: 8 x 8 mean brightness, then one linear layer.
import { OnnxGraph } from './onnx-graph.ts';

// bound once: inside jest each use of a global is a slow lookup, and these run per pixel
const { floor } = Math;

export const CLASSIFIER_SIDE = 256;
/** Cells along each side after pooling; a weight plane has GRID * GRID numbers, row-major. */
export const GRID = 32;
const CELL = CLASSIFIER_SIDE / GRID;

export interface LinearHead {
  /** one plane of GRID * GRID weights per logit */
  weights: readonly Float32Array[];
  /** one per logit */
  bias: readonly number[];
}

/**
 * Graph: `image` [1,1,256,256] -> `logits` [1,k]; logit c = bias c + sum of weight c times cell mean.
 * @throws RangeError when a plane or the bias has the wrong length
 */
export function linearClassifierBytes(head: LinearHead): Uint8Array {
  const k = head.weights.length;
  if (k === 0 || head.bias.length !== k || head.weights.some((plane) => plane.length !== GRID * GRID)) {
    throw new RangeError(`invalid head; each of ${k} logits needs ${GRID * GRID} weights and a bias`);
  }
  const graph = new OnnxGraph('linear-classifier');
  const image = graph.input('image', [1, 1, CLASSIFIER_SIDE, CLASSIFIER_SIDE]);
  const pooled = graph.node('AveragePool', [image], { kernel_shape: [CELL, CELL], strides: [CELL, CELL] });
  const flat = graph.node('Flatten', [pooled], { axis: 1 });
  const planes = Float32Array.from({ length: k * GRID * GRID }, (_, i) => {
    return head.weights[floor(i / (GRID * GRID))]![i % (GRID * GRID)]!;
  });
  const weights = graph.floats(planes, [k, GRID * GRID]);
  const logits = graph.node('Gemm', [flat, weights, graph.floats(head.bias, [k])], { transB: 1 });
  graph.output(logits, 'logits', 'float32', [1, k]);
  return graph.encode();
}

/** Cell means of a 256 x 256 plane, as the graph computes them. */
export function cellMeans(plane: Float32Array): Float32Array {
  const means = new Float32Array(GRID * GRID);
  plane.forEach((value, i) => {
    const cell = floor(i / CLASSIFIER_SIDE / CELL) * GRID + floor((i % CLASSIFIER_SIDE) / CELL);
    means[cell]! += value / (CELL * CELL);
  });
  return means;
}

/** Logits of the head on a 256 x 256 plane in double precision: the reference for the canary and the tests. */
export function linearLogits(head: LinearHead, plane: Float32Array): number[] {
  const means = cellMeans(plane);
  return head.weights.map((weights, c) =>
    weights.reduce((sum, weight, i) => sum + weight * means[i]!, head.bias[c]!),
  );
}
