// What a protocol must agree on with its models before an image is read.
import { type CellRef, classifierIssues, type ProtocolDocument } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import type { LocalModels } from '../models/local-model.ts';
import { judgedModels } from './judged-models.ts';

/** @throws DomainError `protocol-invalid` naming every contradiction */
export function requireProtocol(protocol: ProtocolDocument, models: LocalModels): void {
  const wanted = [protocol.detector, protocol.inpainter, ...protocol.classifiers.map(({ model }) => model)];
  const given = [models.detector, models.inpainter, ...models.classifiers];
  const problems: string[] = [];
  if (wanted.length !== given.length || wanted.some((ref, i) => ref.sha256 !== given[i]!.sha256)) {
    problems.push('the models at hand are not those of the protocol');
  }
  if (new Set(protocol.arms).size < protocol.arms.length) problems.push('an arm is named twice');
  protocol.classifiers.forEach(({ id, label }, index) => {
    if (label !== undefined && models.classifiers[index]?.manifest.decode.variant !== 'multilabel')
      problems.push(`classifier ${id}: a label is chosen of multi-label models only`);
  });
  for (const { id, a, b } of protocol.comparisons) {
    for (const cell of [a, b])
      if (!comparable(cell, protocol, models)) problems.push(`comparison ${id}: no such binary cell`);
  }
  for (const { manifest } of judgedModels(protocol, models).classifiers) {
    problems.push(...classifierIssues(manifest).map((issue) => `${manifest.name}: ${issue}`));
  }
  if (problems.length > 0) throw new DomainError('protocol-invalid', { problems });
}

function comparable(cell: CellRef, protocol: ProtocolDocument, models: LocalModels): boolean {
  const at = protocol.classifiers.findIndex(({ id }) => id === cell.classifier);
  const variant = models.classifiers[at]?.manifest.decode.variant;
  return variant !== undefined && variant !== 'multiclass' && protocol.arms.includes(cell.arm);
}
