// Manifests for tests: complete, and of no real model.
import type { ClassifierManifest, DetectorManifest, InpainterManifest } from '@sidemark/core/contract';

const nothing = '0'.repeat(64);

const common = (name: string, sha256: string, output: string) => ({
  schema: 'sidemark.model/1' as const,
  name,
  version: '1.0.0',
  sha256,
  opset: 17,
  license: 'Apache-2.0',
  trainedArm: null,
  trainedOnSites: [],
  input: {
    image: {
      name: 'image',
      dtype: 'float32' as const,
      layout: 'NCHW' as const,
      channels: 1 as const,
      replicateGray: true,
      size: { h: 64, w: 64, dynamic: false, multipleOf: 1 },
      fit: 'stretch' as const,
      interpolation: 'bilinear' as const,
      antialias: true,
      roundSize: 'round' as const,
      intensity: {
        from: 'modality' as const,
        polarity: 'bone-white' as const,
        scale: 'minmax' as const,
        out: [0, 1] as [number, number],
        quantise: null,
      },
      normalise: { order: 'scale-mean-std' as const, scale: 1, mean: [0], std: [1], perImageZ: false },
      channelOrder: 'GRAY' as const,
    },
    extra: [],
  },
  canary: [
    {
      pattern: 'ramp' as const,
      range: [0, 1] as [number, number],
      inputSha256: nothing,
      outputs: { [output]: { indices: [0], values: [0.5] } },
      atol: 1e-4,
      rtol: 1e-4,
    },
  ],
});

export const detectorManifest = (name: string, sha256: string): DetectorManifest => ({
  ...common(name, sha256, 'out'),
  role: 'detector',
  labels: ['left', 'right'],
  outputs: [{ name: 'out', semantic: 'raw' }],
  decode: { variant: 'yolo-e2e', labelOffset: 0 },
  thresholds: { score: 0.5 },
});

export const inpainterManifest = (name: string, sha256: string): InpainterManifest => ({
  ...common(name, sha256, 'out'),
  role: 'inpainter',
  labels: [],
  outputs: [{ name: 'out', semantic: 'inpainted' }],
  decode: { variant: 'image-mask', outRange: [0, 1] },
  thresholds: {},
});

export const classifierManifest = (name: string, sha256: string): ClassifierManifest => ({
  ...common(name, sha256, 'out'),
  role: 'classifier',
  trainedArm: 'original',
  labels: ['finding'],
  outputs: [{ name: 'out', semantic: 'logits' }],
  decode: { variant: 'binary', positiveIndex: 0 },
  thresholds: { decision: 0 },
});

export const multiclassManifest = (name: string, sha256: string): ClassifierManifest => ({
  ...classifierManifest(name, sha256),
  labels: ['none', 'mild', 'severe'],
  decode: { variant: 'multiclass' },
});

/** Segments, gives activation maps, and held out the second of five folds. */
export const multitaskManifest = (name: string, sha256: string): ClassifierManifest => ({
  ...classifierManifest(name, sha256),
  outputs: [
    { name: 'out', semantic: 'logits' },
    { name: 'mask', semantic: 'seg' },
    { name: 'map', semantic: 'cam' },
  ],
  decode: {
    variant: 'multitask',
    positiveIndex: 0,
    seg: { activation: 'sigmoid', threshold: 0.5, resize: 'bilinear' },
  },
  fold: { k: 5, heldOut: 2 },
});
