// The holes of a film, filled as the protocol says: by its inpainter, or by arithmetic that needs none.
import type { HoleFill, InpainterManifest } from '@sidemark/core/contract';
import { baselineFill, type GrayImage, type MarkerMask, seamScore } from '@sidemark/core/imaging';
import type { LoadedModel } from '../../../inference/load-model.ts';
import type { ScoredImage } from '../image-outcome.ts';
import { type FilledFilm, inpaintHoles } from './inpaint-markers.ts';

export interface FillPlan {
  /** absent: model */
  fill?: HoleFill | undefined;
  /** of a model's fill, px; absent: 0 */
  featherPx?: number | undefined;
}

export interface FilledMarkers {
  image: GrayImage;
  /** absent: no hole */
  holes?: ScoredImage['holes'];
}

/**
 * Arm `inpainted`, and what there is to say of its holes. The film itself when there is none.
 * @throws NonFiniteError, RangeError as `inpaintHoles`
 */
export async function fillMarkers(
  film: GrayImage,
  marked: MarkerMask,
  inpainter: LoadedModel<InpainterManifest>,
  { fill = 'model', featherPx }: FillPlan,
): Promise<FilledMarkers> {
  const { mask, holes } = marked;
  if (holes.length === 0) return { image: film };
  const { image, clamped }: FilledFilm =
    fill === 'model'
      ? await inpaintHoles(film, marked, inpainter, featherPx)
      : { image: baselineFill(film, marked, fill), clamped: 0 };
  const area = holes.reduce((sum, hole) => sum + hole.area, 0);
  const seam = seamScore(image, mask, holes) ?? null;
  return { image, holes: { count: holes.length, area, clamped, seam } };
}
