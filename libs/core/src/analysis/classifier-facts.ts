// What the analysis takes from a classifier's manifest.
import type { Manifest } from '../contract/index.ts';
import type { ClassifierFacts } from './pooling-input.ts';

/** @throws RangeError for another role: a protocol's classifiers were checked when it was drafted. */
export function classifierFacts(manifest: Manifest): ClassifierFacts {
  if (manifest.role !== 'classifier') throw new RangeError(`a classifier is needed: ${manifest.role}`);
  const { sha256, decode, trainedArm, labels, trainedOnSites } = manifest;
  const kind = decode.variant === 'multiclass' ? 'multiclass' : 'binary';
  return { sha256, kind, trainedArm, labels, trainedOnSites };
}
