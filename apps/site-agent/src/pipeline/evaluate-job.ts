// One job of a site: every image of the dataset, every classifier, every arm -> the result of the report.
import type { ProtocolDocument, SkipReason } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { digestOf } from '@sidemark/core/signing';
import type { DatasetRow, RegisteredDataset } from '../dataset/registered-dataset.ts';
import type { ChildLimits } from '../inference/inference-child.process.ts';
import { onnxruntimeVersion } from '../inference/runtime-version.ts';
import type { FromWorker } from '../inference/worker-messages.ts';
import { WorkerPool } from '../inference/worker-pool.ts';
import type { LocalModels } from '../models/local-model.ts';
import type { FilmTime } from '../platform/stopwatch.ts';
import { agentVersion } from '../platform/versions.ts';
import type { ImageOutcome } from './image/image-outcome.ts';
import { planOf } from './image/image-plan.ts';
import { imageTasks, type PlannedImage } from './image-tasks.ts';
import { Journal } from './journal.ts';
import { judgedModels } from './judged-models.ts';
import { type EvaluationProgress, progressMeter } from './progress.ts';
import { requireProtocol } from './require-protocol.ts';
import { buildResult, type Evaluated } from './result/build-result.ts';

/** Raised when the pipeline computes something else within one agent version: older journals are not resumed. */
const PIPELINE = 5;

export interface Evaluation {
  protocol: ProtocolDocument;
  models: LocalModels;
  /** verified: its digest was computed again when the job started */
  dataset: RegisteredDataset;
  journalPath: string;
  /** as the trial office names this site */
  siteName: string;
  /** keys the folds of patients; the same for every run at a site */
  foldKey: string;
  /** fewest patients that a difference may rest on */
  floor: number;
  /** inference processes */
  workers: number;
  onProgress: (progress: EvaluationProgress) => void;
  /** for the site's own monitoring: `scored` or the reason of a skip */
  onFilm?: (outcome: string, took: FilmTime) => void;
  /** for the local log */
  onSkip?: (row: DatasetRow, reason: SkipReason) => void;
  signal?: AbortSignal;
  limits?: Partial<ChildLimits>;
}

/**
 * Same data, protocol, models and build on one machine: the same result, whatever the workers, kills and restarts.
 * @throws DomainError `protocol-invalid`, `dataset-changed`, `model-unloadable`, `inference-failed`, `disk-failed`;
 * the signal's reason when it is given
 */
export async function evaluateJob(job: Evaluation): Promise<Evaluated> {
  requireProtocol(job.protocol, job.models);
  const evaluation = { ...job, models: judgedModels(job.protocol, job.models) };
  const { protocol, models, dataset } = evaluation;
  const journal = await Journal.open(evaluation.journalPath, journalOf(evaluation));
  const tasks = imageTasks(evaluation);
  const outcomes = dataset.rows.map((row, index) => tasks[index]!.skip ?? journal.outcomeOf(row.sha256));
  try {
    await evaluateRest(evaluation, tasks, outcomes, journal);
  } finally {
    await journal.close();
  }
  const settled = outcomes.map((outcome) => outcome ?? lost);
  requireSomeInference(settled);
  settled.forEach((one, i) => one.kind === 'skipped' && evaluation.onSkip?.(dataset.rows[i]!, one.reason));
  const { floor, siteName, foldKey } = evaluation;
  const { rows } = dataset;
  return buildResult({ protocol, models, rows, outcomes: settled, floor, siteName, foldKey });
}

const lost: ImageOutcome = { kind: 'skipped', reason: 'inference-failed' };

function journalOf({ protocol, models, dataset, siteName }: Evaluation): { subject: string; key: string } {
  const used = [models.detector, models.inpainter, ...models.classifiers];
  const subject = digestOf({
    pipeline: PIPELINE,
    agent: agentVersion,
    runtime: onnxruntimeVersion,
    protocol: digestOf(protocol),
    dataset: dataset.digest,
    siteName,
    models: used.map(({ sha256, manifest }) => [sha256, digestOf(manifest)]),
  });
  return { subject, key: dataset.digest };
}

/** Fills the gaps in `outcomes`; what stays empty was lost with its children. */
async function evaluateRest(
  evaluation: Evaluation,
  tasks: readonly PlannedImage[],
  outcomes: (ImageOutcome | undefined)[],
  journal: Journal,
): Promise<void> {
  const { dataset, protocol, models, signal, limits } = evaluation;
  const { folder, rows } = dataset;
  const open = rows.flatMap((_, index) => (outcomes[index] ? [] : [index]));
  const resumed = {
    done: rows.length - open.length,
    skipped: outcomes.filter((outcome) => outcome?.kind === 'skipped').length,
  };
  const meter = progressMeter(rows.length, resumed, evaluation.onProgress, () => performance.now());
  meter.say();
  if (open.length === 0) return;
  const pool = new WorkerPool({
    size: Math.min(evaluation.workers, open.length),
    start: { kind: 'images', plan: planOf(protocol, models, folder) },
    ...(limits ? { limits } : {}),
    ...(signal ? { signal } : {}),
  });
  const settle = (index: number, answer: FromWorker | undefined): void => {
    if (journal.failed) throw new DomainError('disk-failed', {});
    const outcome = answer && 'outcome' in answer ? answer.outcome : undefined;
    outcomes[index] = outcome;
    if (answer && 'outcome' in answer) evaluation.onFilm?.(nameOf(answer.outcome), answer.took);
    // a loss may be the machine's fault: the next life of the agent tries again
    if (outcome && !isLoss(outcome)) journal.append(rows[index]!.sha256, outcome);
    meter.step(outcome?.kind !== 'scored');
  };
  try {
    await pool.run(
      open.map((index) => ({ index, message: { image: tasks[index]!.task } })),
      settle,
    );
  } finally {
    await pool.close();
  }
  meter.say();
}

const nameOf = (outcome: ImageOutcome): string =>
  outcome.kind === 'skipped' ? outcome.reason : outcome.kind;

function isLoss(outcome: ImageOutcome): boolean {
  return outcome.kind === 'skipped' && outcome.reason === 'inference-failed';
}

/** A job on which every inference failed says something of the machine or the models, nothing of the images. */
function requireSomeInference(outcomes: readonly ImageOutcome[]): void {
  const scored = outcomes.some(({ kind }) => kind === 'scored');
  const losses = outcomes.filter(isLoss).length;
  if (!scored && losses > 0) throw new DomainError('inference-failed', { images: losses });
}
