// The built-in question that every model brings: does it give its published answer on this machine?
import type { Canary, Manifest } from '@sidemark/core/contract';
import { type ErrorDetails } from '@sidemark/core/errors';
import { canaryMask, canaryTensor } from '@sidemark/core/imaging';
import { sha256 } from '@sidemark/core/signing';
import { logitsOf } from '../pipeline/image/logits.ts';
import type { FloatTensor } from './element-types.ts';
import type { LoadedModel, Semantic } from './load-model.ts';

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
    const outputs = await model.run(image, canaryMask(size));
    requireShapes(manifest, outputs);
    const failure = firstNonFinite(outputs) ?? firstDisagreement(manifest, canary, outputs);
    if (failure) return { model: name, canary: canary.pattern, ...failure };
  }
  return undefined;
}

function requireShapes(manifest: Manifest, outputs: Partial<Record<Semantic, FloatTensor>>): void {
  const sizeOf = (semantic: Semantic): number => outputs[semantic]?.data.length ?? 0;
  switch (manifest.role) {
    case 'detector': {
      const [boxes, scores, labels] = [sizeOf('boxes'), sizeOf('scores'), sizeOf('labels')];
      if (boxes === 4 * scores && labels === scores) return;
      throw new RangeError(
        `invalid detector outputs; lengths must be 4N, N, N: ${boxes}, ${scores}, ${labels}`,
      );
    }
    case 'inpainter': {
      const { h, w } = manifest.input.image.size;
      const channels = sizeOf('inpainted') / (h * w);
      if (channels === 1 || channels === manifest.input.image.channels) return;
      throw new RangeError(`invalid inpainter output; length must be ${h * w}: ${sizeOf('inpainted')}`);
    }
    case 'classifier': {
      const semantic = outputs.logits ? 'logits' : 'probs';
      logitsOf(outputs[semantic]?.data ?? new Float32Array(), semantic, manifest);
    }
  }
}

/** A canary names a few numbers of an output; all of them are to be numbers. */
function firstNonFinite(outputs: Partial<Record<Semantic, FloatTensor>>): ErrorDetails | undefined {
  for (const [semantic, { data }] of Object.entries(outputs)) {
    const index = data.findIndex((value) => !Number.isFinite(value));
    if (index >= 0)
      return { output: semantic, index, found: String(data[index]), reason: 'not a finite number' };
  }
  return undefined;
}

/** The first value beyond `atol + rtol * |expected|`. */
export function firstDisagreement(
  manifest: Manifest,
  canary: Canary,
  outputs: Partial<Record<Semantic, FloatTensor>>,
): ErrorDetails | undefined {
  for (const [output, { indices, values }] of Object.entries(canary.outputs)) {
    const semantic = manifest.outputs.find(({ name }) => name === output)?.semantic;
    const data = semantic && outputs[semantic]?.data;
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
