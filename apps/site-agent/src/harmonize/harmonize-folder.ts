// A site's films, harmonized for itself, in order: files, place, models, journal, children, list of changes.
import { join } from 'node:path';
import { ProtocolDraft } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { digestOf } from '@sidemark/core/signing';
import { checkCanaries } from '../inference/check-canaries.ts';
import { onnxruntimeVersion } from '../inference/runtime-version.ts';
import type { FromWorker } from '../inference/worker-messages.ts';
import { WorkerPool } from '../inference/worker-pool.ts';
import type { LocalModels } from '../models/local-model.ts';
import { type EvaluationProgress, progressMeter } from '../pipeline/progress.ts';
import { writeDurably } from '../platform/disk/durable-file.ts';
import { agentVersion } from '../platform/versions.ts';
import { changesCsv, changesName, type HarmonizedFile } from './changes-csv.ts';
import { filmFiles, outputFolder } from './film-files.ts';
import type { HarmonizePlan, HarmonizeTask } from './harmonize-plan.ts';
import { HarmonizeJournal } from './harmonize.journal.ts';
import type { HarmonizeArm, HarmonizedFilm, HarmonizeFormat, WrittenFilm } from './harmonized-film.ts';

export interface Harmonization {
  readonly in: string;
  readonly out: string;
  readonly arm: HarmonizeArm;
  readonly format: HarmonizeFormat;
  readonly models: Pick<LocalModels, 'detector' | 'inpainter'>;
  /** inference processes */
  readonly workers: number;
  readonly onProgress: (progress: EvaluationProgress) => void;
  readonly signal?: AbortSignal;
}

export interface HarmonizedFolder {
  /** absolute */
  readonly out: string;
  /** in the order of their names */
  readonly files: readonly HarmonizedFile[];
  /** films that an earlier run had done */
  readonly unchanged: number;
}

/**
 * Harmonizes every film below a folder. A film that cannot be read is listed and stops nothing; the same films, models and
 * options give the same bytes.
 * @throws DomainError `no-films`, `output-in-input`, `output-taken`, `canary-failed`, `model-unloadable`,
 * `inference-failed`, `disk-failed`; the signal's reason when it is given
 */
export async function harmonizeFolder(wanted: Harmonization): Promise<HarmonizedFolder> {
  const { folder, paths } = await filmFiles(wanted.in);
  const out = await outputFolder(wanted.out, folder);
  const { arm, format, models } = wanted;
  const plan = {
    in: folder,
    out,
    arm,
    format,
    models,
    maskPolicy: ProtocolDraft.shape.maskPolicy.parse(undefined),
  };
  const journal = await HarmonizeJournal.open(out, subjectOf(plan));
  try {
    await checkCanaries([models.detector, models.inpainter], wanted.signal);
    const { films, unchanged } = await harmonizeAll(paths, plan, journal, wanted);
    const files = paths.map((path, index) => ({ path, film: films[index] ?? lost }));
    await writeDurably(join(out, changesName), changesCsv(files, arm));
    return { out, files, unchanged };
  } finally {
    await journal.close();
  }
}

const lost: HarmonizedFilm = { kind: 'refused', reason: 'inference-failed' };

function subjectOf({ arm, format, models, maskPolicy }: HarmonizePlan): string {
  const used = [models.detector, models.inpainter];
  return digestOf({
    agent: agentVersion,
    runtime: onnxruntimeVersion,
    ...{ arm, format, maskPolicy },
    models: used.map(({ sha256, manifest }) => [sha256, digestOf(manifest)]),
  });
}

async function harmonizeAll(
  paths: readonly string[],
  plan: HarmonizePlan,
  journal: HarmonizeJournal,
  { workers, onProgress, signal }: Harmonization,
): Promise<{ films: (HarmonizedFilm | undefined)[]; unchanged: number }> {
  const films: (HarmonizedFilm | undefined)[] = paths.map(() => undefined);
  const meter = progressMeter(paths.length, { done: 0, skipped: 0 }, onProgress, () => performance.now());
  const pool = new WorkerPool({
    size: Math.min(workers, paths.length),
    start: { kind: 'harmonize', plan },
    ...(signal ? { signal } : {}),
  });
  let unchanged = 0;
  let writing = Promise.resolve();
  let failure: Error | undefined;
  const settle = (index: number, answer: FromWorker | undefined): void => {
    if (failure) throw failure;
    const path = paths[index]!;
    const film = filmOf(answer, journal.known.get(path));
    films[index] = film;
    if (answer && 'harmonized' in answer && answer.harmonized.kind === 'same') unchanged++;
    else if (film?.kind === 'written') {
      writing = writing
        .then(() => journal.append(path, film))
        .catch((error: unknown) => void (failure ??= error as Error));
    }
    meter.step(film?.kind === 'refused');
  };
  try {
    await pool.run(questions(paths, journal), settle);
  } finally {
    await pool.close();
    await writing;
  }
  if (failure) throw failure;
  meter.say();
  return { films, unchanged };
}

function* questions(
  paths: readonly string[],
  { known }: HarmonizeJournal,
): Generator<{ index: number; message: { harmonize: HarmonizeTask } }> {
  for (const [index, path] of paths.entries()) {
    const earlier = known.get(path);
    const task = earlier
      ? { path, known: { source: earlier.source, output: earlier.output, written: earlier.written } }
      : { path };
    yield { index, message: { harmonize: task } };
  }
}

function filmOf(answer: FromWorker | undefined, known: WrittenFilm | undefined): HarmonizedFilm | undefined {
  if (!answer || !('harmonized' in answer)) return undefined;
  if (answer.harmonized.kind !== 'same') return answer.harmonized;
  if (known) return known;
  throw new DomainError('inference-failed', {
    reason: 'a film is said to be done that is not in the journal',
  });
}
