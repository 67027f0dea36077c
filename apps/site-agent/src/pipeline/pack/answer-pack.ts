// Every film of a qualification pack through the inference children, in the order of the pack.
import type { FilmAnswer } from '@sidemark/core/contract';
import { WorkerPool } from '../../inference/worker-pool.ts';
import { planOf } from '../image/image-plan.ts';
import type { PackAsked } from './pack-asked.ts';

/** @throws DomainError `model-unloadable`, `inference-failed`; the signal's reason when it is given */
export async function answerPack({
  protocol,
  models,
  folder,
  films,
  workers,
  signal,
}: PackAsked): Promise<FilmAnswer[]> {
  const pool = new WorkerPool({
    size: Math.min(workers, films.length),
    start: { kind: 'images', plan: planOf(protocol, models, folder) },
    ...(signal ? { signal } : {}),
  });
  const answers = films.map(({ name }): FilmAnswer => ({
    kind: 'skipped',
    film: name,
    reason: 'inference-failed',
  }));
  try {
    await pool.run(
      films.map((film, index) => ({ index, message: { film } })),
      (index, answer) => {
        if (answer && 'film' in answer) answers[index] = answer.film;
      },
    );
  } finally {
    await pool.close();
  }
  return answers;
}
