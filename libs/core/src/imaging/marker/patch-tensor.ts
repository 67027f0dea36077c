// A patch as the tensor that an inpainter declares, and its answer as the plane that is pasted.
import type { HolePatch } from './hole-patch.ts';
import { channelAffine, type ModelInputSpec } from '../tensor/model-input.ts';
import { toBytes } from '../tensor/quantise.ts';

/** What the hole holds when the model sees it; a value is one of the tensor, after normalisation. */
export type HoleContent = 'known-mean' | 'kept' | 'zero' | 'noise' | { readonly value: number };

/** `input.image` of an inpainter's manifest, as far as its patches go. */
export type PatchImageSpec = Pick<
  ModelInputSpec,
  'channels' | 'layout' | 'normalise' | 'intensity' | 'dtype'
>;

export interface Tensor {
  data: Float32Array;
  dims: number[];
}

/**
 * The image of a patch: quantised, hole filled, normalised, laid out.
 * @param content `kept` needs a patch that was cut with `keepHole`
 * @throws RangeError on a mean or std of another length than the channels
 */
export function patchTensor(patch: HolePatch, spec: PatchImageSpec, content: HoleContent): Tensor {
  const { h, w, mask } = patch;
  const { channels, layout, normalise, intensity } = spec;
  const plane = new Float32Array(planeOf(patch, content));
  if (intensity.quantise === 'uint8') toBytes(plane, intensity.rounding);
  const fixed = content === 'zero' ? 0 : typeof content === 'object' ? content.value : undefined;
  const data = new Float32Array(channels * h * w);
  for (let c = 0; c < channels; c++) {
    const { gain, shift } = channelAffine(normalise, c, channels);
    const [base, step] = layout === 'NCHW' ? [c * h * w, 1] : [c, channels];
    for (let i = 0; i < plane.length; i++) {
      const hole = fixed !== undefined && mask[i] === 1;
      data[base + i * step] = hole ? fixed : plane[i]! * gain + shift;
    }
  }
  if (spec.dtype === 'uint8') toBytes(data, intensity.rounding);
  return { data, dims: layout === 'NCHW' ? [1, channels, h, w] : [1, h, w, channels] };
}

/** In `intensity.out`. */
function planeOf({ image, kept, mask, intensity }: HolePatch, content: HoleContent): Float32Array {
  if (content === 'kept') {
    if (!kept) throw new RangeError('invalid patch; it was cut without what is in the hole');
    return kept;
  }
  if (content !== 'noise') return image;
  const [low, high] = intensity.out;
  // the generator of Numerical Recipes: no randomness, so that a result can be computed again
  let state = 1;
  return image.map((value, i) => {
    if (mask[i] === 0) return value;
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return low + (state / 2 ** 32) * (high - low);
  });
}

export interface AnswerSpec {
  layout: 'NCHW' | 'NHWC';
  /** of several channels; default the first */
  grey?: 'first-channel' | 'mean' | undefined;
}

/**
 * The one plane of an inpainter's answer.
 * @param answer [1, c, h, w] or [1, h, w, c], c of 1 or 3; one channel may come without its axis
 * @throws RangeError for another size
 */
export function answerPlane(
  answer: { data: Float32Array; dims: readonly number[] },
  { h, w }: { h: number; w: number },
  { layout, grey = 'first-channel' }: AnswerSpec,
): Float32Array {
  const { data, dims } = answer;
  const channels = data.length / (h * w);
  const [rows, columns] = layout === 'NHWC' && dims.length === 4 ? dims.slice(1, 3) : dims.slice(-2);
  if ((channels !== 1 && channels !== 3) || rows !== h || columns !== w) {
    throw new RangeError(
      `invalid inpainter output; must be ${h} x ${w}, 1 or 3 channels: ${dims.join(' x ')}`,
    );
  }
  if (channels === 1) return data;
  const [across, step] = layout === 'NCHW' ? [h * w, 1] : [1, 3];
  const plane = new Float32Array(h * w);
  for (let i = 0; i < plane.length; i++) {
    const first = data[i * step]!;
    plane[i] =
      grey === 'mean' ? (first + data[i * step + across]! + data[i * step + 2 * across]!) / 3 : first;
  }
  return plane;
}
