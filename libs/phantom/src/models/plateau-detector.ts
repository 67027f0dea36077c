// Finds small bright plateaus that stand alone on darker ground: marker letters, whatever the letter.
import { OnnxGraph } from './onnx-graph.ts';

export const DETECTOR_SIDE = 512;
export const MAX_DETECTIONS = 32;
/** Windows lie on cells of CELL x CELL px. */
const CELL = 4;
const GRID = DETECTOR_SIDE / CELL;

/** All lengths in px of the 512 px frame, all brightness in [0, 1]. */
export interface PlateauParams {
  /** what is brighter than its opening of this width is a stroke or a plate; wider things are anatomy */
  opening: number;
  /** brightness above the opening: from none to full membership */
  contrast: readonly [number, number];
  /** brightness itself: from none to full membership */
  level: readonly [number, number];
  /** sides of the square windows; multiples of CELL */
  windows: readonly number[];
  /** width of the rim around a window that must be empty; a multiple of CELL */
  rim: number;
  /** share of a box covered by members: from none to full score */
  density: readonly [number, number];
  /** share of the members of window and rim that lie in the window: from none to full score */
  isolation: readonly [number, number];
  /** shorter over longer side of a box: from none to full score */
  aspect: readonly [number, number];
  /** longer side of a box: from none to full score */
  longest: readonly [number, number];
}

export const PLATEAU_PARAMS: PlateauParams = {
  opening: 17,
  contrast: [0.2, 0.38],
  level: [0.35, 0.5],
  windows: [16, 24, 32, 44, 60, 80],
  rim: 8,
  density: [0.15, 0.3],
  isolation: [0.85, 0.98],
  aspect: [0.32, 0.52],
  longest: [12, 18],
};

/**
 * Graph: `images` [1,1,512,512] in [0,1] -> `boxes` [1,32,4] xyxy px, `scores` [1,32], `labels` [1,32] int64 (0, one
 * class); unused rows are -1. Score = density x isolation x aspect, each in [0, 1]; NMS at IoU 0.3.
 */
export function plateauDetectorBytes(params: PlateauParams = PLATEAU_PARAMS): Uint8Array {
  const graph = new OnnxGraph('plateau-detector');
  const images = graph.input('images', [1, 1, DETECTOR_SIDE, DETECTOR_SIDE]);
  const found = plateauRows(graph, images, params);
  const scores = padRows(graph, found.scores, []);
  const isRow = graph.cast(graph.node('Greater', [scores, graph.scalar(0)]), 'int64');
  graph.output(padRows(graph, found.boxes, [4]), 'boxes', 'float32', [1, MAX_DETECTIONS, 4]);
  graph.output(scores, 'scores', 'float32', [1, MAX_DETECTIONS]);
  graph.output(graph.node('Sub', [isRow, graph.int64s([1], [1])]), 'labels', 'int64', [1, MAX_DETECTIONS]);
  return graph.encode();
}

/** Values of M <= MAX_DETECTIONS plateaus, best first. */
export interface PlateauRows {
  /** [1, M, 4], xyxy px */
  boxes: string;
  /** [1, M], in (0.05, 1] */
  scores: string;
}

/** @param images value of [1, 1, 512, 512] in [0, 1] */
export function plateauRows(
  graph: OnnxGraph,
  images: string,
  params: PlateauParams = PLATEAU_PARAMS,
): PlateauRows {
  const members = graph.node('Mul', [
    ramp(graph, graph.node('Sub', [images, opening(graph, images, params.opening)]), params.contrast),
    ramp(graph, images, params.level),
  ]);
  const cells = toCells(graph, members);
  const windows = params.windows.map((side) => scoreWindow(graph, cells, side, params));
  const boxes = graph.node(
    'Concat',
    windows.map((one) => one.boxes),
    { axis: 1 },
  );
  const scores = graph.node(
    'Concat',
    windows.map((one) => one.scores),
    { axis: 2 },
  );
  return suppress(graph, boxes, scores);
}

/** Grey opening with a square: erosion, then dilation, each as two one-dimensional maxima. */
function opening(graph: OnnxGraph, value: string, width: number): string {
  const half = (width - 1) / 2;
  const maximum = (of: string): string => {
    const rows = graph.node('MaxPool', [of], { kernel_shape: [1, width], pads: [0, half, 0, half] });
    return graph.node('MaxPool', [rows], { kernel_shape: [width, 1], pads: [half, 0, half, 0] });
  };
  return maximum(graph.node('Neg', [maximum(graph.node('Neg', [value]))]));
}

/** 0 at `from`, 1 at `to`, linear between. */
function ramp(graph: OnnxGraph, value: string, [from, to]: readonly [number, number]): string {
  const shifted = graph.node('Sub', [value, graph.scalar(from)]);
  const scaled = graph.node('Div', [shifted, graph.scalar(to - from)]);
  return graph.node('Clip', [scaled, graph.scalar(0), graph.scalar(1)]);
}

/** Membership per cell, and how far it reaches: pooling twice keeps large windows cheap. */
interface Cells {
  /** mean membership, [1, 1, GRID, GRID] */
  mass: string;
  /** largest -x, -y, x, y (px) of a member, [1, 4, GRID, GRID]; NOWHERE without one */
  reach: string;
}

