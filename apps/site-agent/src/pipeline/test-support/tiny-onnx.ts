// Three models of a few nodes each, whose answers can be worked out by hand.
import onnxProto, { type onnx as Onnx } from 'onnx-proto';

const { onnx } = onnxProto;
const FLOAT = 1;
const INT64 = 7;

/** Side of the detector's and the classifiers' input, px. */
export const SIDE = 32;
/** Side of the inpainter's input, px. */
export const PATCH = 16;
/** Where the tiny detector always looks, model px. */
export const MARKER_BOX = [2, 2, 8, 8] as const;

const image = (side: number): Onnx.IValueInfoProto => value('image', FLOAT, [1, 1, side, side]);

/** Score = brightest pixel; one box, always the same; label 0. */
export function tinyDetector(): Uint8Array {
  return model(
    [node('ReduceMax', ['image'], 'best', { keepdims: 0 }), node('Reshape', ['best', 'one'], 'scores')],
    [image(SIDE)],
    [value('boxes', FLOAT, [1, 1, 4]), value('scores', FLOAT, [1, 1]), value('labels', INT64, [1, 1])],
    [floats('boxes', [1, 1, 4], MARKER_BOX), int64s('labels', [1, 1], [0]), int64s('one', [2], [1, 1])],
  );
}

/** Gives back what it sees, where the hole already holds the mean of what is known. */
export function tinyInpainter(): Uint8Array {
  return model(
    [node('Mul', ['mask', 'zero'], 'nothing'), node('Add', ['image', 'nothing'], 'inpainted')],
    [image(PATCH), value('mask', FLOAT, [1, 1, PATCH, PATCH])],
    [value('inpainted', FLOAT, [1, 1, PATCH, PATCH])],
    [floats('zero', [1], [0])],
  );
}

/** logits = 8 mean - 4: positive when the film is brighter than mid-grey. */
export function tinyClassifier(): Uint8Array {
  return model(
    [node('Mul', ['mean', 'gain'], 'scaled'), node('Add', ['scaled', 'shift'], 'logits')],
    [image(SIDE)],
    [value('logits', FLOAT, [1, 1])],
    [floats('gain', [1], [8]), floats('shift', [1], [-4])],
  );
}

/**
 * The tiny classifier, unless the film is brighter than 3/4: then it fills `side` x `side` numbers first (hunger), or
 * multiplies matrices of that side with each other `times` times (no end in sight).
 */
export function greedyClassifier(side: number, times: number): Uint8Array {
  const products = Array.from({ length: times }, (_, i) =>
    node('MatMul', [`full${i}`, `full${i}`], `full${i + 1}`),
  );
  return model(
    [
      node('Greater', ['mean', 'bright'], 'greedy'),
      { ...node('Cast', ['greedy'], 'switch'), attribute: [{ name: 'to', i: INT64, type: 2 }] },
      node('Mul', ['switch', 'more'], 'extra'),
      node('Add', ['extra', 'one'], 'wanted'),
      node('Expand', ['wanted', 'pair'], 'pairs'),
      node('Reshape', ['pairs', 'flat'], 'shape'),
      node('Expand', ['nothing', 'shape'], 'full0'),
      ...products,
      node('ReduceMax', [`full${times}`], 'rest'),
      node('Mul', ['mean', 'gain'], 'scaled'),
      node('Add', ['scaled', 'shift'], 'score'),
      node('Add', ['score', 'rest'], 'logits'),
    ],
    [image(SIDE)],
    [value('logits', FLOAT, [1, 1])],
    [
      ...[floats('gain', [1], [8]), floats('shift', [1], [-4]), floats('bright', [1], [0.75])],
      ...[floats('nothing', [1, 1], [0]), int64s('more', [1], [side - 1]), int64s('one', [1], [1])],
      ...[int64s('pair', [2], [1, 2]), int64s('flat', [1], [2])],
    ],
  );
}

/** The tiny classifier, with logits of a lesion where a pixel is brighter than 3/4, and the film itself as its map. */
export function tinyMultitask(): Uint8Array {
  const plane = [1, 1, SIDE, SIDE];
  return model(
    [
      node('Mul', ['mean', 'gain'], 'scaled'),
      node('Add', ['scaled', 'shift'], 'logits'),
      node('Add', ['image', 'dark'], 'bright'),
      node('Mul', ['bright', 'steep'], 'seg'),
      node('Relu', ['image'], 'cam'),
    ],
    [image(SIDE)],
    [value('logits', FLOAT, [1, 1]), value('seg', FLOAT, plane), value('cam', FLOAT, plane)],
    [
      ...[floats('gain', [1], [8]), floats('shift', [1], [-4])],
      ...[floats('dark', [1], [-0.75]), floats('steep', [1], [20])],
    ],
  );
}

/** logits = [0, log(mean - 0.4), -1]: NaN for dark films. */
export function tinyMulticlass(): Uint8Array {
  return model(
    [
      node('Add', ['mean', 'shift'], 'above'),
      node('Log', ['above'], 'log'),
      node('Concat', ['zero', 'log', 'low'], 'logits', { axis: 1 }),
    ],
    [image(SIDE)],
    [value('logits', FLOAT, [1, 3])],
    [floats('shift', [1], [-0.4]), floats('zero', [1, 1], [0]), floats('low', [1, 1], [-1])],
  );
}

export function model(
  nodes: Onnx.INodeProto[],
  input: Onnx.IValueInfoProto[],
  output: Onnx.IValueInfoProto[],
  initializer: Onnx.ITensorProto[],
): Uint8Array {
  const needsMean = nodes.some((one) => one.input?.includes('mean'));
  const mean = [node('GlobalAveragePool', ['image'], 'pooled'), node('Flatten', ['pooled'], 'mean')];
  const graph = { name: 'tiny', node: [...(needsMean ? mean : []), ...nodes], input, output, initializer };
  const opsetImport = [{ domain: '', version: 17 }];
  return Uint8Array.from(onnx.ModelProto.encode({ irVersion: 8, opsetImport, graph }).finish());
}

export function node(
  opType: string,
  input: string[],
  output: string,
  ints: Record<string, number> = {},
): Onnx.INodeProto {
  const attribute = Object.entries(ints).map(([name, i]) => ({ name, i, type: 2 }));
  return { opType, name: `n-${output}`, input, output: [output], attribute };
}

export function value(name: string, elemType: number, dims: readonly number[]): Onnx.IValueInfoProto {
  return { name, type: { tensorType: { elemType, shape: { dim: dims.map((dimValue) => ({ dimValue })) } } } };
}

export function floats(name: string, dims: number[], floatData: readonly number[]): Onnx.ITensorProto {
  return { name, dims, dataType: FLOAT, floatData: [...floatData] };
}

export function int64s(name: string, dims: number[], int64Data: number[]): Onnx.ITensorProto {
  return { name, dims, dataType: INT64, int64Data };
}
