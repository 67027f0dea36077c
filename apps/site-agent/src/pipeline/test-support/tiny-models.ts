// The tiny models as files with manifests: what the fetching half of the agent would hand over.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Canary,
  ClassifierManifest,
  DetectorManifest,
  InpainterManifest,
} from '@sidemark/core/contract';
import { canaryTensor } from '@sidemark/core/imaging';
import { sha256 } from '@sidemark/core/signing';
import type { LocalModel } from '../../models/local-model.ts';
import { featuresClassifier, findingsClassifier } from './tiny-heads.ts';
import {
  PATCH,
  SIDE,
  tinyClassifier,
  tinyDetector,
  tinyInpainter,
  tinyMulticlass,
  tinyMultitask,
} from './tiny-onnx.ts';

const layout = 'NCHW' as const;

/** 8-bit values as fractions of 255. */
export function imageInput(side: number): object {
  return {
    name: 'image',
    dtype: 'float32',
    layout,
    channels: 1,
    size: { h: side, w: side },
    fit: 'stretch',
    interpolation: 'bilinear',
    antialias: true,
    intensity: { scale: 'fixed', fixed: [0, 255], out: [0, 1] },
    normalise: {},
  };
}

function common(
  name: string,
  bytes: Uint8Array,
  side: number,
  outputs: object[],
  canary: Canary['outputs'],
): object {
  const image = { size: { h: side, w: side }, channels: 1, layout };
  const { data } = canaryTensor('ramp', image, [0, 1]);
  return {
    schema: 'sidemark.model/1',
    name,
    version: '1.0.0',
    sha256: sha256(bytes),
    opset: 17,
    license: 'Apache-2.0',
    trainedArm: null,
    input: { image: imageInput(side) },
    outputs,
    labels: [],
    canary: [
      {
        pattern: 'ramp',
        range: [0, 1],
        inputSha256: sha256(new Uint8Array(data.buffer)),
        outputs: canary,
        atol: 1e-4,
        rtol: 1e-3,
      },
    ],
  };
}

export async function place(
  folder: string,
  name: string,
  bytes: Uint8Array,
): Promise<{ sha256: string; path: string }> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${name}.onnx`);
  await writeFile(path, bytes);
  return { sha256: sha256(bytes), path };
}

/** Finds a marker where the film has a pixel of 250 or more. */
export async function localDetector(folder: string): Promise<LocalModel<DetectorManifest>> {
  const bytes = tinyDetector();
  const outputs = ['boxes', 'scores', 'labels'].map((name) => ({ name, semantic: name }));
  const manifest = DetectorManifest.parse({
    ...common('detector', bytes, SIDE, outputs, { scores: { indices: [0], values: [1] } }),
    role: 'detector',
    labels: ['left'],
    decode: { variant: 'nms-xyxy-padded' },
    thresholds: { score: 0.98 },
  });
  return { ...(await place(folder, 'detector', bytes)), manifest };
}

export async function localInpainter(folder: string): Promise<LocalModel<InpainterManifest>> {
  const bytes = tinyInpainter();
  const outputs = [{ name: 'inpainted', semantic: 'inpainted' }];
  const base = common('inpainter', bytes, PATCH, outputs, {
    inpainted: { indices: [0, 255], values: [0, 1] },
  });
  const manifest = InpainterManifest.parse({
    ...base,
    role: 'inpainter',
    input: {
      image: imageInput(PATCH),
      extra: [{ name: 'mask', dtype: 'float32', shape: [1, 1, 'h', 'w'], hole: 1 }],
    },
    decode: { variant: 'image-mask', outRange: [0, 1] },
  });
  return { ...(await place(folder, 'inpainter', bytes)), manifest };
}

/** @param answer what its canary promises; right by default. @param bytes another model with the same canary */
export async function localClassifier(
  folder: string,
  answer = 0,
  bytes = tinyClassifier(),
): Promise<LocalModel<ClassifierManifest>> {
  const outputs = [{ name: 'logits', semantic: 'logits' }];
  const manifest = ClassifierManifest.parse({
    ...common('brightness', bytes, SIDE, outputs, { logits: { indices: [0], values: [answer] } }),
    role: 'classifier',
    decode: { variant: 'binary' },
    thresholds: {},
  });
  return { ...(await place(folder, 'brightness', bytes)), manifest };
}

export async function localMulticlass(folder: string): Promise<LocalModel<ClassifierManifest>> {
  const bytes = tinyMulticlass();
  const outputs = [{ name: 'logits', semantic: 'logits' }];
  const manifest = ClassifierManifest.parse({
    ...common('multiclass', bytes, SIDE, outputs, { logits: { indices: [0, 2], values: [0, -1] } }),
    role: 'classifier',
    labels: ['none', 'bright', 'odd'],
    decode: { variant: 'multiclass' },
    thresholds: {},
  });
  return { ...(await place(folder, 'multiclass', bytes)), manifest };
}

/** Segments what is brighter than 3/4 of white; its map is the film. @param more fields of the manifest */
export async function localMultitask(
  folder: string,
  name = 'multitask',
  more: Partial<ClassifierManifest> = {},
): Promise<LocalModel<ClassifierManifest>> {
  const bytes = tinyMultitask();
  const outputs = ['logits', 'seg', 'cam'].map((output) => ({ name: output, semantic: output }));
  const manifest = ClassifierManifest.parse({
    ...common(name, bytes, SIDE, outputs, { logits: { indices: [0], values: [0] } }),
    role: 'classifier',
    decode: { variant: 'multitask', seg: { activation: 'sigmoid', threshold: 0.5 } },
    thresholds: {},
    ...more,
  });
  return { ...(await place(folder, name, bytes)), manifest };
}

/** Its maps are made of features that are no output. @param bytes another head with the same manifest */
export async function localFeatures(
  folder: string,
  name = 'features',
  bytes = featuresClassifier(),
  more: Partial<ClassifierManifest> = {},
): Promise<LocalModel<ClassifierManifest>> {
  const outputs = [{ name: 'logits', semantic: 'logits' }];
  const manifest = ClassifierManifest.parse({
    // of the ramp, whose mean is 1/2: 6/2 - 2/2
    ...common(name, bytes, SIDE, outputs, { logits: { indices: [0], values: [2] } }),
    role: 'classifier',
    decode: { variant: 'binary' },
    thresholds: {},
    activationMap: { method: 'cam', features: 'features', weight: 'fc' },
    ...more,
  });
  return { ...(await place(folder, name, bytes)), manifest };
}

/** Judged by `bright` unless a protocol says otherwise. */
export async function localFindings(
  folder: string,
  thresholds: ClassifierManifest['thresholds'] = {},
): Promise<LocalModel<ClassifierManifest>> {
  const bytes = findingsClassifier();
  const outputs = [{ name: 'logits', semantic: 'logits' }];
  const manifest = ClassifierManifest.parse({
    ...common('findings', bytes, SIDE, outputs, { logits: { indices: [0, 2], values: [0, 3] } }),
    role: 'classifier',
    labels: ['bright', 'dark', 'always'],
    decode: { variant: 'multilabel', judged: 'bright' },
    thresholds,
  });
  return { ...(await place(folder, 'findings', bytes)), manifest };
}
