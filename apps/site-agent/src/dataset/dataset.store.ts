// Registrations on disk: datasets/STUDY.json, readable by the agent's user only.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Id } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { dataLayout, type DataDirectory } from '../platform/disk/data-directory.ts';
import { onDisk, readJson, writeJson } from '../platform/disk/durable-file.ts';
import { RegisteredDataset } from './registered-dataset.ts';

/** Replaces the study's registration as a whole. */
export async function saveDataset(dataDir: string, dataset: RegisteredDataset): Promise<void> {
  await writeJson(pathOf(dataDir, dataset.study), RegisteredDataset.parse(dataset));
}

/** @throws DomainError `dataset-not-found` when none is registered or the file does not fit its schema */
export async function loadDataset(dataDir: string, studyId: string): Promise<RegisteredDataset> {
  if (!Id.safeParse(studyId).success) throw new DomainError('dataset-not-found', { study: studyId });
  const found = await readJson(pathOf(dataDir, studyId), RegisteredDataset).catch((cause: unknown) => {
    if (cause instanceof DomainError) throw cause;
    throw new DomainError(
      'dataset-not-found',
      { study: studyId, reason: 'the registration is damaged' },
      { cause },
    );
  });
  if (!found) throw new DomainError('dataset-not-found', { study: studyId });
  return found;
}

/** Files of a study's registration: the one, and what a crash left beside it. */
export async function registrationFiles({ datasets }: DataDirectory, studyId: string): Promise<string[]> {
  const names = await onDisk(() => readdir(datasets));
  return names.filter((name) => name.startsWith(`${studyId}.json`)).map((name) => join(datasets, name));
}

function pathOf(dataDir: string, studyId: string): string {
  return join(dataLayout(dataDir).datasets, `${studyId}.json`);
}
