// One film of a qualification pack: the same steps as a film of the site, and the figures between them. Runs inside an
// inference child.
import type { FilmAnswer, PackBox, SkipReason } from '@sidemark/core/contract';
import type { GrayImage } from '@sidemark/core/imaging';
import { sha256 } from '@sidemark/core/signing';
import { readFilm } from '../../dataset/film/film.reader.ts';
import type { ImageModels } from '../image/evaluate-image.ts';
import { reasonToSkip } from '../image/film-arms.ts';
import type { ImageOutcome } from '../image/image-outcome.ts';
import type { ImagePlan } from '../image/image-plan.ts';
import { makeArms } from '../image/markers/make-arms.ts';
import { withPlacebo } from '../image/markers/place-placebo.ts';
import { scoreArms } from '../image/scores/score-arms.ts';
import { settleOrientation } from '../image/settle-orientation.ts';

/** Never throws: what cannot be evaluated is answered as such. */
export async function answerFilm(
  film: { readonly name: string; readonly bytes: Uint8Array; readonly around: readonly PackBox[] },
  models: ImageModels,
  plan: ImagePlan,
): Promise<FilmAnswer> {
  try {
    return await answered(film, models, plan);
  } catch (error) {
    return { kind: 'skipped', film: film.name, reason: reasonToSkip(error) };
  }
}

async function answered(
  { name, bytes, around }: Parameters<typeof answerFilm>[0],
  models: ImageModels,
  plan: ImagePlan,
): Promise<FilmAnswer> {
  const read = await readFilm(bytes);
  const laid = settleOrientation(read, plan.orientation);
  if (laid.excluded) return { kind: 'skipped', film: name, reason: reasonOf(laid.excluded) };
  const made = await makeArms(laid.film, models, plan);
  const seenBy = models.classifiers.map((_, index) => index);
  const regions = { marker: made.marked.mask, lesion: undefined };
  const { films } = await withPlacebo(made, models.inpainter, plan);
  const { scores } = await scoreArms(films, plan.arms, models.classifiers, { seenBy, regions });
  return {
    kind: 'answered',
    film: name,
    stored: digestOfPixels(read),
    outside: digestOfPixels(blanked(made.films.inpainted, around)),
    boxes: made.found.map(({ box, score }) => ({ ...box, score })),
    logits: scores,
  };
}

function reasonOf(outcome: ImageOutcome): SkipReason {
  return outcome.kind === 'skipped' ? outcome.reason : 'inference-failed';
}

/** Little-endian, 16 bits a pixel, whatever the depth of the film. */
function digestOfPixels({ pixels }: GrayImage): string {
  const words = new Uint8Array(pixels.length * 2);
  const view = new DataView(words.buffer);
  for (let i = 0; i < pixels.length; i++) view.setUint16(2 * i, pixels[i]! & 0xffff, true);
  return sha256(words);
}

/** A copy with zeros in the boxes. */
function blanked(image: GrayImage, boxes: readonly PackBox[]): GrayImage {
  const pixels = image.pixels.slice();
  for (const { x1, y1, x2, y2 } of boxes)
    for (let y = y1; y < Math.min(y2, image.height); y++)
      pixels.fill(0, y * image.width + x1, y * image.width + Math.min(x2, image.width));
  return { ...image, pixels };
}
