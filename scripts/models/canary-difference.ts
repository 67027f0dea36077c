// How far onnxruntime's answers to a model's canaries lie from those that its manifest promises.
import { canaryMask, canaryTensor } from '@sidemark/core/imaging';
import { loadModel } from '../../apps/site-agent/src/inference/load-model.ts';
import type { LocalModel } from '../../apps/site-agent/src/models/local-model.ts';

export interface Difference {
  /** largest absolute difference over all canaries, outputs and places */
  worst: number;
  /** whether every one is within the manifest's tolerance */
  within: boolean;
}

export async function canaryDifference(local: LocalModel): Promise<Difference> {
  const model = await loadModel(local);
  const { manifest } = local;
  let [worst, within] = [0, true];
  for (const { pattern, range, outputs, atol, rtol } of manifest.canary) {
    const { image } = manifest.input;
    const answers = await model.run(canaryTensor(pattern, image, range), canaryMask(image.size));
    for (const { name, semantic } of manifest.outputs) {
      const { indices = [], values = [] } = outputs[name] ?? {};
      indices.forEach((at, i) => {
        const off = Math.abs(answers[semantic]!.data[at]! - values[i]!);
        worst = Math.max(worst, off);
        if (!(off <= atol + rtol * Math.abs(values[i]!))) within = false;
      });
    }
  }
  return { worst, within };
}
