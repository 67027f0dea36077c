// What the conventions of detector-variants.ts are built from: the rows of the plateau detector as columns of a graph.
import type { DetectorManifest } from '@sidemark/core/contract';
import type { OnnxGraph } from './onnx-graph.ts';
import { DETECTOR_SIDE, MAX_DETECTIONS, padRows, plateauRows } from './plateau-detector.ts';

const M = MAX_DETECTIONS;

/** The detector's answer, padded: M rows, the unused ones with score 0. */
export interface Rows {
  /** four values of [1, M, 1]: x1, y1, x2, y2 in px */
  corners: [string, string, string, string];
  /** [1, M, 1], 0 for padding */
  score: string;
  /** [1, M, 1], 1 for a row, 0 for padding */
  isRow: string;
}

/** [1, 1, 512, 512] in [0, 1], whatever the input. */
export function frameOf(
  graph: OnnxGraph,
  { name, dtype, layout }: DetectorManifest['input']['image'],
): string {
  if (layout === 'NCHW') return graph.input(name, [1, 1, DETECTOR_SIDE, DETECTOR_SIDE]);
  const pixels = graph.cast(graph.input(name, [1, DETECTOR_SIDE, DETECTOR_SIDE, 3], dtype), 'float32');
  const planes = graph.node('Transpose', [pixels], { perm: [0, 3, 1, 2] });
  const grey = graph.node('ReduceMean', [planes], { axes: [1], keepdims: 1 });
  return graph.node('Div', [grey, graph.scalar(255)]);
}

export function foundRows(graph: OnnxGraph, images: string): Rows {
  const found = plateauRows(graph, images);
  const boxes = graph.node('Relu', [padRows(graph, found.boxes, [4])]);
  const scores = graph.node('Relu', [padRows(graph, found.scores, [])]);
  const score = graph.node('Reshape', [scores, graph.int64s([1, M, 1])]);
  return {
    corners: graph.nodes('Split', [boxes], { axis: 2 }, 4) as Rows['corners'],
    score,
    isRow: graph.cast(graph.node('Greater', [score, graph.scalar(0)]), 'float32'),
  };
}

/** Values of [1, M, 1] side by side. */
export function columns(graph: OnnxGraph, values: readonly string[]): string {
  return graph.node('Concat', values, { axis: 2 });
}

/** [1, M, 1] as [1, M]. */
export function flat(graph: OnnxGraph, value: string): string {
  return graph.node('Reshape', [value, graph.int64s([1, M])]);
}

/** cx, cy, w, h. */
export function centred(graph: OnnxGraph, [x1, y1, x2, y2]: Rows['corners']): Rows['corners'] {
  const middle = (a: string, b: string): string =>
    graph.node('Mul', [graph.node('Add', [a, b]), graph.scalar(0.5)]);
  return [middle(x1, x2), middle(y1, y2), graph.node('Sub', [x2, x1]), graph.node('Sub', [y2, y1])];
}

export const FINE_SIDE = DETECTOR_SIDE / 16;
const COARSE_STRIDE = 32;
export const COARSE_SIDE = DETECTOR_SIDE / COARSE_STRIDE;
export const COARSE = COARSE_SIDE * COARSE_SIDE;
/** one square anchor a place */
const ANCHOR = 4 * COARSE_STRIDE;

/** ty, tx, th, tw of row i against the i-th anchor of the coarse level: [1, M, 4]. */
export function toAnchors(graph: OnnxGraph, { corners }: Rows): string {
  const [cx, cy, w, h] = centred(graph, corners);
  const centre = (at: (i: number) => number): string =>
    graph.floats(
      Array.from({ length: M }, (_, i) => (at(i) + 0.5) * COARSE_STRIDE),
      [1, M, 1],
    );
  const offset = (value: string, anchor: string): string =>
    graph.node('Div', [graph.node('Sub', [value, anchor]), graph.scalar(ANCHOR)]);
  const growth = (side: string): string =>
    graph.node('Log', [
      graph.node('Div', [graph.node('Max', [side, graph.scalar(1)]), graph.scalar(ANCHOR)]),
    ]);
  const ty = offset(
    cy,
    centre((i) => Math.floor(i / COARSE_SIDE)),
  );
  const tx = offset(
    cx,
    centre((i) => i % COARSE_SIDE),
  );
  return columns(graph, [ty, tx, growth(h), growth(w)]);
}

/** [1, M, k] with zeros for the places beyond: [1, places, k]. */
export function overPlaces(graph: OnnxGraph, value: string, places: number): string {
  const pads = graph.int64s([0, 0, 0, 0, places - M, 0]);
  return graph.node('Pad', [value, pads, graph.scalar(0)]);
}
