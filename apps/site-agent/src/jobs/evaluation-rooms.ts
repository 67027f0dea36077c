// What the jobs need of the rooms that read data and run models. One interface, so that a test can furnish its own.
import type { ReportResult } from '@sidemark/core/contract';
import type { RegisteredDataset } from '../dataset/registered-dataset.ts';
import type { LocalModel } from '../models/local-model.ts';
import type { Evaluation } from '../pipeline/evaluate-job.ts';
import type { EvaluationProgress } from '../pipeline/progress.ts';

export type { Evaluation, EvaluationProgress };

export interface EvaluationRooms {
  /** @throws DomainError `dataset-not-found` */
  loadDataset(dataDirectory: string, study: string): Promise<RegisteredDataset>;
  /** Reads every file again. @throws DomainError `dataset-changed` */
  verifyDataset(dataset: RegisteredDataset, siteSecret: Uint8Array): Promise<string>;
  /** @throws DomainError `canary-failed` with both numbers, `model-unloadable` */
  checkCanaries(models: readonly LocalModel[], signal?: AbortSignal): Promise<void>;
  /** @throws DomainError `protocol-invalid`, `model-unloadable`, `inference-failed`, `disk-failed` */
  evaluateJob(evaluation: Evaluation): Promise<ReportResult>;
}
