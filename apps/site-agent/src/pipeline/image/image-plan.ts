// What a child needs to know once, to evaluate any image of the job.
import { type Arm, type ProtocolDocument, recipeOf } from '@sidemark/core/contract';
import { digestOf } from '@sidemark/core/signing';
import type { LocalModels } from '../../models/local-model.ts';
import type { FillPlan } from './markers/fill-markers.ts';

/** What differs from image to image besides its bytes. */
export interface ImageSubject {
  /** indices of the classifiers that it counts for */
  seenBy: readonly number[];
  /** bytes of the ground-truth mask */
  mask?: Uint8Array;
}

export interface ImagePlan extends FillPlan {
  /** absolute */
  folder: string;
  models: LocalModels;
  arms: readonly Arm[];
  maskPolicy: ProtocolDocument['maskPolicy'];
  /** with the film, it decides where the placebo goes: the same in every study, so that a pack knows it beforehand */
  recipeDigest: string;
  tiling?: ProtocolDocument['tiling'];
  orientation?: ProtocolDocument['orientation'];
  swap?: ProtocolDocument['swap'];
}

export function planOf(protocol: ProtocolDocument, models: LocalModels, folder: string): ImagePlan {
  const { arms, maskPolicy, tiling, orientation, fill, featherPx, swap } = protocol;
  return {
    ...{ folder, models, arms, maskPolicy, fill, featherPx },
    recipeDigest: digestOf(recipeOf(protocol)),
    ...(tiling ? { tiling } : {}),
    ...(orientation ? { orientation } : {}),
    ...(swap ? { swap } : {}),
  };
}
