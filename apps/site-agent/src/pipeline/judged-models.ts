// The models of a protocol as it judges them: of a multi-label classifier it may choose another label than the manifest.
import type { ClassifierManifest, ProtocolDocument } from '@sidemark/core/contract';
import type { LocalModel, LocalModels } from '../models/local-model.ts';

/** @param models in the order of the protocol */
export function judgedModels({ classifiers }: ProtocolDocument, models: LocalModels): LocalModels {
  return {
    ...models,
    classifiers: models.classifiers.map((model, index) => judgedBy(model, classifiers[index]?.label)),
  };
}

function judgedBy(
  model: LocalModel<ClassifierManifest>,
  label: string | undefined,
): LocalModel<ClassifierManifest> {
  const { decode } = model.manifest;
  if (label === undefined || decode.variant !== 'multilabel') return model;
  return { ...model, manifest: { ...model.manifest, decode: { ...decode, judged: label } } };
}
