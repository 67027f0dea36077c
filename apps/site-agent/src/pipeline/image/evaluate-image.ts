// One image, start to end: film -> markers -> arms -> scores. Runs inside an inference child.
import type { ClassifierManifest } from '@sidemark/core/contract';
import type { LoadedModel } from '../../inference/load-model.ts';
import { type ArmsPlan, filmArms, reasonToSkip } from './film-arms.ts';
import { countMarkers, markerFacts } from './markers/find-markers.ts';
import type { ImageOutcome } from './image-outcome.ts';
import type { ImageSubject } from './image-plan.ts';
import type { ArmModels } from './markers/make-arms.ts';
import { scoreArms } from './scores/score-arms.ts';
import { scoreSwap } from './scores/score-swap.ts';

export interface ImageModels extends ArmModels {
  /** in protocol order */
  classifiers: LoadedModel<ClassifierManifest>[];
}

/** Scores of every classifier that sees the image on every arm, or why there are none. Never throws. */
export async function evaluateImage(
  bytes: Uint8Array,
  models: ImageModels,
  plan: ArmsPlan,
  subject: ImageSubject = { seenBy: models.classifiers.map((_, index) => index) },
): Promise<ImageOutcome> {
  try {
    return await evaluate(bytes, models, plan, subject);
  } catch (error) {
    return { kind: 'skipped', reason: reasonToSkip(error) };
  }
}

async function evaluate(
  bytes: Uint8Array,
  models: ImageModels,
  plan: ArmsPlan,
  { seenBy, mask }: ImageSubject,
): Promise<ImageOutcome> {
  const film = await filmArms(bytes, models, plan, mask);
  if (film.excluded) return film.excluded;
  const { laid, lesion, made, arms } = film;
  const { found, marked, filled } = made;
  const { films, inert, placebo } = arms;
  const regions = { marker: marked.mask, lesion };
  const answers = await scoreArms(films, plan.arms, models.classifiers, { seenBy, regions });
  const swapped = plan.swap && (await scoreSwap(films, plan.swap, models.classifiers, seenBy));
  const { labels } = models.detector.manifest;
  return {
    kind: 'scored',
    ...answers,
    ...(swapped && { swapped }),
    inert,
    ...(placebo ? { placebo } : {}),
    markers: { ...countMarkers(found, labels), needsReview: marked.rejected > 0 },
    census: markerFacts(laid.film, found, labels),
    flags: { ...laid.flags, markerDisagrees: laid.disagrees(found, models.detector.manifest) },
    ...(filled.holes && { holes: filled.holes }),
  };
}
