// Inpainters of a few nodes, one of each convention that a manifest can declare. Each paints the mean of what it takes for
// known, plus how far the hole is from what it should hold: the answer is right only if mask, image, hole and ranges come as
// the convention has them. For tests and for a first try of `sidemark model inspect` and `model try`.
import { type Canary, type InpainterDecode, InpainterManifest } from '@sidemark/core/contract';
import { canaryTensor } from '@sidemark/core/imaging';
import { type ElementType, OnnxGraph, sha256Hex } from './onnx-graph.ts';

/** Side of a patch, px. */
const SIDE = 32;

interface Convention {
  dtype: ElementType & ('float32' | 'float16' | 'uint8');
  layout: 'NCHW' | 'NHWC';
  /** of the image */
  channels: 1 | 3;
  dynamic?: boolean;
  /** tensor of the low and the high end of the patch, after normalisation */
  seen: readonly [number, number];
  out: readonly [number, number];
  normalise?: { scale: number; mean: number[]; std: number[] };
  /** what the hole must hold, in the tensor; undefined: whatever */
  content?: number;
  /** separate masks: value for a hole, for what is known */
  mask?: { hole: 0 | 1 | 255; known: 0 | 1 | 255; dtype: 'float32' | 'uint8' };
  edges?: boolean;
  decode: InpainterDecode;
}

const unit = [0, 1] as const;

const conventions = {
  lama: {
    dtype: 'float32',
    layout: 'NCHW',
    channels: 3,
    dynamic: true,
    seen: unit,
    out: unit,
    mask: { hole: 1, known: 0, dtype: 'float32' },
    decode: { variant: 'image-mask', outRange: [0, 255], holeContent: 'kept' },
  },
  'mi-gan': {
    dtype: 'uint8',
    layout: 'NCHW',
    channels: 3,
    seen: [0, 255],
    out: [0, 255],
    mask: { hole: 0, known: 255, dtype: 'uint8' },
    decode: { variant: 'image-mask', outRange: [0, 255], outDtype: 'uint8', composited: true },
  },
  deepfill: {
    dtype: 'float32',
    layout: 'NHWC',
    channels: 3,
    seen: [-1, 1],
    out: [0, 255],
    normalise: { scale: 1 / 127.5, mean: [1], std: [1] },
    content: 0,
    decode: {
      variant: 'concatenated',
      channels: ['masked-image', 'masked-image', 'masked-image', 'ones', 'mask'],
      holeContent: 'zero',
      outRange: [-1, 1],
      composited: true,
    },
  },
  'deepfill-4096': {
    dtype: 'float32',
    layout: 'NCHW',
    channels: 3,
    seen: [-1, 1],
    out: [0, 4096],
    normalise: { scale: 1 / 2048, mean: [1], std: [1] },
    content: 0,
    decode: {
      variant: 'concatenated',
      channels: ['masked-image', 'masked-image', 'masked-image', 'ones', 'mask'],
      holeContent: 'zero',
      outRange: [0, 4096],
      composited: true,
    },
  },
  edgeconnect: {
    dtype: 'float32',
    layout: 'NCHW',
    channels: 1,
    seen: unit,
    out: unit,
    content: 1,
    mask: { hole: 1, known: 0, dtype: 'float32' },
    edges: true,
    decode: { variant: 'image-mask', outRange: [0, 1], holeContent: { value: 1 } },
  },
  'float16-known': {
    dtype: 'float16',
    layout: 'NCHW',
    channels: 1,
    seen: unit,
    out: unit,
    mask: { hole: 0, known: 1, dtype: 'float32' },
    decode: { variant: 'image-mask', outRange: [0, 1], outDtype: 'float16' },
  },
} satisfies Record<string, Convention>;

export type ConventionName = keyof typeof conventions;
export const CONVENTION_NAMES = Object.keys(conventions) as readonly ConventionName[];

/** @param change of the `decode` that fits the file */
export function conventionInpainter(
  name: ConventionName,
  change: object = {},
): { bytes: Uint8Array; manifest: InpainterManifest } {
  const convention: Convention = conventions[name];
  const bytes = conventionBytes(convention);
  const { dtype, layout, channels, dynamic = false, mask, edges } = convention;
  const plane = layout === 'NCHW' ? [1, 1, 'h', 'w'] : [1, 'h', 'w', 1];
  const size = { h: SIDE, w: SIDE };
  const range: [number, number] = [convention.seen[0], convention.seen[1]];
  const { data } = canaryTensor('checker', { size, channels, layout }, range);
  const manifest = InpainterManifest.parse({
    schema: 'sidemark.model/1',
    name,
    version: '1.0.0',
    sha256: sha256Hex(bytes),
    opset: 17,
    license: 'Apache-2.0',
    trainedArm: null,
    role: 'inpainter',
    input: {
      image: {
        ...{ name: 'image', dtype, layout, channels, channelOrder: channels === 3 ? 'RGB' : 'GRAY' },
        size: { ...size, dynamic, multipleOf: dynamic ? 8 : 1 },
        ...{ fit: 'stretch', interpolation: 'bilinear', antialias: true },
        intensity: {
          scale: 'bits-stored',
          out: convention.out,
          quantise: dtype === 'uint8' ? 'uint8' : null,
        },
        normalise: convention.normalise ?? {},
      },
      extra: [
        ...(mask ? [{ name: 'mask', kind: 'mask', shape: plane, ...mask }] : []),
        ...(edges ? [{ name: 'edge', kind: 'edge', shape: plane, dtype: 'float32' }] : []),
      ],
    },
    outputs: [{ name: 'result', semantic: 'inpainted' }],
    decode: { ...convention.decode, ...change },
    labels: [],
    thresholds: {},
    canary: [canaryOf(data, range, convention)],
  });
  return { bytes, manifest };
}

