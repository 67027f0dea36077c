// One image, start to end: film -> markers -> arms -> scores. Runs inside an inference child.
import type { ClassifierManifest, DetectorManifest, InpainterManifest } from '@sidemark/core/contract';
import { clipToRange, isInert, markerMask, NonFiniteError } from '@sidemark/core/imaging';
import { FilmRefusal, readFilm } from '../../dataset/film/film.reader.ts';
import type { LoadedModel } from '../../inference/load-model.ts';
import { countMarkers, findMarkers, maskPolicyOf } from './find-markers.ts';
import type { ImageOutcome } from './image-outcome.ts';
import type { ImagePlan } from './image-plan.ts';
import { inpaintMarkers } from './inpaint-markers.ts';
import { scoreArms } from './score-arms.ts';

export interface ImageModels {
  detector: LoadedModel<DetectorManifest>;
  inpainter: LoadedModel<InpainterManifest>;
  /** in protocol order */
  classifiers: LoadedModel<ClassifierManifest>[];
}

/** Scores of every classifier on every arm, or why there are none. Never throws. */
export async function evaluateImage(
  bytes: Uint8Array,
  models: ImageModels,
  plan: Pick<ImagePlan, 'arms' | 'maskPolicy'>,
): Promise<ImageOutcome> {
  try {
    return await evaluate(bytes, models, plan);
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
  plan: Pick<ImagePlan, 'arms' | 'maskPolicy'>,
): Promise<ImageOutcome> {
  const original = await readFilm(bytes);
  const policy = maskPolicyOf(plan.maskPolicy, models.detector.manifest);
  const found = await findMarkers(original, models.detector, policy.scoreThreshold);
  const marked = markerMask(original, found, policy);
  // a box too large to be a marker needs a person's eye: the film keeps its original, and is counted
  const inpainted = marked.rejected > 0 ? original : await inpaintMarkers(original, marked, models.inpainter);
  const clipped = clipToRange(original, inpainted);
  const inert = { inpainted: isInert(original, inpainted), clipped: isInert(original, clipped) };
  const films = {
    original,
    // one and the same film object is scored once
    inpainted: inert.inpainted ? original : inpainted,
    clipped: inert.clipped ? original : clipped,
  };
  const scores = await scoreArms(films, plan.arms, models.classifiers);
  const { labels } = models.detector.manifest;
  return {
    kind: 'scored',
    scores,
    inert,
    markers: { ...countMarkers(found, labels), needsReview: marked.rejected > 0 },
  };
}
