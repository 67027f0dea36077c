// How well one classifier does on the films of one site, on the arm that it was trained on.
import type { ClassifierManifest } from '@sidemark/core/contract';
import { auc } from '@sidemark/core/stats';
import type { LoadedModel } from '../../../apps/site-agent/src/inference/load-model.ts';
import type { ArmFilm, FiledArm } from './arm-films.ts';

export interface TaskFigures {
  films: number;
  /** lesion against none; binary and multi-task */
  auc?: number;
  /** at the shipped threshold, or of three classes */
  accuracy: number;
  /** mean over films with a lesion; multi-task */
  dice?: number;
}

const SIDE = 128;

/** @param films test films of one site */
export async function figuresOn(
  model: LoadedModel<ClassifierManifest>,
  films: readonly ArmFilm[],
): Promise<TaskFigures> {
  const arm = model.manifest.trainedArm as FiledArm;
  const scores: number[] = [];
  const dices: number[] = [];
  let right = 0;
  for (const film of films) {
    const { logits, seg } = await model.run({ data: film.arms[arm], dims: [1, 1, SIDE, SIDE] });
    const values = Array.from(logits!.data);
    if (isRight(values, film.truth)) right++;
    scores.push(values[0]!);
    if (seg && film.mask.includes(1)) dices.push(dice(seg.data, film.mask));
  }
  const figures: TaskFigures = { films: films.length, accuracy: right / films.length };
  if (model.manifest.decode.variant === 'multiclass') return figures;
  const labels = films.map(({ truth }) => (truth > 0 ? 1 : 0));
  const found = auc(scores, labels);
  if (found.kind === 'estimate') figures.auc = found.value;
  if (dices.length > 0) figures.dice = dices.reduce((sum, one) => sum + one, 0) / dices.length;
  return figures;
}

function isRight(logits: readonly number[], truth: number): boolean {
  if (logits.length === 1) return logits[0]! >= 0 === truth > 0;
  return logits.indexOf(Math.max(...logits)) === truth;
}

/** Dice (1945) of a film at the model's own resolution: lesion where the logit is positive. */
function dice(seg: Float32Array, mask: Uint8Array): number {
  let [both, all] = [0, 0];
  seg.forEach((logit, i) => {
    const predicted = logit >= 0 ? 1 : 0;
    both += predicted * mask[i]!;
    all += predicted + mask[i]!;
  });
  return (2 * both) / all;
}
