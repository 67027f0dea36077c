// Before a model is trusted, it is loaded in a child process and asked its canaries.
import { DomainError } from '@sidemark/core/errors';
import type { LocalModel } from '../models/local-model.ts';
import type { ChildLimits } from './inference-child.process.ts';
import { WorkerPool } from './worker-pool.ts';

/**
 * Resolves when every model loads, has the inputs and outputs of its manifest, and gives its published answers.
 * @param limits of the process that runs them, where they differ from those of an evaluation
 * @throws DomainError `canary-failed` with both numbers, `model-unloadable`
 */
export async function checkCanaries(
  models: readonly LocalModel[],
  signal?: AbortSignal,
  limits: Partial<ChildLimits> = {},
): Promise<void> {
  const pool = new WorkerPool({
    size: 1,
    start: { kind: 'canaries' },
    limits,
    ...(signal ? { signal } : {}),
  });
  try {
    await pool.run(
      models.map((model, index) => ({ index, message: { canaries: model } })),
      (index, answer) => {
        if (!answer) throw unloadable(models[index]!);
      },
    );
  } finally {
    await pool.close();
  }
}

function unloadable({ manifest }: LocalModel): DomainError {
  return new DomainError('model-unloadable', {
    model: `${manifest.name}@${manifest.version}`,
    reason: 'the process that ran it died, grew too large or fell silent',
  });
}
