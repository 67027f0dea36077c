// One question to one inference child: it may die of it, and nothing else does.
import { DomainError } from '@sidemark/core/errors';
import { WorkerPool } from '../inference/worker-pool.ts';
import type { FromWorker, ToWorker } from '../inference/worker-messages.ts';

/** @throws DomainError what the child refuses; `model-unloadable` when the question cost two children their lives */
export async function askChild(message: ToWorker, model: string): Promise<FromWorker> {
  const pool = new WorkerPool({ size: 1, start: { kind: 'canaries' } });
  let answer: FromWorker | undefined;
  try {
    await pool.run([{ index: 0, message }], (_index, reply) => void (answer = reply));
  } finally {
    await pool.close();
  }
  if (answer) return answer;
  throw new DomainError('model-unloadable', {
    model,
    reason: 'the process that ran it died, grew too large or fell silent',
  });
}
