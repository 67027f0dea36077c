// Takes everything that stems from a dataset off this machine, except what must stay so that the site can show what
// left (egress ledger, budget, receipts) and what it was asked (job records): none of it holds a patient or an image.
import { stat } from 'node:fs/promises';
import { checkCacheFiles } from '../dataset/check/check-cache.store.ts';
import { DomainError } from '@sidemark/core/errors';
import { registrationFiles } from '../dataset/dataset.store.ts';
import type { JobRegister } from '../jobs/job-register.ts';
import type { JobRecord } from '../jobs/job-record.ts';
import { hasEnded } from '../jobs/job-state.ts';
import type { DataDirectory } from '../platform/disk/data-directory.ts';
import { onDisk, removeDurably } from '../platform/disk/durable-file.ts';

export interface RemovalPlan {
  readonly study: string;
  /** jobs that are not signed yet: they end as refused, and the coordinator learns `dataset-not-found` */
  readonly openJobs: readonly JobRecord[];
  readonly things: readonly Thing[];
}

export interface Thing {
  readonly what: 'registration' | 'journal' | 'check';
  readonly path: string;
  readonly bytes: number;
}

/** What there is of a study's dataset. @throws DomainError `dataset-not-found` when there is nothing. */
export async function planRemoval(
  directory: DataDirectory,
  study: string,
  { store }: JobRegister,
): Promise<RemovalPlan> {
  const records = (await store.all()).filter((record) => record.study === study);
  const journals = (await Promise.all(records.map(({ job }) => store.journals(job)))).flat();
  const things = [
    ...journals.map(({ path }) => ({ what: 'journal' as const, path })),
    ...(await registrationFiles(directory, study)).map((path) => ({ what: 'registration' as const, path })),
  ];
  if (things.length === 0) throw new DomainError('dataset-not-found', { study });
  // of any folder: a check reads again what it has forgotten
  const checks = (await checkCacheFiles(directory)).map((path) => ({ what: 'check' as const, path }));
  const openJobs = records.filter(({ state }) => state !== 'signed' && !hasEnded(state));
  const sized = [...checks, ...things].map(async (thing) => ({
    ...thing,
    bytes: (await onDisk(() => stat(thing.path))).size,
  }));
  return { study, openJobs, things: await Promise.all(sized) };
}

/** Jobs first, registration last: a removal that was cut short is done again from its beginning. */
export async function removeDataset({ openJobs, things }: RemovalPlan, register: JobRegister): Promise<void> {
  for (const { job } of openJobs) await register.end(job, new DomainError('dataset-not-found'));
  for (const { path } of things) await removeDurably(path);
}
