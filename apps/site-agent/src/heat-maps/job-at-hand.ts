// A job with all that its films were judged by, as it lies on this machine: protocol, models and dataset. Nothing is
// fetched, and no key of the site is opened.
import type { Manifest, ModelRef, ModelRole, ProtocolDocument } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { digestOf } from '@sidemark/core/signing';
import { loadDataset } from '../dataset/dataset.store.ts';
import type { RegisteredDataset } from '../dataset/registered-dataset.ts';
import { CoordinatorTrust } from '../identity/coordinator-trust.ts';
import { loadEnrolment } from '../identity/enrolment.store.ts';
import { openProtocol } from '../jobs/intake/protocol-check.ts';
import { JobsStore } from '../jobs/jobs.store.ts';
import type { LocalModel, LocalModels } from '../models/local-model.ts';
import { ModelStore } from '../models/model.store.ts';
import { judgedModels } from '../pipeline/judged-models.ts';
import type { DataDirectory } from '../platform/disk/data-directory.ts';

export interface JobAtHand {
  readonly protocol: ProtocolDocument;
  /** as the protocol judges them */
  readonly models: LocalModels;
  readonly dataset: RegisteredDataset;
  readonly siteName: string;
}

/**
 * @throws DomainError `job-unknown`, `not-enrolled`, `protocol-invalid`, `dataset-not-found`; `state-conflict` while the
 * protocol or a model of the job is not here yet
 */
export async function jobAtHand(directory: DataDirectory, job: string): Promise<JobAtHand> {
  const jobs = new JobsStore(directory);
  const record = await jobs.get(job);
  const { releasePublicKey, siteName } = await loadEnrolment(directory);
  const kept = await jobs.protocol(job);
  if (kept === undefined)
    throw new DomainError('state-conflict', { state: record.state, missing: 'the protocol' });
  const protocol = openProtocol(kept, record, new CoordinatorTrust(releasePublicKey));
  const models = await modelsAtHand(protocol, new ModelStore(directory.models)).catch((error: unknown) => {
    throw error instanceof MissingModel
      ? new DomainError('state-conflict', { state: record.state, missing: error.message })
      : error;
  });
  const dataset = await loadDataset(directory.root, record.study);
  return { protocol, models: judgedModels(protocol, models), dataset, siteName };
}

class MissingModel extends Error {}

async function modelsAtHand(
  { detector, inpainter, classifiers }: ProtocolDocument,
  store: ModelStore,
): Promise<LocalModels> {
  return {
    detector: await modelAtHand(detector, 'detector', store),
    inpainter: await modelAtHand(inpainter, 'inpainter', store),
    classifiers: await Promise.all(classifiers.map(({ model }) => modelAtHand(model, 'classifier', store))),
  };
}

/** Its bytes are held against the digest when they are loaded. */
async function modelAtHand<R extends ModelRole>(
  { name, version, sha256, manifestSha256 }: ModelRef,
  role: R,
  store: ModelStore,
): Promise<LocalModel<Extract<Manifest, { role: R }>>> {
  const manifest = await store.manifest(sha256);
  if (manifest?.role !== role || digestOf(manifest) !== manifestSha256)
    throw new MissingModel(`${name}@${version}`);
  return { sha256, path: store.pathOf(sha256), manifest: manifest as Extract<Manifest, { role: R }> };
}