const NOWHERE = -1e4;

function toCells(graph: OnnxGraph, members: string): Cells {
  const cell = { kernel_shape: [CELL, CELL], strides: [CELL, CELL] };
  const low = Float32Array.from({ length: DETECTOR_SIDE }, (_, i) => -i);
  const high = low.map((value) => 1 - value);
  const across = [1, 1, 1, DETECTOR_SIDE];
  const down = [1, 1, DETECTOR_SIDE, 1];
  const inside = graph.node('Greater', [members, graph.scalar(0.5)]);
  const edges = [
    graph.floats(low, across),
    graph.floats(low, down),
    graph.floats(high, across),
    graph.floats(high, down),
  ];
  const planes = edges.map((edge) => graph.node('Where', [inside, edge, graph.scalar(NOWHERE)]));
  return {
    mass: graph.node('AveragePool', [members], cell),
    reach: graph.node('MaxPool', [graph.node('Concat', planes, { axis: 1 })], cell),
  };
}

/** A square of `count` cells around (or just after) every cell, at stride 1. */
function square(count: number): { kernel_shape: number[]; pads: number[] } {
  const before = Math.floor((count - 1) / 2);
  const after = count - 1 - before;
  return { kernel_shape: [count, count], pads: [before, before, after, after] };
}

/** Boxes [1, GRID^2, 4] in px and scores [1, 1, GRID^2] of one window size. */
function scoreWindow(
  graph: OnnxGraph,
  cells: Cells,
  side: number,
  params: PlateauParams,
): { boxes: string; scores: string } {
  const wide = side + 2 * params.rim;
  const mean = (px: number): string =>
    graph.node('AveragePool', [cells.mass], { ...square(px / CELL), count_include_pad: 1 });
  const mass = mean(side);
  const around = graph.node('Mul', [mean(wide), graph.scalar((wide * wide) / (side * side))]);
  const share = graph.node('Div', [mass, graph.node('Max', [around, graph.scalar(1e-6)])]);
  const reach = graph.node('MaxPool', [cells.reach], square(side / CELL));
  const [left, top, right, bottom] = graph.nodes('Split', [reach], { axis: 1 }, 4) as [
    string,
    string,
    string,
    string,
  ];
  const width = graph.node('Add', [left, right]);
  const height = graph.node('Add', [top, bottom]);
  const aspect = graph.node('Div', [
    graph.node('Min', [width, height]),
    graph.node('Max', [graph.node('Max', [width, height]), graph.scalar(1)]),
  ]);
  const filled = graph.node('Div', [
    graph.node('Mul', [mass, graph.scalar(side * side)]),
    graph.node('Max', [graph.node('Mul', [width, height]), graph.scalar(1)]),
  ]);
  const longest = graph.node('Max', [width, height]);
  const score = [
    ramp(graph, filled, params.density),
    ramp(graph, share, params.isolation),
    ramp(graph, aspect, params.aspect),
    ramp(graph, longest, params.longest),
  ].reduce((product, factor) => graph.node('Mul', [product, factor]));
  const corners = graph.node('Concat', [graph.node('Neg', [left]), graph.node('Neg', [top]), right, bottom], {
    axis: 1,
  });
  const rows = graph.node('Reshape', [corners, graph.int64s([1, 4, GRID * GRID])]);
  return {
    boxes: graph.node('Transpose', [rows], { perm: [0, 2, 1] }),
    scores: graph.node('Reshape', [score, graph.int64s([1, 1, GRID * GRID])]),
  };
}

function suppress(graph: OnnxGraph, boxes: string, scores: string): PlateauRows {
  const kept = graph.node('NonMaxSuppression', [
    boxes,
    scores,
    graph.int64s([MAX_DETECTIONS]),
    graph.floats([0.3], [1]),
    graph.floats([0.05], [1]),
  ]);
  // rows of (batch, class, index)
  const index = graph.node('Reshape', [
    graph.node('Slice', [kept, graph.int64s([2]), graph.int64s([3]), graph.int64s([1])]),
    graph.int64s([-1]),
  ]);
  const keptBoxes = graph.node('Gather', [boxes, index], { axis: 1 });
  const keptScores = graph.node('Gather', [graph.node('Reshape', [scores, graph.int64s([1, -1])]), index], {
    axis: 1,
  });
  return { boxes: keptBoxes, scores: keptScores };
}

/** [1, M, ...rest] as [1, MAX_DETECTIONS, ...rest]: unused rows hold -1. */
export function padRows(graph: OnnxGraph, value: string, rest: readonly number[]): string {
  const filler = graph.floats(new Float32Array(MAX_DETECTIONS * (rest[0] ?? 1)).fill(-1), [
    1,
    MAX_DETECTIONS,
    ...rest,
  ]);
  const joined = graph.node('Concat', [value, filler], { axis: 1 });
  return graph.node('Slice', [joined, graph.int64s([0]), graph.int64s([MAX_DETECTIONS]), graph.int64s([1])]);
}
