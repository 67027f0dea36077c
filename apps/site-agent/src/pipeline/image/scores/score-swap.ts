// Counterfactual marker swap: what the binary classifiers say of a film whose markers are gone, under each glyph in turn.
import type { ClassifierManifest, MarkerSwap } from '@sidemark/core/contract';
import { glyphsOf, type GrayImage, range, stampGlyph } from '@sidemark/core/imaging';
import type { LoadedModel } from '../../../inference/load-model.ts';
import { scoresOf } from './classify.ts';
import { inputOf, type Inputs } from './score-arms.ts';

interface SwapFilms {
  /** its brightest value is what glyphs are drawn in */
  readonly original: GrayImage;
  readonly inpainted: GrayImage;
}

/**
 * Classifier x glyph; no glyph of a classifier that is multi-class or not among `seenBy`. One film at a time is drawn.
 * @throws NonFiniteError when a classifier returns NaN or an infinity
 */
export async function scoreSwap(
  { original, inpainted }: SwapFilms,
  swap: MarkerSwap,
  classifiers: readonly LoadedModel<ClassifierManifest>[],
  seenBy: readonly number[],
): Promise<number[][]> {
  const white = range(original.pixels).max;
  const scores = classifiers.map((): number[] => []);
  const asked = [...classifiers.entries()].filter(
    ([index, { manifest }]) => seenBy.includes(index) && manifest.decode.variant !== 'multiclass',
  );
  if (asked.length === 0) return scores;
  for (const glyph of glyphsOf(swap)) {
    const film = stampGlyph(inpainted, glyph, white);
    const inputs: Inputs = new Map();
    for (const [index, classifier] of asked) {
      const { logits } = await scoresOf(classifier, inputOf(film, classifier.manifest, inputs));
      scores[index]!.push(logits[0]!);
    }
  }
  return scores;
}
