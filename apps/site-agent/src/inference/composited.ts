// An inpainter that says it gives back what is known must do so: the surest sign that its range out is right.
import type { Manifest } from '@sidemark/core/contract';
import type { ErrorDetails } from '@sidemark/core/errors';
import { answerPlane, channelAffine } from '@sidemark/core/imaging';
import type { FloatTensor } from './element-types.ts';
import type { ModelOutput } from './load-model.ts';

/** Mean distance of known pixels that come back, as a share of the range. */
const MOST = 0.02;

/** Facts of a promise `composited` that a canary breaks. */
export function compositedFailure(
  manifest: Manifest,
  image: FloatTensor,
  holes: Float32Array,
  outputs: readonly ModelOutput[],
): ErrorDetails | undefined {
  if (manifest.role !== 'inpainter' || manifest.decode.composited !== true) return undefined;
  const output = outputs.find(({ semantic }) => semantic === 'inpainted');
  if (!output) return undefined;
  const { input, decode } = manifest;
  const { layout, channels, normalise, intensity, size } = input.image;
  const back = answerPlane(output, size, { layout: decode.outLayout ?? layout, grey: decode.outGrey });
  const { gain, shift } = channelAffine(normalise, 0, channels);
  const step = layout === 'NCHW' ? 1 : channels;
  const share = (value: number, [low, high]: readonly [number, number]): number =>
    (value - low) / (high - low);
  let [sum, count] = [0, 0];
  for (let i = 0; i < back.length; i++) {
    if (holes[i] === 1) continue;
    const seen = (image.data[i * step]! - shift) / gain;
    sum += Math.abs(share(seen, intensity.out) - share(back[i]!, decode.outRange));
    count++;
  }
  if (sum / count <= MOST) return undefined;
  return {
    reason: 'known pixels do not come back: composited, outRange or outLayout is not as the manifest says',
    found: Number((sum / count).toPrecision(3)),
    expected: `at most ${MOST} of the range`,
  };
}
