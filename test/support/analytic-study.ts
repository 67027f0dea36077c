// A study over the analytic models, whose answers are known and quick: two binary classifiers (one "trained" where
// markers go with disease, one on inpainted films) and a three-class one, on three arms.
import { harmonicInpainter, linearClassifier, plateauDetector } from '@sidemark/phantom';
import type { ModelVersion, ProtocolDraft } from '@sidemark/core/contract';
import type { DemoModel } from '../../apps/cli/src/demo/federation.ts';

export function analyticModels(): DemoModel[] {
  return [
    plateauDetector(),
    harmonicInpainter(),
    linearClassifier('original'),
    linearClassifier('inpainted'),
    linearClassifier('three-class'),
  ];
}

const reference = (model: ModelVersion | undefined): string =>
  model ? `${model.name}@${model.version}` : '';

/** @param models as released, in the order of `analyticModels` @param multiclass whether the sites have classes */
export function analyticProtocol(
  models: readonly ModelVersion[],
  multiclass: boolean,
): Partial<ProtocolDraft> {
  const [detector, inpainter, original, inpainted, threeClass] = models;
  const cell = (classifier: string, arm: 'original' | 'inpainted' | 'clipped') => ({ classifier, arm });
  return {
    name: 'side-markers',
    detector: reference(detector),
    inpainter: reference(inpainter),
    classifiers: [
      { id: 'trained-on-original', model: reference(original) },
      { id: 'trained-on-inpainted', model: reference(inpainted) },
      ...(multiclass ? [{ id: 'three-class', model: reference(threeClass) }] : []),
    ],
    arms: ['original', 'inpainted', 'clipped'],
    comparisons: [
      {
        id: 'diagonal',
        a: cell('trained-on-inpainted', 'inpainted'),
        b: cell('trained-on-original', 'original'),
        primary: true,
      },
      {
        id: 'remove-marker',
        a: cell('trained-on-original', 'inpainted'),
        b: cell('trained-on-original', 'original'),
        primary: false,
      },
      {
        id: 'range-only',
        a: cell('trained-on-original', 'clipped'),
        b: cell('trained-on-original', 'original'),
        primary: false,
      },
    ],
  };
}
