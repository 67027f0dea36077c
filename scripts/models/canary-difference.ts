// A model's canaries as an agent asks them, and how far onnxruntime's answers lie from those of its manifest.
import type { ErrorDetails } from '@sidemark/core/errors';
import { canaryMask, canaryTensor } from '@sidemark/core/imaging';
import { firstCanaryFailure } from '../../apps/site-agent/src/inference/canary.ts';
import { loadModel } from '../../apps/site-agent/src/inference/load-model.ts';
import type { LocalModel } from '../../apps/site-agent/src/models/local-model.ts';

export interface Difference {
  /** largest absolute difference over all canaries, outputs and places */
  worst: number;
  /** why an agent would not take the model */
  failure?: ErrorDetails;
}

export async function canaryDifference(local: LocalModel): Promise<Difference> {
  const model = await loadModel(local);
  const { manifest } = local;
  const failure = await firstCanaryFailure(model);
  let worst = 0;
  for (const { pattern, range, outputs } of manifest.canary) {
    const { image } = manifest.input;
    const answers = await model.runAll(canaryTensor(pattern, image, range), {
      holes: canaryMask(image.size),
    });
    for (const { name, data } of answers) {
      const { indices = [], values = [] } = outputs[name] ?? {};
      const off = indices.map((at, i) => Math.abs(data[at]! - values[i]!));
      worst = Math.max(worst, ...off);
    }
  }
  return failure ? { worst, failure } : { worst };
}
