// Arm `placebo`: holes of the markers' shapes, filled where no marker is. The protocol's recipe and the film decide where, so that every
// life of the agent and every worker makes the same one.
import type { InpainterManifest } from '@sidemark/core/contract';
import { type GrayImage, isInert, type MarkerMask, placeboMask } from '@sidemark/core/imaging';
import { sha256 } from '@sidemark/core/signing';
import type { LoadedModel } from '../../../inference/load-model.ts';
import { fillMarkers, type FillPlan } from './fill-markers.ts';
import type { PlaceboOutcome, ScoredImage } from '../image-outcome.ts';
import type { ImagePlan } from '../image-plan.ts';
import type { MadeArms } from './make-arms.ts';
import type { ArmFilms } from '../scores/score-arms.ts';

type PlaceboPlan = FillPlan & Pick<ImagePlan, 'arms' | 'recipeDigest'>;

export interface ArmsWithPlacebo {
  readonly films: ArmFilms;
  readonly inert: ScoredImage['inert'];
  /** absent where the plan has no such arm */
  readonly placebo?: PlaceboOutcome;
}

/**
 * The arms of a film, and its placebo where the plan wants one; the original itself where nothing was filled.
 * @throws NonFiniteError when the inpainter returns NaN or an infinity
 */
export async function withPlacebo(
  { films, inert, marked }: Pick<MadeArms, 'films' | 'inert' | 'marked'>,
  inpainter: LoadedModel<InpainterManifest>,
  plan: PlaceboPlan,
): Promise<ArmsWithPlacebo> {
  const { original } = films;
  if (!plan.arms.includes('placebo')) return { films: { ...films, placebo: original }, inert };
  const { film, outcome } = await placePlacebo(original, marked, inpainter, plan);
  const same = isInert(original, film);
  return {
    films: { ...films, placebo: same ? original : film },
    inert: { ...inert, placebo: same },
    placebo: outcome,
  };
}

async function placePlacebo(
  film: GrayImage,
  marked: MarkerMask,
  inpainter: LoadedModel<InpainterManifest>,
  plan: PlaceboPlan,
): Promise<{ film: GrayImage; outcome: PlaceboOutcome }> {
  if (marked.rejected > 0 || marked.holes.length === 0) return { film, outcome: 'none' };
  const elsewhere = placeboMask(film, marked, drawsOf(film, plan.recipeDigest));
  if (!elsewhere) return { film, outcome: 'no-place' };
  const { image } = await fillMarkers(film, elsewhere, inpainter, plan);
  return { film: image, outcome: 'filled' };
}

/** Numbers in [0, 1) of 48 bits: SHA-256 of recipe digest, pixel digest and a counter. */
function drawsOf({ width, height, pixels }: GrayImage, recipeDigest: string): () => number {
  const bytes = new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength);
  const seed = `${recipeDigest} ${sha256(bytes)} ${width} x ${height}`;
  let drawn = 0;
  return () => parseInt(sha256(`${seed} ${drawn++}`).slice(0, 12), 16) / 2 ** 48;
}
