// The built-in question that every model brings: does it give its published answer on this machine?
import type { Canary, Manifest } from '@sidemark/core/contract';
import { DomainError, type ErrorDetails } from '@sidemark/core/errors';
import {
  canaryMask,
  canaryTensor,
  decodeDetections,
  fitTransform,
  NonFiniteError,
} from '@sidemark/core/imaging';
import { sha256 } from '@sidemark/core/signing';
import { logitsOf, targetOf } from '../pipeline/image/scores/logits.ts';
import { compositedFailure } from './composited.ts';
import type { LoadedModel, ModelOutput, Semantic } from './load-model.ts';

/**
 * Facts of the first disagreement, or undefined when every canary of the model agrees.
 * @throws RangeError when the outputs do not have the sizes that the pipeline will ask for
 */
export async function firstCanaryFailure(model: LoadedModel): Promise<ErrorDetails | undefined> {
  const { manifest } = model;
  const { size } = manifest.input.image;
  for (const canary of manifest.canary) {
    const image = canaryTensor(canary.pattern, manifest.input.image, canary.range);
    const name = `${manifest.name}@${manifest.version}`;
    if (sha256(littleEndian(image.data)) !== canary.inputSha256) {
      return { model: name, canary: canary.pattern, reason: 'the published input is another one' };
    }
    const holes = canaryMask(size);
    const outputs = await model.runAll(image, { holes });
    const nonFinite = firstNonFinite(outputs);
    if (!nonFinite) {
      requireShapes(manifest, outputs);
      await proveMap(model, outputs);
    }
    const failure =
      nonFinite ?? firstDisagreement(canary, outputs) ?? compositedFailure(manifest, image, holes, outputs);
    if (failure) return { model: name, canary: canary.pattern, ...failure };
  }
  return undefined;
}

/** Numbers of each output that a manifest names. */
const NAMED = 8;
/** Between the processors of sites, onnxruntime differs in the last bits of float32. */
const TOLERANCE = 2e-3;

/**
 * The model's answer to a built-in picture, as its manifest is to publish it.
 * @param range lowest and highest value of the image tensor
 * @throws RangeError as `firstCanaryFailure`; DomainError `canary-failed` for an output that is no number
 */
export async function makeCanary(
  model: LoadedModel,
  pattern: Canary['pattern'],
  range: Canary['range'],
): Promise<Canary> {
  const { manifest } = model;
  const image = canaryTensor(pattern, manifest.input.image, range);
  const holes = canaryMask(manifest.input.image.size);
  const outputs = await model.runAll(image, { holes });
  const nonFinite = firstNonFinite(outputs);
  if (nonFinite) throw new DomainError('canary-failed', { canary: pattern, ...nonFinite });
  requireShapes(manifest, outputs);
  await proveMap(model, outputs);
  const named = manifest.outputs.map(({ name }) => outputs.find((output) => output.name === name)!);
  return {
    pattern,
    range,
    inputSha256: sha256(littleEndian(image.data)),
    outputs: Object.fromEntries(
      named
        .filter(({ data }) => data.length > 0)
        .map(({ name, data }) => {
          const count = Math.min(NAMED, data.length);
          const indices = Array.from({ length: count }, (_, i) => Math.floor((i * data.length) / count));
          return [name, { indices, values: indices.map((index) => data[index]!) }];
        }),
    ),
    ...{ atol: TOLERANCE, rtol: TOLERANCE },
  };
}

function requireShapes(manifest: Manifest, outputs: readonly ModelOutput[]): void {
  const dataOf = (semantic: Semantic): Float32Array =>
    outputs.find((output) => output.semantic === semantic)?.data ?? new Float32Array();
  const { h, w } = manifest.input.image.size;
  switch (manifest.role) {
    case 'detector': {
      const { decode, labels, thresholds } = manifest;
      const whole = fitTransform({ width: w, height: h }, { h, w }, 'stretch');
      decodeDetections(outputs, whole, { decode, classes: labels.length, threshold: thresholds.score });
      return;
    }
    case 'inpainter': {
      const { length } = dataOf('inpainted');
      const channels = length / (h * w);
      if (channels === 1 || channels === manifest.input.image.channels) return;
      throw new RangeError(`invalid inpainter output; length must be ${h * w}: ${length}`);
    }
    case 'classifier': {
      const semantic = outputs.some((output) => output.semantic === 'logits') ? 'logits' : 'probs';
      logitsOf(dataOf(semantic), semantic, manifest);
    }
  }
}

/** One map: a head that does not fit what the manifest declares is found before a film is read. */
async function proveMap({ manifest, mapMaker }: LoadedModel, outputs: readonly ModelOutput[]): Promise<void> {
  const features = outputs.find(({ semantic }) => semantic === 'features');
  const given = outputs.find(({ semantic }) => semantic === 'logits' || semantic === 'probs');
  if (manifest.role !== 'classifier' || !mapMaker || !features || !given) return;
  const ranked = logitsOf(given.data, given.semantic === 'logits' ? 'logits' : 'probs', manifest);
  await mapMaker(features, targetOf(given.data.length, ranked, manifest)).catch((error: unknown) => {
    // a map that is no number is counted, film by film
    if (!(error instanceof NonFiniteError)) throw error;
  });
}

/** A canary names a few numbers of an output; all of them are to be numbers. */
function firstNonFinite(outputs: readonly ModelOutput[]): ErrorDetails | undefined {
  for (const { semantic, data } of outputs) {
    const index = data.findIndex((value) => !Number.isFinite(value));
    if (index >= 0)
      return { output: semantic, index, found: String(data[index]), reason: 'not a finite number' };
  }
  return undefined;
}

/** The first value beyond `atol + rtol * |expected|`. */
export function firstDisagreement(
  canary: Canary,
  outputs: readonly Pick<ModelOutput, 'name' | 'data'>[],
): ErrorDetails | undefined {
  for (const [output, { indices, values }] of Object.entries(canary.outputs)) {
    const data = outputs.find(({ name }) => name === output)?.data;
    if (!data || indices.length !== values.length)
      return { output, reason: 'the canary does not fit the outputs' };
    for (const [i, index] of indices.entries()) {
      const expected = values[i]!;
      const found = data[index];
      if (found === undefined) return { output, index, expected, found: 'nothing' };
      // written so that NaN fails
      const agrees = Math.abs(found - expected) <= canary.atol + canary.rtol * Math.abs(expected);
      if (!agrees) return { output, index, expected, found: Number.isFinite(found) ? found : String(found) };
    }
  }
  return undefined;
}

/** The digest in a manifest is of little-endian float32, whatever the machine. */
function littleEndian(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setFloat32(i * 4, value, true));
  return bytes;
}
