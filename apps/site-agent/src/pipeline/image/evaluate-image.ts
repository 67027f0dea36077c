// One image, start to end: film -> markers -> arms -> scores. Runs inside an inference child.
import type { ClassifierManifest } from '@sidemark/core/contract';
import { type GrayImage, NonFiniteError, type Turn, turnPicture } from '@sidemark/core/imaging';
import { FilmRefusal, readFilm, readMask } from '../../dataset/film/film.reader.ts';
import type { LoadedModel } from '../../inference/load-model.ts';
import { countMarkers, markerFacts } from './find-markers.ts';
import type { ImageOutcome } from './image-outcome.ts';
import type { ImagePlan, ImageSubject } from './image-plan.ts';
import type { FillPlan } from './fill-markers.ts';
import { type ArmModels, makeArms } from './make-arms.ts';
import { withPlacebo } from './place-placebo.ts';
import { scoreArms } from './score-arms.ts';
import { settleOrientation } from './settle-orientation.ts';

export interface ImageModels extends ArmModels {
  /** in protocol order */
  classifiers: LoadedModel<ClassifierManifest>[];
}

/** Scores of every classifier that sees the image on every arm, or why there are none. Never throws. */
export async function evaluateImage(
  bytes: Uint8Array,
  models: ImageModels,
  plan: Pick<ImagePlan, 'arms' | 'maskPolicy' | 'protocolDigest' | 'tiling' | 'orientation' | keyof FillPlan>,
  subject: ImageSubject = { seenBy: models.classifiers.map((_, index) => index) },
): Promise<ImageOutcome> {
  try {
    return await evaluate(bytes, models, plan, subject);
  } catch (error) {
    if (error instanceof FilmRefusal) return { kind: 'skipped', reason: error.reason };
    return {
      kind: 'skipped',
      reason: error instanceof NonFiniteError ? 'non-finite-output' : 'inference-failed',
    };
  }
}

async function evaluate(
  bytes: Uint8Array,
  models: ImageModels,
  plan: Pick<ImagePlan, 'arms' | 'maskPolicy' | 'protocolDigest' | 'tiling' | 'orientation' | keyof FillPlan>,
  { seenBy, mask }: ImageSubject,
): Promise<ImageOutcome> {
  const laid = settleOrientation(await readFilm(bytes), plan.orientation);
  if (laid.excluded) return laid.excluded;
  const { film: original, turn } = laid;
  const lesion = mask && (await truthOf(mask, original, turn));
  const made = await makeArms(original, models, plan, lesion);
  const { found, marked, filled } = made;
  const { films, inert, placebo } = await withPlacebo(made, models.inpainter, plan);
  const regions = { marker: marked.mask, lesion };
  const answers = await scoreArms(films, plan.arms, models.classifiers, { seenBy, regions });
  const { labels } = models.detector.manifest;
  return {
    kind: 'scored',
    ...answers,
    inert,
    ...(placebo ? { placebo } : {}),
    markers: { ...countMarkers(found, labels), needsReview: marked.rejected > 0 },
    census: markerFacts(original, found, labels),
    flags: { ...laid.flags, markerDisagrees: laid.disagrees(found, models.detector.manifest) },
    ...(filled.holes && { holes: filled.holes }),
  };
}

/** The ground truth, turned like its film and then in its size: registration saw to that, and the digest that nothing changed since. */
async function truthOf(bytes: Uint8Array, { width, height }: GrayImage, turn: Turn): Promise<Uint8Array> {
  const mask = turnPicture(await readMask(bytes), turn);
  if (mask.width === width && mask.height === height) return mask.pixels;
  throw new FilmRefusal('bad-geometry', 'the mask is not of the size of its film');
}
