// The classifiers' part: every classifier that sees the image, on every arm of the protocol.
import { type Arm, type ClassifierManifest, mapMethodOf } from '@sidemark/core/contract';
import { type GrayImage, type ModelInput, toModelInput } from '@sidemark/core/imaging';
import type { LoadedModel } from '../../../inference/load-model.ts';
import { classify } from './classify.ts';
import { type Regions, mapOnFilm, segmentOnFilm } from './film-overlay.ts';
import type { MappedArm, ScoredImage } from '../image-outcome.ts';

/** Arms that are the same bit for bit are the same object here. */
export type ArmFilms = Readonly<Record<Arm, GrayImage>>;

/** By classifier, then by arm. */
export type ArmAnswers = Pick<ScoredImage, 'scores' | 'segmented' | 'mapped'>;

export interface ScoredSubject {
  /** indices of the classifiers that the image counts for */
  seenBy: readonly number[];
  /** of the original film, for every arm */
  regions: Regions;
}

interface Answer {
  logits: number[];
  segmented: ReturnType<typeof segmentOnFilm>;
  mapped: MappedArm | undefined;
}

/**
 * What every classifier says of every arm; no arm of a classifier that does not see the image.
 * @throws NonFiniteError when a classifier returns NaN or an infinity
 */
export async function scoreArms(
  films: ArmFilms,
  arms: readonly Arm[],
  classifiers: readonly LoadedModel<ClassifierManifest>[],
  { seenBy, regions }: ScoredSubject,
): Promise<ArmAnswers> {
  const inputs: Inputs = new Map();
  const answers: Answer[][] = [];
  for (const [index, classifier] of classifiers.entries()) {
    const known = new Map<GrayImage, Answer>();
    const ofArms: Answer[] = [];
    for (const arm of seenBy.includes(index) ? arms : []) {
      const film = films[arm];
      const answer =
        known.get(film) ??
        (await answerOf(classifier, film, inputOf(film, classifier.manifest, inputs), regions));
      known.set(film, answer);
      ofArms.push(answer);
    }
    answers.push(ofArms);
  }
  const segmented = answers.map((ofArms) => ofArms.flatMap((answer) => answer.segmented ?? []));
  const mapped = answers.map((ofArms) => ofArms.flatMap((answer) => answer.mapped ?? []));
  return {
    scores: answers.map((ofArms) => ofArms.map(({ logits }) => logits)),
    ...(segmented.some(({ length }) => length > 0) ? { segmented } : {}),
    ...(mapped.some(({ length }) => length > 0) ? { mapped } : {}),
  };
}

async function answerOf(
  classifier: LoadedModel<ClassifierManifest>,
  film: GrayImage,
  input: ModelInput,
  regions: Regions,
): Promise<Answer> {
  const { manifest } = classifier;
  const { logits, outputs, map } = await classify(classifier, input);
  return {
    logits,
    segmented: segmentOnFilm(outputs.seg, film, regions.lesion, manifest),
    mapped: mapMethodOf(manifest) && mapOnFilm(map, film, regions),
  };
}

/** By film, then by how a model wants it. */
export type Inputs = Map<GrayImage, Map<string, ModelInput>>;

/** Classifiers that want the same input (one network trained per arm) share its tensor. */
export function inputOf(film: GrayImage, { input }: ClassifierManifest, inputs: Inputs): ModelInput {
  const known = inputs.get(film) ?? new Map<string, ModelInput>();
  inputs.set(film, known);
  const key = JSON.stringify({ ...input.image, name: '' });
  const tensor = known.get(key) ?? toModelInput(film, input.image);
  known.set(key, tensor);
  return tensor;
}
