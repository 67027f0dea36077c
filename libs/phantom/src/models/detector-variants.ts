// The plateau detector in every convention that a manifest can declare: the same boxes, said in another way. For tests
// and for a first try of `sidemark model inspect` and `model try`; what a trial uses is the plateau detector itself.
import type { DetectorManifest } from '@sidemark/core/contract';
import { canaryTensor } from '@sidemark/core/imaging';
import { OnnxGraph, sha256Hex } from './onnx-graph.ts';
import { DETECTOR_SIDE, MAX_DETECTIONS } from './plateau-detector.ts';
import { plateauDetector } from './reference-models.ts';
import {
  centred,
  COARSE,
  COARSE_SIDE,
  columns,
  FINE_SIDE,
  flat,
  foundRows,
  frameOf,
  overPlaces,
  type Rows,
  toAnchors,
} from './variant-rows.ts';

type Output = DetectorManifest['outputs'][number];
type CanaryOutputs = DetectorManifest['canary'][number]['outputs'];

interface Variant {
  decode: DetectorManifest['decode'];
  build: (graph: OnnxGraph, rows: Rows) => Output[];
  /** what the plateau canary gives: its letter at [48, 40, 68, 68], score 1 */
  canary: CanaryOutputs;
}

export const VARIANT_NAMES = [
  'nms-variable',
  'tf-od',
  'automl-rows7',
  'effdet-rows6',
  'effdet-raw',
  'effdet-maps',
  'yolo-grid',
  'yolo-obj',
  'yolo-e2e',
  'mmdeploy',
  'detr-set',
] as const;
export type VariantName = (typeof VARIANT_NAMES)[number];

const M = MAX_DETECTIONS;
const raw = (value: string): Output => ({ name: value, semantic: 'raw' });
const nms = {
  method: 'hard',
  iou: 0.5,
  sigma: 0.5,
  floor: 0.001,
  perClass: true,
  preTopK: 5000,
  max: 300,
} as const;

