// The inpainter's part: each hole through the model, pasted by the agent. Outside the holes no bit changes.
import type { InpainterManifest } from '@sidemark/core/contract';
import {
  answerPlane,
  cannyEdges,
  type GrayImage,
  type HolePatch,
  holePatches,
  type MarkerMask,
  pasteHole,
  patchTensor,
} from '@sidemark/core/imaging';
import type { PatchPlanes } from '../../../inference/inpainter-feeds.ts';
import type { LoadedModel } from '../../../inference/load-model.ts';

export interface FilledFilm {
  image: GrayImage;
  /** hole pixels whose fill had to be held back */
  clamped: number;
}

/** As `inpaintHoles`, the film alone. */
export async function inpaintMarkers(
  film: GrayImage,
  marked: MarkerMask,
  inpainter: LoadedModel<InpainterManifest>,
  featherPx = 0,
): Promise<GrayImage> {
  return (await inpaintHoles(film, marked, inpainter, featherPx)).image;
}

/**
 * Arm `inpainted`. The film itself when there is no hole.
 * @param featherPx inside the holes, over which the fill fades into what was there
 * @throws NonFiniteError when the inpainter returns NaN or an infinity, RangeError when it returns another size
 */
export async function inpaintHoles(
  film: GrayImage,
  { mask, holes }: MarkerMask,
  inpainter: LoadedModel<InpainterManifest>,
  featherPx = 0,
): Promise<FilledFilm> {
  const { input, decode } = inpainter.manifest;
  const spec = {
    patch: input.image.size,
    intensity: input.image.intensity,
    context: decode.context,
    maxSide: decode.maxSide,
    keepHole: showsHole(decode),
  };
  const { outRange } = decode;
  const answerSpec = { layout: decode.outLayout ?? input.image.layout, grey: decode.outGrey };
  let [image, clamped] = [film, 0];
  // every patch is cut from the film as it was: no hole sees the filling of another
  for (const patch of holePatches(film, mask, holes, spec)) {
    const seen = patchTensor(patch, input.image, decode.holeContent ?? 'known-mean');
    const { inpainted } = await inpainter.run(seen, planesOf(patch, inpainter.manifest));
    if (!inpainted) throw new RangeError('an inpainter gives an inpainted image');
    const plane = answerPlane(inpainted, patch, answerSpec);
    const pasted = pasteHole(image, mask, patch, plane, { outRange, featherPx });
    image = pasted.image;
    clamped += pasted.clamped;
  }
  return { image, clamped };
}

function showsHole(decode: InpainterManifest['decode']): boolean {
  return (
    decode.holeContent === 'kept' || (decode.variant === 'concatenated' && decode.channels.includes('image'))
  );
}

function planesOf(patch: HolePatch, { input, decode }: InpainterManifest): PatchPlanes {
  const drawn =
    input.extra.some(({ kind }) => kind === 'edge') ||
    (decode.variant === 'concatenated' && decode.channels.includes('edge'));
  return {
    holes: patch.mask,
    kept: patch.kept && patchTensor(patch, input.image, 'kept'),
    edges: drawn ? edgesOf(patch, decode.canny) : undefined,
  };
}

/** Of the patch in [0, 1]: edges do not depend on the scale that the model wants. */
function edgesOf(
  { image, mask, h, w, intensity }: HolePatch,
  canny: InpainterManifest['decode']['canny'],
): Float32Array {
  const [low, high] = intensity.out;
  const unit = image.map((value) => (value - low) / (high - low));
  return cannyEdges(unit, mask, { width: w, height: h }, canny);
}
