// What the agent and its inference children say to each other. Paths and numbers only; no pixel crosses.
import type { Canary, FilmAnswer } from '@sidemark/core/contract';
import type { ErrorCode, ErrorDetails } from '@sidemark/core/errors';
import type { FileFacts } from '../dataset/check/file-facts.ts';
import type { HarmonizePlan, HarmonizeTask } from '../harmonize/harmonize-plan.ts';
import type { HarmonizeAnswer } from '../harmonize/harmonized-film.ts';
import type { FilmHeat, HeatTask } from '../heat-maps/heat-map.messages.ts';
import type { LocalModel } from '../models/local-model.ts';
import type { ImageOutcome } from '../pipeline/image/image-outcome.ts';
import type { ImagePlan } from '../pipeline/image/image-plan.ts';
import type { PackFilmFile } from '../pipeline/pack/pack-film.ts';
import type { FilmTime } from '../platform/stopwatch.ts';
import type { TrialAnswer, TrialRun } from '../trial-run/trial-run.messages.ts';

/** What a child is for; the first message it gets. */
export type WorkerStart =
  | { kind: 'images'; plan: ImagePlan }
  | { kind: 'harmonize'; plan: HarmonizePlan }
  | { kind: 'canaries' }
  | { kind: 'facts' };

/** One image: where it lies below the plan's folder, and the bytes it must have. */
export interface ImageTask extends ImageFile {
  /** indices of the classifiers that it counts for */
  seenBy: readonly number[];
  /** ground truth */
  mask?: ImageFile;
}

export interface ImageFile {
  path: string;
  sha256: string;
}

export type ToWorker =
  | { start: WorkerStart }
  | { image: ImageTask }
  | { film: PackFilmFile }
  | { heat: HeatTask & ImageTask }
  | { harmonize: HarmonizeTask }
  | { canaries: LocalModel }
  | { factsOf: { path: string } }
  | { tried: TrialRun }
  | { sealed: LocalModel };

export interface Refusal {
  code: ErrorCode;
  details: ErrorDetails;
}

export type FromWorker =
  | { ready: true }
  | { refused: Refusal }
  | { outcome: ImageOutcome; took: FilmTime }
  | { harmonized: HarmonizeAnswer }
  | { film: FilmAnswer }
  | { heat: FilmHeat }
  | { passed: true }
  | { facts: FileFacts }
  | { trial: TrialAnswer }
  | { canary: Canary[] };