const variants: Readonly<Record<VariantName, Variant>> = {
  'nms-variable': {
    decode: { variant: 'nms-variable', labelOffset: 1 },
    build: (graph, rows) => {
      // the padding is cut off again: as many rows as there are boxes
      const isRow = graph.node('Reshape', [graph.cast(rows.isRow, 'int64'), graph.int64s([M])]);
      const count = graph.node('ReduceSum', [isRow], { keepdims: 1 });
      const cut = (value: string, dims: number[]): string =>
        graph.node('Slice', [
          graph.node('Reshape', [value, graph.int64s(dims)]),
          graph.int64s([0]),
          count,
          graph.int64s([0]),
        ]);
      graph.output(cut(columns(graph, rows.corners), [M, 4]), 'boxes', 'float32', ['m', 4]);
      graph.output(cut(isRow, [M]), 'labels', 'int64', ['m']);
      graph.output(cut(rows.score, [M]), 'scores', 'float32', ['m']);
      return [
        { name: 'boxes', semantic: 'boxes' },
        { name: 'labels', semantic: 'labels' },
        { name: 'scores', semantic: 'scores' },
      ];
    },
    canary: {
      boxes: { indices: [0, 1, 2, 3], values: [48, 40, 68, 68] },
      labels: { indices: [0], values: [1] },
      scores: { indices: [0], values: [1] },
    },
  },
  'tf-od': {
    decode: { variant: 'tf-od', labelOffset: 1 },
    build: (graph, { corners: [x1, y1, x2, y2], score, isRow }) => {
      const boxes = graph.node('Div', [columns(graph, [y1, x1, y2, x2]), graph.scalar(DETECTOR_SIDE)]);
      graph.output(boxes, 'detection_boxes', 'float32', [1, M, 4]);
      graph.output(flat(graph, score), 'detection_scores', 'float32', [1, M]);
      graph.output(flat(graph, isRow), 'detection_classes', 'float32', [1, M]);
      const count = graph.node('ReduceSum', [isRow, graph.int64s([1, 2])], { keepdims: 0 });
      graph.output(count, 'num_detections', 'float32', [1]);
      return [
        { name: 'detection_boxes', semantic: 'boxes' },
        { name: 'detection_scores', semantic: 'scores' },
        { name: 'detection_classes', semantic: 'labels' },
        { name: 'num_detections', semantic: 'count' },
      ];
    },
    canary: {
      detection_boxes: { indices: [0, 1], values: [40 / DETECTOR_SIDE, 48 / DETECTOR_SIDE] },
      detection_classes: { indices: [0, 1], values: [1, 0] },
      num_detections: { indices: [0], values: [1] },
    },
  },
  'automl-rows7': {
    decode: {
      variant: 'automl-rows7',
      columns: ['image', 'ymin', 'xmin', 'ymax', 'xmax', 'score', 'class'],
      labelOffset: 1,
    },
    build: (graph, { corners: [x1, y1, x2, y2], score, isRow }) => {
      const image = graph.node('Mul', [score, graph.scalar(0)]);
      const rows = columns(graph, [image, y1, x1, y2, x2, score, isRow]);
      graph.output(rows, 'detections', 'float32', [1, M, 7]);
      return [raw('detections')];
    },
    canary: { detections: { indices: [0, 1, 2, 3, 4, 5, 6], values: [0, 40, 48, 68, 68, 1, 1] } },
  },
  'effdet-rows6': {
    decode: { variant: 'effdet-rows6', labelOffset: 1 },
    build: (graph, { corners, score, isRow }) => {
      graph.output(columns(graph, [...corners, score, isRow]), 'detections', 'float32', [1, M, 6]);
      return [raw('detections')];
    },
    canary: { detections: { indices: [0, 1, 2, 3, 4, 5], values: [48, 40, 68, 68, 1, 1] } },
  },
  'effdet-raw': {
    decode: effdet('concatenated', [5, 5]),
    build: (graph, rows) => {
      graph.output(overPlaces(graph, rows.score, COARSE), 'classes', 'float32', [1, COARSE, 1]);
      graph.output(overPlaces(graph, toAnchors(graph, rows), COARSE), 'regression', 'float32', [
        1,
        COARSE,
        4,
      ]);
      return [
        { name: 'classes', semantic: 'scores' },
        { name: 'regression', semantic: 'boxes' },
      ];
    },
    canary: { classes: { indices: [0, 1], values: [1, 0] } },
  },
  'effdet-maps': {
    decode: effdet('maps-nchw', [4, 5]),
    build: (graph, rows) => {
      // nothing on the finer level; all rows on the coarser
      const map = (value: string, channels: number, side: number): string => {
        const planes = graph.node('Transpose', [value], { perm: [0, 2, 1] });
        return graph.node('Reshape', [planes, graph.int64s([1, channels, side, side])]);
      };
      const deltas = toAnchors(graph, rows);
      const none = (value: string): string => graph.node('Mul', [value, graph.scalar(0)]);
      const scores = { fine: none(rows.score), coarse: rows.score };
      const boxes = { fine: none(deltas), coarse: deltas };
      for (const [level, side] of [
        ['fine', FINE_SIDE],
        ['coarse', COARSE_SIDE],
      ] as const) {
        const [classes, regression] = [scores[level], boxes[level]].map((value) =>
          overPlaces(graph, value, side * side),
        ) as [string, string];
        graph.output(map(classes, 1, side), `class_${level}`, 'float32', [1, 1, side, side]);
        graph.output(map(regression, 4, side), `box_${level}`, 'float32', [1, 4, side, side]);
      }
      return [
        { name: 'class_fine', semantic: 'scores' },
        { name: 'class_coarse', semantic: 'scores' },
        { name: 'box_fine', semantic: 'boxes' },
        { name: 'box_coarse', semantic: 'boxes' },
      ];
    },
    canary: {
      class_fine: { indices: [0], values: [0] },
      class_coarse: { indices: [0, 1], values: [1, 0] },
    },
  },
  'yolo-grid': {
    decode: { variant: 'yolo-grid', layout: 'channels-first', classes: 'best', nms },
    build: (graph, { corners, score }) => {
      const rows = columns(graph, [...centred(graph, corners), score]);
      graph.output(graph.node('Transpose', [rows], { perm: [0, 2, 1] }), 'output0', 'float32', [1, 5, M]);
      return [raw('output0')];
    },
    canary: { output0: { indices: [0, M, 2 * M, 3 * M, 4 * M], values: [58, 54, 20, 28, 1] } },
  },
  'yolo-obj': {
    decode: {
      variant: 'yolo-obj',
      decoded: true,
      strides: [8, 16, 32],
      activation: 'none',
      classes: 'best',
      nms,
    },
    build: (graph, { corners, score, isRow }) => {
      const rows = columns(graph, [...centred(graph, corners), score, isRow]);
      graph.output(rows, 'output', 'float32', [1, M, 6]);
      return [raw('output')];
    },
    canary: { output: { indices: [0, 1, 2, 3, 4, 5], values: [58, 54, 20, 28, 1, 1] } },
  },
  'yolo-e2e': {
    decode: { variant: 'yolo-e2e', labelOffset: 0 },
    build: (graph, { corners, score, isRow }) => {
      const label = graph.node('Mul', [isRow, graph.scalar(0)]);
      const rows = graph.cast(columns(graph, [...corners, score, label]), 'float16');
      graph.output(rows, 'output0', 'float16', [1, M, 6]);
      return [raw('output0')];
    },
    canary: { output0: { indices: [0, 1, 2, 3, 4], values: [48, 40, 68, 68, 1] } },
  },
  mmdeploy: {
    decode: { variant: 'mmdeploy', labelOffset: 0 },
    build: (graph, { corners, score, isRow }) => {
      graph.output(columns(graph, [...corners, score]), 'dets', 'float32', [1, M, 5]);
      const label = graph.node('Sub', [flat(graph, isRow), graph.scalar(1)]);
      graph.output(graph.cast(label, 'int32'), 'labels', 'int32', [1, M]);
      return [
        { name: 'dets', semantic: 'boxes' },
        { name: 'labels', semantic: 'labels' },
      ];
    },
    canary: {
      dets: { indices: [0, 1, 2, 3, 4], values: [48, 40, 68, 68, 1] },
      labels: { indices: [0, 1], values: [0, -1] },
    },
  },
  'detr-set': {
    decode: { variant: 'detr-set', activation: 'softmax', background: 'last', max: 300 },
    build: (graph, { corners, score }) => {
      const boxes = columns(graph, centred(graph, corners));
      graph.output(graph.node('Div', [boxes, graph.scalar(DETECTOR_SIDE)]), 'dets', 'float32', [1, M, 4]);
      const p = graph.node('Clip', [score, graph.scalar(1e-4), graph.scalar(1 - 1e-4)]);
      const odds = graph.node('Div', [p, graph.node('Sub', [graph.scalar(1), p])]);
      const background = graph.node('Mul', [p, graph.scalar(0)]);
      const logits = columns(graph, [graph.node('Log', [odds]), background]);
      graph.output(logits, 'labels', 'float32', [1, M, 2]);
      return [
        { name: 'dets', semantic: 'boxes' },
        { name: 'labels', semantic: 'logits' },
      ];
    },
    canary: { dets: { indices: [0, 1], values: [58 / DETECTOR_SIDE, 54 / DETECTOR_SIDE] } },
  },
};

