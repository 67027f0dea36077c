// One classifier on one film: its logits, and the activation map that explains them.
import type { ClassifierManifest } from '@sidemark/core/contract';
import { type ModelInput, NonFiniteError, requireFinite } from '@sidemark/core/imaging';
import type { FloatTensor } from '../../../inference/element-types.ts';
import type { LoadedModel, Semantic } from '../../../inference/load-model.ts';
import { exportedMap, type FilmMap } from './film-overlay.ts';
import { logitsOf, targetOf } from './logits.ts';

export interface Classified {
  /** of `logitsOf` */
  logits: number[];
  /** every output, as the model gave it */
  outputs: Partial<Record<Semantic, FloatTensor>>;
  /** undefined for a classifier without maps, and where a map that the agent makes came out as no number */
  map: FilmMap | undefined;
}

/** @throws NonFiniteError when an output holds NaN or an infinity */
export async function classify(
  classifier: LoadedModel<ClassifierManifest>,
  input: ModelInput,
): Promise<Classified> {
  const { manifest } = classifier;
  const { logits, outputs, scores } = await scoresOf(classifier, input);
  const target = targetOf(scores.data.length, logits, manifest);
  const map = classifier.mapMaker
    ? await madeMap(classifier.mapMaker(outputs.features!, target))
    : outputs.cam && exportedMap(outputs.cam, manifest, logits);
  return { logits, outputs, map };
}

/** Without any map. @throws NonFiniteError when an output holds NaN or an infinity */
export async function scoresOf(
  classifier: LoadedModel<ClassifierManifest>,
  input: ModelInput,
): Promise<Pick<Classified, 'logits' | 'outputs'> & { scores: FloatTensor }> {
  const outputs = await classifier.run(input);
  const scores = outputs.logits ?? outputs.probs;
  if (!scores) throw new RangeError('a classifier gives logits or probs');
  requireFinite(scores.data, 'classifier output');
  const logits = logitsOf(scores.data, outputs.logits ? 'logits' : 'probs', classifier.manifest);
  return { logits, outputs, scores };
}

/** The scores of a film stand without its map. */
async function madeMap(made: Promise<FloatTensor>): Promise<FilmMap | undefined> {
  try {
    const { data, dims } = await made;
    return { data, height: dims[2]!, width: dims[3]! };
  } catch (error) {
    if (error instanceof NonFiniteError) return undefined;
    throw error;
  }
}
