// The inpainter's part: each hole through the model, pasted by the agent. Outside the holes no bit changes.
import type { InpainterManifest } from '@sidemark/core/contract';
import {
  channelAffine,
  type GrayImage,
  type HolePatch,
  holePatches,
  type MarkerMask,
  pasteHole,
} from '@sidemark/core/imaging';
import type { FloatTensor } from '../../inference/element-types.ts';
import type { LoadedModel } from '../../inference/load-model.ts';

/**
 * Arm `inpainted`. The film itself when there is no hole.
 * @throws NonFiniteError when the inpainter returns NaN or an infinity
 */
export async function inpaintMarkers(
  film: GrayImage,
  { mask, holes }: MarkerMask,
  inpainter: LoadedModel<InpainterManifest>,
): Promise<GrayImage> {
  const { input, decode } = inpainter.manifest;
  const spec = { patch: input.image.size, intensity: input.image.intensity };
  let image = film;
  // every patch is cut from the film as it was: no hole sees the filling of another
  for (const patch of holePatches(film, mask, holes, spec)) {
    const { inpainted } = await inpainter.run(patchTensor(patch, input.image), patch.mask);
    if (!inpainted) throw new RangeError('an inpainter gives an inpainted image');
    image = pasteHole(
      image,
      mask,
      patch,
      firstChannel(inpainted, input.image.layout, patch),
      decode.outRange,
    ).image;
  }
  return image;
}

function patchTensor(patch: HolePatch, spec: InpainterManifest['input']['image']): FloatTensor {
  const { h, w, image } = patch;
  const { channels, layout, normalise } = spec;
  const data = new Float32Array(channels * h * w);
  for (let c = 0; c < channels; c++) {
    const { gain, shift } = channelAffine(normalise, c, channels);
    const at = layout === 'NCHW' ? (i: number) => c * h * w + i : (i: number) => i * channels + c;
    image.forEach((value, i) => (data[at(i)] = value * gain + shift));
  }
  return { data, dims: layout === 'NCHW' ? [1, channels, h, w] : [1, h, w, channels] };
}

/** Grey films come back with equal channels, or with one. */
function firstChannel({ data }: FloatTensor, layout: 'NCHW' | 'NHWC', { h, w }: HolePatch): Float32Array {
  if (data.length === h * w) return data;
  const channels = data.length / (h * w);
  return layout === 'NCHW'
    ? data.slice(0, h * w)
    : Float32Array.from({ length: h * w }, (_, i) => data[i * channels]!);
}