/** The plateau detector, saying the same as `name` says it; `tf-od` also takes uint8 RGB pixels in NHWC. */
export function variantDetector(name: VariantName): { bytes: Uint8Array; manifest: DetectorManifest } {
  const { decode, build, canary } = variants[name];
  const base = plateauDetector().manifest as DetectorManifest;
  const image: DetectorManifest['input']['image'] =
    name === 'tf-od'
      ? {
          ...base.input.image,
          dtype: 'uint8',
          layout: 'NHWC',
          channels: 3,
          channelOrder: 'RGB',
          intensity: { ...base.input.image.intensity, out: [0, 255] },
        }
      : base.input.image;
  const graph = new OnnxGraph(`plateau-${name}`);
  const outputs = build(graph, foundRows(graph, frameOf(graph, image)));
  const bytes = graph.encode();
  const range = image.intensity.out;
  const { data } = canaryTensor('plateau', image, range);
  const manifest: DetectorManifest = {
    ...base,
    name: `plateau-${name}`,
    sha256: sha256Hex(bytes),
    input: { image, extra: [] },
    outputs,
    decode,
    canary: [
      {
        ...base.canary[0]!,
        range,
        inputSha256: sha256Hex(new Uint8Array(data.buffer)),
        outputs: canary,
        atol: 1e-2,
      },
    ],
  };
  return { bytes, manifest };
}

function effdet(
  heads: 'concatenated' | 'maps-nchw',
  [minLevel, maxLevel]: [number, number],
): DetectorManifest['decode'] {
  return {
    variant: 'effdet-raw',
    heads,
    anchors: {
      minLevel,
      maxLevel,
      scales: [1],
      ratios: { of: 'pairs', values: [[1, 1]] },
      anchorScale: 4,
      levelOrder: 'fine-first',
      anchorOrder: 'scale-ratio',
    },
    regression: { kind: 'center-exp-yxhw' },
    activation: 'none',
    classes: 'every',
    nms,
  };
}
