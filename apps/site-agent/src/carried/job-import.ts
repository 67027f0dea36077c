// Takes a carried job in. Whatever the link would check is checked here by the same functions, in the same order:
// delegation, offer, protocol, releases, bytes. What passes lies where the link would have put it, and the job goes on
// from there: policy, approval and floors do not know how it came.
import {
  maxCarriedModelBytes,
  type JobOffer,
  type ProtocolDocument,
  type Qualification,
} from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import type { Site } from '../identity/site.ts';
import type { JobIntake } from '../jobs/intake/job-intake.ts';
import { assertOpen, openOffer } from '../jobs/intake/offer-check.ts';
import { openProtocol } from '../jobs/intake/protocol-check.ts';
import type { JobsStore } from '../jobs/jobs.store.ts';
import type { ModelStore } from '../models/model.store.ts';
import { checkRelease, type CheckedRelease } from '../models/release-check.ts';
import type { Clock } from '../platform/clock.ts';
import type { PackRoom } from '../qualification/pack.room.ts';
import { invalid } from './carried-file.ts';
import { JobFile } from './job-file.reader.ts';

export interface JobImportWorld {
  readonly site: Site;
  readonly intake: JobIntake;
  readonly jobs: JobsStore;
  readonly models: ModelStore;
  readonly packs: Pick<PackRoom, 'store'>;
  readonly clock: Clock;
}

export interface ImportedJob {
  readonly offer: JobOffer;
  /** of the whole file */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/**
 * @param expected SHA-256 of the whole file, when people know it
 * @throws DomainError `carried-file-invalid`, `offer-invalid`, `protocol-invalid`, `release-invalid`,
 *   `model-digest-mismatch`, `disk-failed`, and those of keys and envelopes
 */
export async function importJob(
  path: string,
  expected: string | undefined,
  world: JobImportWorld,
): Promise<ImportedJob> {
  const file = await JobFile.open(path);
  try {
    const { offer, models, pack } = judge(file, world);
    const sha256 = await file.digest();
    if (expected !== undefined && expected !== sha256)
      throw new DomainError('carried-file-invalid', { reason: 'another SHA-256', expected, found: sha256 });
    const packAt = await takeModels(file, models, world.models);
    if (pack)
      await takeBlob(file, packAt, { sha256: pack.pack, sizeBytes: pack.sizeBytes }, world.packs.store);
    await takeJob(file, offer, world);
    return { offer, sha256, sizeBytes: file.sizeBytes };
  } finally {
    await file.close();
  }
}

/** Everything that signatures say, before a byte of a model is read. */
function judge(
  { header, sizeBytes, bodyAt }: JobFile,
  { site, clock }: JobImportWorld,
): { offer: JobOffer; models: readonly CheckedRelease[]; pack: Qualification | undefined } {
  site.trust.admit(header.delegation);
  const offer = openOffer(header.offer, site, clock.now());
  assertOpen(offer, site.enrolment.study, clock.now());
  const protocol = openProtocol(header.protocol, offer, site.trust);
  const models = checkModels(header.models, protocol, site);
  const { qualification: pack } = protocol;
  const promised = models.reduce((sum, model) => sum + model.sizeBytes, bodyAt + (pack?.sizeBytes ?? 0));
  if (promised !== sizeBytes)
    throw new DomainError('carried-file-invalid', {
      reason: 'the model bytes are not as long as their releases say',
      expectedBytes: promised,
      foundBytes: sizeBytes,
    });
  return { offer, models, pack };
}

/** Each model of the protocol once, in its order. */
function checkModels(
  carried: JobFile['header']['models'],
  { detector, inpainter, classifiers }: ProtocolDocument,
  { trust }: Site,
): readonly CheckedRelease[] {
  const wanted = [
    { ref: detector, role: 'detector' as const },
    { ref: inpainter, role: 'inpainter' as const },
    ...classifiers.map(({ model }) => ({ ref: model, role: 'classifier' as const })),
  ].filter(({ ref }, i, all) => all.findIndex((other) => other.ref.sha256 === ref.sha256) === i);
  if (wanted.length !== carried.length) throw invalid('its models are not those of the protocol');
  return wanted.map(({ ref, role }, i) => {
    const released = carried[i];
    if (released === undefined) throw invalid('its models are not those of the protocol');
    const checked = checkRelease(released, ref, role, trust);
    if (checked.sizeBytes > maxCarriedModelBytes)
      throw new DomainError('model-too-large', { model: ref.sha256, limitBytes: maxCarriedModelBytes });
    return checked;
  });
}

/** @returns where the bytes after the models begin */
async function takeModels(
  file: JobFile,
  models: readonly CheckedRelease[],
  store: ModelStore,
): Promise<number> {
  let at = file.bodyAt;
  for (const [i, { manifest, sizeBytes }] of models.entries()) {
    const { sha256 } = manifest;
    await takeBlob(file, at, { sha256, sizeBytes }, store);
    const released = file.header.models[i];
    if (released !== undefined) await store.saveRelease(released);
    await store.saveManifest(manifest);
    at += sizeBytes;
  }
  return at;
}

async function takeBlob(
  file: JobFile,
  at: number,
  { sha256, sizeBytes }: { sha256: string; sizeBytes: number },
  store: ModelStore,
): Promise<void> {
  if (await store.isIntact(sha256)) return;
  const received = await store.receive(sha256, 0, sizeBytes, file.bytes(at, sizeBytes));
  if (received === sizeBytes && (await store.finish(sha256))) return;
  await store.dropPart(sha256);
  throw new DomainError('model-digest-mismatch', { model: sha256, promisedBytes: sizeBytes });
}

/** The offer goes the way of every offer; the protocol then waits where the fetcher looks first. */
async function takeJob(
  { header }: JobFile,
  { job, protocolDigest }: JobOffer,
  { site, intake, jobs }: JobImportWorld,
): Promise<void> {
  await site.rememberDelegation(header.delegation);
  await intake.receive(header.offer, 'by hand');
  if ((await jobs.get(job)).protocolDigest === protocolDigest) await jobs.saveProtocol(job, header.protocol);
}
