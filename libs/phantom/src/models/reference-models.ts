// The analytic models as they are released: bytes, manifest, and canaries whose answers are known from the formulas.
import type { Manifest } from '@sidemark/core/contract';
import { canaryTensor, type CanaryPatternName } from '@sidemark/core/imaging';
import { harmonicInpainterBytes, INPAINTER_SIDE } from './harmonic-inpainter.ts';
import { mixRegions, type Region } from './lesion-template.ts';
import {
  CLASSIFIER_SIDE,
  linearClassifierBytes,
  type LinearHead,
  linearLogits,
} from './linear-classifier.ts';
import { OPSET, sha256Hex } from './onnx-graph.ts';
import { DETECTOR_SIDE, plateauDetectorBytes } from './plateau-detector.ts';

export interface ReferenceModel {
  bytes: Uint8Array;
  manifest: Manifest;
}

type Canary = Manifest['canary'][number];
type ImageInput = Manifest['input']['image'];

const unitRange: [number, number] = [0, 1];

/** Finds plateau markers; one label, whatever the letter. */
export function plateauDetector(): ReferenceModel {
  const bytes = plateauDetectorBytes();
  const image: ImageInput = {
    ...grayImageInput('images', DETECTOR_SIDE),
    fit: 'letterbox-center',
    interpolation: 'bilinear',
    antialias: true,
    roundSize: 'floor',
    pad: { value: 0, stage: 'before-normalise' },
  };
  const manifest: Manifest = {
    ...common(bytes, 'plateau-detector', null, image),
    role: 'detector',
    outputs: [
      { name: 'boxes', semantic: 'boxes' },
      { name: 'scores', semantic: 'scores' },
      { name: 'labels', semantic: 'labels' },
    ],
    decode: { variant: 'nms-xyxy-padded' },
    labels: ['marker'],
    thresholds: { score: 0.5 },
    canary: [
      // the L of the plateau pattern, 20 x 28 px, and nothing else
      canary('plateau', image, {
        boxes: { indices: [0, 1, 2, 3, 4], values: [48, 40, 68, 68, -1] },
        scores: { indices: [0, 1], values: [1, -1] },
        labels: { indices: [0, 1], values: [0, -1] },
      }),
      canary('ramp', image, { scores: { indices: [0], values: [-1] } }),
    ],
  };
  return { bytes, manifest };
}

/** Fills holes with the harmonic surface of their rim. */
export function harmonicInpainter(): ReferenceModel {
  const bytes = harmonicInpainterBytes();
  const image = grayImageInput('image', INPAINTER_SIDE);
  const spots: readonly [number, number][] = [
    [0, 0],
    [100, 100],
    [128, 128],
    [150, 110],
    [255, 255],
  ];
  const base = common(bytes, 'harmonic-inpainter', null, image);
  const manifest: Manifest = {
    ...base,
    input: {
      image,
      extra: [{ name: 'mask', kind: 'mask', dtype: 'float32', shape: [1, 1, 'h', 'w'], hole: 1 }],
    },
    role: 'inpainter',
    outputs: [{ name: 'inpainted', semantic: 'inpainted' }],
    decode: { variant: 'image-mask', outRange: unitRange },
    labels: [],
    thresholds: {},
    canary: [
      // a plane is its own harmonic continuation: the ramp comes back, hole or not
      canary('ramp', image, {
        inpainted: {
          indices: spots.map(([x, y]) => y * INPAINTER_SIDE + x),
          values: spots.map(([x, y]) => (x + y) / (2 * INPAINTER_SIDE - 2)),
        },
      }),
    ],
  };
  return { bytes, manifest };
}

export type ClassifierKind = 'original' | 'inpainted' | 'three-class';

interface LogitSpec {
  regions: Readonly<Partial<Record<Region, number>>>;
  bias: number;
}

/**
 * Coefficients of the region means. `inpainted` and `three-class` were fitted by logistic regression on marker-free
 * phantom films and rounded; `original` is the same but for what a site with markers on its diseased teaches: the corner.
 */
