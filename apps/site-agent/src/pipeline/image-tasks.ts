// What is to be done with each image of a dataset: for which classifiers it counts, and whether its ground truth is read.
import { type ClassifierManifest, mapMethodOf, type ProtocolDocument } from '@sidemark/core/contract';
import type { DatasetRow, RegisteredDataset } from '../dataset/registered-dataset.ts';
import { isInSet, rowSetOf } from '../dataset/row-sets.ts';
import type { ImageTask } from '../inference/worker-messages.ts';
import type { LocalModels } from '../models/local-model.ts';
import type { ImageOutcome } from './image/image-outcome.ts';

export interface PlannedImage {
  readonly task: ImageTask;
  /** why it is not evaluated, known without opening it */
  readonly skip: ImageOutcome | undefined;
}

export interface ImagesAsked {
  readonly protocol: ProtocolDocument;
  readonly models: LocalModels;
  readonly dataset: RegisteredDataset;
  /** as the trial office names this site */
  readonly siteName: string;
}

/** Parallel to the rows of the dataset. */
export function imageTasks({ protocol, models, dataset: { rows }, siteName }: ImagesAsked): PlannedImage[] {
  const manifests = models.classifiers.map(({ manifest }) => manifest);
  const rowSets = manifests.map((manifest) => rowSetOf(manifest, rows, siteName));
  const { maskPolicy } = protocol;
  const marksNeedIt = maskPolicy.version === 2 && maskPolicy.maxTruthShare !== null;
  return rows.map((row) => {
    const seenBy = rowSets.flatMap((set, index) => (isInSet(set, row) ? [index] : []));
    const { path, sha256, mask, maskSha256 } = row;
    const truth =
      mask !== undefined && maskSha256 !== undefined ? { path: mask, sha256: maskSha256 } : undefined;
    const needsTruth = truth && (marksNeedIt || seenBy.some((index) => draws(manifests[index]!)));
    const task = { path, sha256, seenBy, ...(needsTruth ? { mask: truth } : {}) };
    return { task, skip: skipOf(row, protocol, seenBy) };
  });
}

function skipOf(
  row: DatasetRow,
  { views }: ProtocolDocument,
  seenBy: readonly number[],
): ImageOutcome | undefined {
  if (!views.includes(row.view ?? 'UNKNOWN')) return { kind: 'skipped', reason: 'view-not-allowed' };
  return seenBy.length > 0 ? undefined : { kind: 'skipped', reason: 'split-not-used' };
}

function draws(manifest: ClassifierManifest): boolean {
  return manifest.decode.variant === 'multitask' || mapMethodOf(manifest) !== undefined;
}
