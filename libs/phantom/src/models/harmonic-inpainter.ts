// A hole takes the smoothest surface that meets its rim: push-pull pyramid, then Jacobi sweeps on every level.
import { OnnxGraph } from './onnx-graph.ts';

export const INPAINTER_SIDE = 256;
/** Jacobi sweeps per level, coarsest (1 px) first; the fine levels only polish. */
const SWEEPS = [0, 4, 8, 12, 16, 16, 12, 10, 8];

/** Values of one pyramid level. */
interface Level {
  side: number;
  /** mean of the known children, 0 where none is known */
  value: string;
  /** 1 where the value is known */
  known: string;
}

/**
 * Graph: `image` [1,1,256,256], `mask` [1,1,256,256] (hole > 0.5) -> `inpainted` [1,1,256,256].
 * Known pixels pass through; a film without known pixels comes out as 0.
 */
export function harmonicInpainterBytes(): Uint8Array {
  const graph = new OnnxGraph('harmonic-inpainter');
  const dims = [1, 1, INPAINTER_SIDE, INPAINTER_SIDE];
  const image = graph.input('image', dims);
  const mask = graph.input('mask', dims);
  const known = toFloat(graph, graph.node('LessOrEqual', [mask, graph.scalar(0.5)]));
  const levels = pyramid(graph, { side: INPAINTER_SIDE, value: graph.node('Mul', [image, known]), known });
  const filled = levels.reduceRight<string | undefined>((coarse, level, i) => {
    const start = coarse === undefined ? level.value : blend(graph, level, double(graph, coarse));
    return relax(graph, level, start, SWEEPS[levels.length - 1 - i]!);
  }, undefined);
  graph.output(filled!, 'inpainted', 'float32', dims);
  return graph.encode();
}

function pyramid(graph: OnnxGraph, finest: Level): Level[] {
  const levels = [finest];
  for (let level = finest; level.side > 1; levels.push(level)) {
    const pool = { kernel_shape: [2, 2], strides: [2, 2] };
    const share = graph.node('AveragePool', [level.known], pool);
    const sum = graph.node('AveragePool', [level.value], pool);
    const some = toFloat(graph, graph.node('Greater', [share, graph.scalar(0)]));
    // known children only; the share is at least 1/4 where any is known
    const value = graph.node('Div', [sum, graph.node('Max', [share, graph.scalar(0.125)])]);
    level = { side: level.side / 2, value, known: some };
  }
  return levels;
}

function double(graph: OnnxGraph, value: string): string {
  return graph.node('Resize', [value, '', graph.floats([1, 1, 2, 2], [4])], {
    mode: 'linear',
    coordinate_transformation_mode: 'half_pixel',
  });
}

/** The level's own values where known, `fill` elsewhere. */
function blend(graph: OnnxGraph, level: Level, fill: string): string {
  return graph.node('Where', [graph.node('Cast', [level.known], { to: 9 }), level.value, fill]);
}

/** Each unknown pixel becomes the mean of its four neighbours, `sweeps` times; the border is mirrored. */
function relax(graph: OnnxGraph, level: Level, start: string, sweeps: number): string {
  if (sweeps === 0) return start;
  const cross = graph.floats([0, 0.25, 0, 0.25, 0, 0.25, 0, 0.25, 0], [1, 1, 3, 3]);
  const pads = graph.int64s([0, 0, 1, 1, 0, 0, 1, 1]);
  let value = start;
  for (let i = 0; i < sweeps; i++) {
    const padded = graph.node('Pad', [value, pads], { mode: 'edge' });
    value = blend(graph, level, graph.node('Conv', [padded, cross], { kernel_shape: [3, 3] }));
  }
  return value;
}

function toFloat(graph: OnnxGraph, value: string): string {
  return graph.node('Cast', [value], { to: 1 });
}
