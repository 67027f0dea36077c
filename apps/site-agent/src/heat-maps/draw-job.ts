// Heat maps of a job's films, made anew on request and written to a folder of this machine. No figure comes of them, and
// nothing of them is kept in the agent's own directory.
import { mkdir } from 'node:fs/promises';
import { mapMethodOf } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import type { ChildLimits } from '../inference/inference-child.process.ts';
import { WorkerPool } from '../inference/worker-pool.ts';
import { planOf } from '../pipeline/image/image-plan.ts';
import { imageTasks } from '../pipeline/image-tasks.ts';
import { onDisk } from '../platform/disk/durable-file.ts';
import type { FilmHeat } from './heat-map.messages.ts';
import type { JobAtHand } from './job-at-hand.ts';

export interface HeatMapsAsked extends JobAtHand {
  /** rows of the dataset, from 1. undefined: the first `FIRST_FILMS` that count */
  readonly rows?: readonly number[];
  /** absolute */
  readonly out: string;
  /** also the film before and after inpainting; absent: heat maps alone */
  readonly inpainting?: boolean;
  readonly onFilm: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
  readonly limits?: Partial<ChildLimits>;
}

/** A site has thousands; who wants all of them says so. */
export const FIRST_FILMS = 20;

/**
 * One answer for each film asked for, by row.
 * @throws DomainError `model-map-unavailable` where no classifier has maps; `dataset-changed`, `model-unloadable`,
 * `inference-failed`, `disk-failed`; the signal's reason when it is given
 */
export async function drawJob(asked: HeatMapsAsked): Promise<FilmHeat[]> {
  const { protocol, dataset, siteName, out, inpainting = false, onFilm, signal, limits } = asked;
  const all = protocol.classifiers.map(({ id }, i) => ({ id, model: asked.models.classifiers[i]! }));
  const withMaps = all.filter(({ model }) => mapMethodOf(model.manifest));
  // without maps, which films count is still asked of the classifiers
  const drawn = withMaps.length === 0 && inpainting ? all : withMaps;
  if (drawn.length === 0)
    throw new DomainError('model-map-unavailable', { reason: 'no classifier of the protocol has maps' });
  const models = { ...asked.models, classifiers: drawn.map(({ model }) => model) };
  const planned = imageTasks({ protocol, models, dataset, siteName });
  const counting = planned.flatMap(({ skip }, i) => (skip ? [] : [i + 1]));
  const rows = asked.rows ?? counting.slice(0, FIRST_FILMS);
  const films: FilmHeat[] = rows.map((row) => {
    const skip = planned[row - 1]!.skip;
    return {
      row,
      inpainting: null,
      maps: [],
      skipped: skip?.kind === 'skipped' ? skip.reason : 'inference-failed',
    };
  });
  // pictures of patients
  await onDisk(() => mkdir(out, { recursive: true, mode: 0o700 }));
  const pool = new WorkerPool({
    size: 1,
    start: { kind: 'images', plan: planOf(protocol, models, dataset.folder) },
    ...(limits ? { limits } : {}),
    ...(signal ? { signal } : {}),
  });
  const ids = drawn.map(({ id }) => id);
  const open = rows.flatMap((row, index) => (planned[row - 1]!.skip ? [] : [{ row, index }]));
  let done = 0;
  try {
    await pool.run(
      open.map(({ row, index }) => ({
        index,
        message: { heat: { ...planned[row - 1]!.task, row, out, ids, inpainting } },
      })),
      (index, answer) => {
        if (answer && 'heat' in answer) films[index] = answer.heat;
        onFilm(++done, open.length);
      },
    );
  } finally {
    await pool.close();
  }
  return films;
}
