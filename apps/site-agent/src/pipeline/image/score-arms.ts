// The classifiers' part: every classifier on every arm of the protocol.
import type { Arm, ClassifierManifest } from '@sidemark/core/contract';
import { type GrayImage, type ModelInput, requireFinite, toModelInput } from '@sidemark/core/imaging';
import type { LoadedModel } from '../../inference/load-model.ts';
import { logitsOf } from './logits.ts';

/** Arms that are the same bit for bit are the same object here. */
export type ArmFilms = Readonly<Record<Exclude<Arm, 'placebo'>, GrayImage>>;

/**
 * Logits, [classifier][arm][logit].
 * @throws NonFiniteError when a classifier returns NaN or an infinity
 */
export async function scoreArms(
  films: ArmFilms,
  arms: readonly Arm[],
  classifiers: readonly LoadedModel<ClassifierManifest>[],
): Promise<number[][][]> {
  const inputs = new Map<GrayImage, Map<string, ModelInput>>();
  const scores: number[][][] = [];
  for (const classifier of classifiers) {
    const scored = new Map<GrayImage, number[]>();
    const ofArms: number[][] = [];
    for (const arm of arms) {
      const film = filmOf(films, arm);
      const logits =
        scored.get(film) ?? (await scoreFilm(classifier, inputOf(film, classifier.manifest, inputs)));
      scored.set(film, logits);
      ofArms.push(logits);
    }
    scores.push(ofArms);
  }
  return scores;
}

async function scoreFilm(classifier: LoadedModel<ClassifierManifest>, input: ModelInput): Promise<number[]> {
  const { logits, probs } = await classifier.run(input);
  const output = logits ?? probs;
  if (!output) throw new RangeError('a classifier gives logits or probs');
  requireFinite(output.data, 'classifier output');
  return logitsOf(output.data, logits ? 'logits' : 'probs', classifier.manifest);
}

function filmOf(films: ArmFilms, arm: Arm): GrayImage {
  if (arm === 'placebo') throw new RangeError('invalid arm; placebo is not computed yet');
  return films[arm];
}

/** Classifiers that want the same input (one network trained per arm) share its tensor. */
function inputOf(
  film: GrayImage,
  { input }: ClassifierManifest,
  inputs: Map<GrayImage, Map<string, ModelInput>>,
): ModelInput {
  const known = inputs.get(film) ?? new Map<string, ModelInput>();
  inputs.set(film, known);
  const key = JSON.stringify({ ...input.image, name: '' });
  const tensor = known.get(key) ?? toModelInput(film, input.image);
  known.set(key, tensor);
  return tensor;
}
