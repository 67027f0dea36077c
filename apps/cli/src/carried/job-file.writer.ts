// Writes a carried job: one line of JSON, then the bytes of every model and of the pack that the protocol asks for, straight from the coordinator to the disk.
import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  maxCarriedJsonBytes,
  maxCarriedModelBytes,
  ModelRelease,
  ProtocolDocument,
  type CarriedJob,
} from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { usageError } from '@sidemark/terminal';

/** Bytes of a model, or of a qualification pack, by SHA-256. */
export type BlobBytes = (sha256: string, of: 'model' | 'pack') => Promise<AsyncIterable<Uint8Array>>;

export interface WrittenJob {
  /** of the whole file, hex */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/**
 * Writes the file as a whole or not at all; one that is there already stays.
 * @throws DomainError `already-exists`, `payload-too-large`, `model-digest-mismatch`, `disk-failed`, and what `bytesOf`
 *   throws
 */
export async function writeJobFile(path: string, job: CarriedJob, bytesOf: BlobBytes): Promise<WrittenJob> {
  const header = Buffer.from(`${JSON.stringify(job)}\n`);
  if (header.length > maxCarriedJsonBytes)
    throw new DomainError('payload-too-large', { limitBytes: maxCarriedJsonBytes });
  const beside = `${path}.part`;
  const file = await open(beside, 'w', 0o600).catch(() => {
    throw usageError(`the file cannot be written: ${path}`);
  });
  try {
    const whole = createHash('sha256');
    let sizeBytes = await put(file, header, whole);
    for (const { release } of job.models)
      sizeBytes += await putBlob(file, whole, releaseIn(release), (sha256) => bytesOf(sha256, 'model'));
    const pack = packIn(job.protocol);
    if (pack) sizeBytes += await putBlob(file, whole, pack, (sha256) => bytesOf(sha256, 'pack'));
    await file.sync();
    await file.close();
    await claim(beside, path);
    return { sha256: whole.digest('hex'), sizeBytes };
  } catch (error) {
    throw diskFailure(error) ?? error;
  } finally {
    await file.close().catch(() => undefined);
    await rm(beside, { force: true });
  }
}

/** A stick that is full is no fault of this program. */
function diskFailure(error: unknown): DomainError | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const full = ['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EFBIG'].includes(code);
  return full ? new DomainError('disk-failed', { system: code }, { cause: error }) : undefined;
}

async function put(file: FileHandle, bytes: Uint8Array, ...hashes: Hash[]): Promise<number> {
  hashes.forEach((hash) => hash.update(bytes));
  await file.writeFile(bytes);
  return bytes.length;
}

async function putBlob(
  file: FileHandle,
  whole: Hash,
  { sha256, sizeBytes }: Pick<ModelRelease, 'sha256' | 'sizeBytes'>,
  bytesOf: (sha256: string) => ReturnType<BlobBytes>,
): Promise<number> {
  if (sizeBytes > maxCarriedModelBytes)
    throw new DomainError('payload-too-large', { model: sha256, limitBytes: maxCarriedModelBytes });
  const own = createHash('sha256');
  let written = 0;
  for await (const chunk of await bytesOf(sha256)) {
    if (written + chunk.length > sizeBytes) throw mismatch(sha256, sizeBytes, written + chunk.length);
    written += await put(file, chunk, whole, own);
  }
  if (written !== sizeBytes || own.digest('hex') !== sha256) throw mismatch(sha256, sizeBytes, written);
  return written;
}

function mismatch(model: string, promisedBytes: number, receivedBytes: number): DomainError {
  return new DomainError('model-digest-mismatch', { model, promisedBytes, receivedBytes });
}

/** What a release says; the site verifies its signature. */
function releaseIn({ payload }: CarriedJob['models'][number]['release']): ModelRelease {
  return ModelRelease.parse(JSON.parse(Buffer.from(payload, 'base64').toString('utf8')));
}

/** The pack that the protocol asks for; the site verifies the protocol's signature. */
function packIn({ payload }: CarriedJob['protocol']): Pick<ModelRelease, 'sha256' | 'sizeBytes'> | undefined {
  const { qualification } = ProtocolDocument.parse(
    JSON.parse(Buffer.from(payload, 'base64').toString('utf8')),
  );
  return qualification && { sha256: qualification.pack, sizeBytes: qualification.sizeBytes };
}

/** Gives the finished file its name, durably. */
async function claim(beside: string, path: string): Promise<void> {
  const taken = await open(path, 'wx', 0o600).catch((cause: unknown) => {
    throw new DomainError('already-exists', { file: path }, { cause });
  });
  await taken.close();
  await rename(beside, path);
  const folder = await open(dirname(path), 'r');
  await folder.sync().finally(() => folder.close());
}
