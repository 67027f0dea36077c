// How well one classifier does on the films of one site, on the arm that it was trained on.
import type { ClassifierManifest } from '@sidemark/core/contract';
import { overlapOf, predictedMask } from '@sidemark/core/imaging';
import { auc, dice } from '@sidemark/core/stats';
import type { LoadedModel } from '../../../apps/site-agent/src/inference/load-model.ts';
import { type ArmFilm, type FiledArm, MASK_SIDE } from './arm-films.ts';

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
const GRID = { width: MASK_SIDE, height: MASK_SIDE };

/** @param films test films of one site */
export async function figuresOn(
  model: LoadedModel<ClassifierManifest>,
  films: readonly ArmFilm[],
): Promise<TaskFigures> {
  const { decode, trainedArm } = model.manifest;
  const arm = trainedArm as FiledArm;
  const scores: number[] = [];
  const dices: number[] = [];
  let right = 0;
  for (const film of films) {
    const { logits, seg } = await model.run({ data: film.arms[arm], dims: [1, 1, SIDE, SIDE] });
    const values = Array.from(logits!.data);
    if (isRight(values, film.truth)) right++;
    scores.push(values[0]!);
    if (seg && decode.variant === 'multitask' && film.mask.includes(1)) {
      // at the model's own resolution
      const predicted = predictedMask(seg.data, GRID, GRID, decode.seg);
      dices.push(dice(overlapOf(predicted, film.mask), 'one')!);
    }
  }
  const figures: TaskFigures = { films: films.length, accuracy: right / films.length };
  if (decode.variant === 'multiclass') return figures;
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
