// What the jobs need of the rooms that read data and run models. One interface, so that a test can furnish its own.
import type { FilmAnswer } from '@sidemark/core/contract';
import type { RegisteredDataset } from '../../dataset/registered-dataset.ts';
import type { LocalModel } from '../../models/local-model.ts';
import type { Evaluation } from '../../pipeline/evaluate-job.ts';
import type { PackAsked } from '../../pipeline/pack/pack-asked.ts';
import type { Evaluated } from '../../pipeline/result/build-result.ts';
import type { EvaluationProgress } from '../../pipeline/progress.ts';

export type { Evaluated, Evaluation, EvaluationProgress, PackAsked };

/** Abstract, so that it can be a token of Nest. */
export abstract class EvaluationRooms {
  /** @throws DomainError `dataset-not-found` */
  abstract readonly loadDataset: (dataDirectory: string, study: string) => Promise<RegisteredDataset>;
  /** Reads every file again. @throws DomainError `dataset-changed` */
  abstract readonly verifyDataset: (dataset: RegisteredDataset, siteSecret: Uint8Array) => Promise<string>;
  /** @throws DomainError `canary-failed` with both numbers, `model-unloadable` */
  abstract readonly checkCanaries: (models: readonly LocalModel[], signal?: AbortSignal) => Promise<void>;
  /** One answer for each film of the pack, in its order. @throws DomainError `model-unloadable`, `inference-failed` */
  abstract readonly answerPack: (asked: PackAsked) => Promise<FilmAnswer[]>;
  /** @throws DomainError `protocol-invalid`, `model-unloadable`, `inference-failed`, `disk-failed` */
  abstract readonly evaluateJob: (evaluation: Evaluation) => Promise<Evaluated>;
}
