// The heat maps of one film: every classifier that has maps, on every arm, drawn beside the film. Runs inside an inference
// child, on the very arms of an evaluation.
import { join } from 'node:path';
import type { Arm } from '@sidemark/core/contract';
import { isDomainError } from '@sidemark/core/errors';
import { type GrayImage, toModelInput } from '@sidemark/core/imaging';
import { writePicture } from '../dataset/film/picture.writer.ts';
import type { ImageTask } from '../inference/worker-messages.ts';
import { classify } from '../pipeline/image/scores/classify.ts';
import type { ImageModels } from '../pipeline/image/evaluate-image.ts';
import { type ArmsPlan, filmArms, reasonToSkip } from '../pipeline/image/film-arms.ts';
import type { MadeArms } from '../pipeline/image/markers/make-arms.ts';
import { explainedLabel } from '../pipeline/image/scores/logits.ts';
import { heatPicture, inpaintedPicture } from '../trial-run/trial-picture.ts';
import type { FilmHeat, HeatMapFacts, HeatTask } from './heat-map.messages.ts';

/** @throws DomainError `disk-failed`, `model-map-unavailable`; what is wrong with the film is an answer */
export async function drawFilm(
  film: { bytes: Uint8Array; mask?: Uint8Array },
  models: ImageModels,
  plan: ArmsPlan,
  task: HeatTask & Pick<ImageTask, 'seenBy'>,
): Promise<FilmHeat> {
  const { row } = task;
  try {
    const made = await filmArms(film.bytes, models, plan, film.mask);
    if (made.excluded) {
      const skipped = made.excluded.kind === 'skipped' ? made.excluded.reason : null;
      return { row, skipped, inpainting: null, maps: [] };
    }
    const inpainting = task.inpainting ? await drawInpainting(made.made, task) : null;
    const maps = await drawArms(made.arms.films, models, plan.arms, task);
    return { row, skipped: null, inpainting, maps };
  } catch (error) {
    if (isDomainError(error)) throw error;
    return { row, skipped: reasonToSkip(error), inpainting: null, maps: [] };
  }
}

/** The film with its holes framed, and the first of them before and after. */
async function drawInpainting({ films, marked }: MadeArms, { row, out }: HeatTask): Promise<string> {
  const file = `film-${String(row).padStart(5, '0')}.inpainting.png`;
  const boxes = marked.holes.map(({ box }) => box);
  await writePicture(join(out, file), inpaintedPicture(films.original, films.inpainted, boxes));
  return file;
}

async function drawArms(
  films: Readonly<Record<Arm, GrayImage>>,
  { classifiers }: ImageModels,
  arms: readonly Arm[],
  task: HeatTask & Pick<ImageTask, 'seenBy'>,
): Promise<HeatMapFacts[]> {
  const maps: HeatMapFacts[] = [];
  for (const index of task.seenBy) {
    const known = new Map<GrayImage, HeatMapFacts>();
    for (const arm of arms) {
      const same = known.get(films[arm]);
      const facts = same ?? (await drawOne(films[arm], classifiers[index]!, arm, task, task.ids[index]!));
      known.set(films[arm], facts);
      maps.push({ ...facts, arm });
    }
  }
  return maps;
}

async function drawOne(
  film: GrayImage,
  classifier: ImageModels['classifiers'][number],
  arm: Arm,
  { row, out }: HeatTask,
  id: string,
): Promise<HeatMapFacts> {
  const { manifest } = classifier;
  const { logits, map } = await classify(classifier, toModelInput(film, manifest.input.image));
  const label = explainedLabel(logits, manifest);
  const file = map ? fileName({ row, classifier: id, arm, label }) : null;
  if (file !== null) await writePicture(join(out, file), heatPicture([{ film, maps: [map] }]));
  return { classifier: id, arm, label, file };
}

/** Nothing of the film is in it but the number of its row. */
function fileName({
  row,
  classifier,
  arm,
  label,
}: {
  row: number;
  classifier: string;
  arm: Arm;
  label: string;
}): string {
  const plain = label.replaceAll(/[^\p{L}\p{N}]+/gu, '-');
  return `film-${String(row).padStart(5, '0')}.${classifier}.${arm}.${plain}.png`;
}