/** A corner of the checker is dark and known: it comes back where the model composites, and is 0 where it does not. */
function canaryOf(data: Float32Array, range: [number, number], { decode, dtype }: Convention): Canary {
  const inputSha256 = sha256Hex(new Uint8Array(data.buffer));
  const outputs = { result: { indices: [0], values: [decode.outRange[0]] } };
  return {
    pattern: 'checker',
    range,
    inputSha256,
    outputs,
    atol: dtype === 'float16' ? 1e-2 : 1e-3,
    rtol: 1e-3,
  };
}

function conventionBytes(convention: Convention): Uint8Array {
  const { dtype, layout, channels, dynamic, seen, content, decode } = convention;
  const graph = new OnnxGraph('convention');
  const [h, w] = dynamic ? ['h', 'w'] : [SIDE, SIDE];
  const shape = (c: number) => (layout === 'NCHW' ? [1, c, h, w] : [1, h, w, c]);
  const axis = layout === 'NCHW' ? 1 : 3;
  const all = decode.variant === 'concatenated' ? 5 : channels;
  const image = graph.cast(graph.input('image', shape(all), dtype), 'float32');
  const channel = (value: string, c: number): string =>
    graph.node('Gather', [value, graph.int64s([c])], { axis });
  const first = channel(image, 0);
  const hole = convention.mask ? separateHole(graph, convention.mask, shape(1)) : channel(image, 4);
  const known = graph.node('Sub', [graph.scalar(1), hole]);
  const sum = (value: string): string => graph.node('ReduceSum', [value], { keepdims: 1 });
  const meanIn = (value: string, where: string): string =>
    graph.node('Div', [sum(graph.node('Mul', [value, where])), sum(where)]);
  // as shares of the span between the low and the high end
  const share = (value: string): string =>
    graph.node('Div', [graph.node('Sub', [value, graph.scalar(seen[0])]), graph.scalar(seen[1] - seen[0])]);
  let paint = meanIn(share(first), known);
  if (content !== undefined) {
    const off = graph.node('Abs', [graph.node('Sub', [first, graph.scalar(content)])]);
    paint = graph.node('Add', [paint, meanIn(off, hole)]);
  }
  if (decode.variant === 'concatenated') {
    const short = graph.node('Sub', [graph.scalar(1), channel(image, 3)]);
    paint = graph.node('Add', [paint, meanIn(short, known)]);
  }
  if (convention.edges) {
    // edges are 0 or 1, and none is drawn in the hole
    const edge = graph.input('edge', shape(1));
    paint = graph.node('Add', [paint, meanIn(edge, hole)]);
    paint = graph.node('Add', [
      paint,
      meanIn(graph.node('Mul', [edge, graph.node('Sub', [edge, graph.scalar(1)])]), known),
    ]);
  }
  const back = decode.composited ? share(first) : graph.scalar(0);
  const whole = graph.node('Add', [graph.node('Mul', [back, known]), graph.node('Mul', [paint, hole])]);
  const [low, high] = decode.outRange;
  const ranged = graph.node('Add', [graph.node('Mul', [whole, graph.scalar(high - low)]), graph.scalar(low)]);
  const { outDtype = 'float32' } = decode;
  const rounded = outDtype === 'uint8' ? graph.node('Round', [ranged]) : ranged;
  const three = channels === 3 ? graph.node('Concat', [rounded, rounded, rounded], { axis }) : rounded;
  graph.output(graph.cast(three, outDtype), 'result', outDtype, shape(channels));
  return graph.encode();
}

/** 1 = hole, whatever the polarity. */
function separateHole(
  graph: OnnxGraph,
  { hole, known, dtype }: NonNullable<Convention['mask']>,
  shape: (number | string)[],
): string {
  const mask = graph.cast(graph.input('mask', shape, dtype), 'float32');
  return graph.node('Div', [graph.node('Sub', [mask, graph.scalar(known)]), graph.scalar(hole - known)]);
}