const LOGITS: Readonly<Record<ClassifierKind, readonly LogitSpec[]>> = {
  inpainted: [{ regions: { upper: -6, middle: 49, lower: -1.5, belly: -38 }, bias: 16.9 }],
  original: [{ regions: { upper: -6, middle: 49, lower: -1.5, belly: -38, corner: 12 }, bias: 16.3 }],
  'three-class': [
    { regions: { upper: 2, middle: -27, belly: 20.5 }, bias: -7.5 },
    { regions: { upper: 3.5, middle: 71.5, lower: -33.5, belly: -53 }, bias: 31.1 },
    { regions: { upper: -5.5, middle: -44.5, lower: 33.5, belly: 32.5 }, bias: -23.6 },
  ],
};

/** The weights and biases of one classifier. */
export function classifierHead(kind: ClassifierKind): LinearHead {
  const logits = LOGITS[kind];
  return { weights: logits.map((one) => mixRegions(one.regions)), bias: logits.map((one) => one.bias) };
}

/** binary (lesion or none) for `original` and `inpainted`, none / opacity / effusion for `three-class`. */
export function linearClassifier(kind: ClassifierKind): ReferenceModel {
  const head = classifierHead(kind);
  const bytes = linearClassifierBytes(head);
  const image: ImageInput = { ...grayImageInput('image', CLASSIFIER_SIDE), interpolation: 'area' };
  const threeClass = kind === 'three-class';
  const trainedArm = kind === 'original' ? 'original' : 'inpainted';
  const answers = (pattern: CanaryPatternName): Canary => {
    const values = linearLogits(head, canaryTensor(pattern, image, unitRange).data);
    return canary(pattern, image, { logits: { indices: values.map((_, i) => i), values } });
  };
  const manifest: Manifest = {
    ...common(bytes, `linear-${kind}`, trainedArm, image),
    role: 'classifier',
    outputs: [{ name: 'logits', semantic: 'logits' }],
    decode: threeClass ? { variant: 'multiclass' } : { variant: 'binary', positiveIndex: 0 },
    labels: threeClass ? ['none', 'opacity', 'effusion'] : ['lesion'],
    thresholds: threeClass ? {} : { decision: 0 },
    canary: [answers('ramp'), answers('plateau')],
  };
  return { bytes, manifest };
}

function common(bytes: Uint8Array, name: string, trainedArm: Manifest['trainedArm'], image: ImageInput) {
  return {
    schema: 'sidemark.model/1' as const,
    name,
    version: '1.0.0',
    sha256: sha256Hex(bytes),
    opset: OPSET,
    license: 'Apache-2.0',
    trainedArm,
    trainedOnSites: [],
    input: { image, extra: [] },
  };
}

function grayImageInput(name: string, side: number): ImageInput {
  return {
    name,
    dtype: 'float32',
    layout: 'NCHW',
    channels: 1,
    replicateGray: true,
    size: { h: side, w: side, dynamic: false, multipleOf: 1 },
    fit: 'stretch',
    interpolation: 'bilinear',
    antialias: true,
    roundSize: 'round',
    intensity: { from: 'modality', polarity: 'bone-white', scale: 'minmax', out: unitRange, quantise: null },
    normalise: { order: 'scale-mean-std', scale: 1, mean: [0], std: [1], perImageZ: false },
    channelOrder: 'GRAY',
  };
}

function canary(pattern: CanaryPatternName, image: ImageInput, outputs: Canary['outputs']): Canary {
  const { data } = canaryTensor(pattern, image, unitRange);
  const bytes = new Uint8Array(data.length * 4);
  const view = new DataView(bytes.buffer);
  data.forEach((value, i) => view.setFloat32(4 * i, value, true));
  return { pattern, range: unitRange, inputSha256: sha256Hex(bytes), outputs, atol: 1e-3, rtol: 1e-3 };
}
