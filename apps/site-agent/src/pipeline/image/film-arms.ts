// From the bytes of a film to its arms, and why a film has none: the one way for figures and for pictures.
import type { SkipReason } from '@sidemark/core/contract';
import { type GrayImage, NonFiniteError, type Turn, turnPicture } from '@sidemark/core/imaging';
import { FilmRefusal, readFilm, readMask } from '../../dataset/film/film.reader.ts';
import { timed } from '../../platform/stopwatch.ts';
import type { ImageOutcome } from './image-outcome.ts';
import type { ImagePlan } from './image-plan.ts';
import type { FillPlan } from './markers/fill-markers.ts';
import { type ArmModels, type MadeArms, makeArms } from './markers/make-arms.ts';
import { type ArmsWithPlacebo, withPlacebo } from './markers/place-placebo.ts';
import { type LaidFilm, settleOrientation } from './settle-orientation.ts';

export type ArmsPlan = Pick<
  ImagePlan,
  'arms' | 'maskPolicy' | 'recipeDigest' | 'tiling' | 'orientation' | 'swap' | keyof FillPlan
>;

export type FilmArms =
  | { readonly excluded: ImageOutcome }
  | {
      readonly excluded?: undefined;
      readonly laid: Exclude<LaidFilm, { excluded: ImageOutcome }>;
      /** ground truth of the film's size */
      readonly lesion: Uint8Array | undefined;
      readonly made: MadeArms;
      readonly arms: ArmsWithPlacebo;
    };

/**
 * @param mask bytes of the ground truth
 * @throws FilmRefusal, NonFiniteError; `reasonToSkip` says what a film is counted as for them
 */
export async function filmArms(
  bytes: Uint8Array,
  models: ArmModels,
  plan: ArmsPlan,
  mask?: Uint8Array,
): Promise<FilmArms> {
  const laid = settleOrientation(await timed('decode', () => readFilm(bytes)), plan.orientation);
  if (laid.excluded) return laid;
  const lesion = mask && (await truthOf(mask, laid.film, laid.turn));
  const made = await makeArms(laid.film, models, plan, lesion);
  return { laid, lesion, made, arms: await withPlacebo(made, models.inpainter, plan) };
}

/** The ground truth, turned like its film and then in its size: registration saw to that, and the digest that nothing changed since. */
async function truthOf(bytes: Uint8Array, { width, height }: GrayImage, turn: Turn): Promise<Uint8Array> {
  const mask = turnPicture(await readMask(bytes), turn);
  if (mask.width === width && mask.height === height) return mask.pixels;
  throw new FilmRefusal('bad-geometry', 'the mask is not of the size of its film');
}

export function reasonToSkip(error: unknown): SkipReason {
  if (error instanceof FilmRefusal) return error.reason;
  return error instanceof NonFiniteError ? 'non-finite-output' : 'inference-failed';
}
