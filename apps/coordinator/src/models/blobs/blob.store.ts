// Model bytes on disk, named by their SHA-256: a name can only ever mean one content.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DomainError } from '@sidemark/core/errors';
import { type Config, CONFIG, folders } from '../../config.ts';
import { Random } from '../../platform/random.ts';

/** No ONNX file of a trial comes near this; a larger upload is a mistake or an attack. */
export const maxBlobBytes = 512 * 1024 * 1024;

const unfinished = '.part';

@Injectable()
export class BlobStore implements OnModuleInit {
  private readonly folder: string;

  constructor(
    @Inject(CONFIG) config: Config,
    @Inject(Random) private readonly random: Random,
  ) {
    this.folder = folders.blobs(config);
  }

  /** Makes the folder, and clears what an interrupted upload left. */
  async onModuleInit(): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const left = (await readdir(this.folder)).filter((name) => name.endsWith(unfinished));
    await Promise.all(left.map((name) => rm(join(this.folder, name), { force: true })));
  }

  /** Bytes of the blob, or undefined when there is none. */
  async sizeOf(sha256: string): Promise<number | undefined> {
    return stat(this.pathOf(sha256)).then(
      ({ size }) => size,
      () => undefined,
    );
  }

  /**
   * Keeps the bytes when they have the digest, else nothing of them. Keeping the same bytes again is the same.
   * @returns their number.
   * @throws DomainError `model-digest-mismatch`, `payload-too-large`, `invalid-input` (no bytes), `disk-failed`
   */
  async keep(sha256: string, bytes: AsyncIterable<Uint8Array>, limit = maxBlobBytes): Promise<number> {
    const part = join(this.folder, `${sha256}.${this.random.uuid()}${unfinished}`);
    try {
      const written = await write(part, bytes, limit);
      if (written.sizeBytes === 0)
        throw new DomainError('invalid-input', { reason: 'the upload holds no bytes' });
      if (written.sha256 !== sha256) {
        throw new DomainError('model-digest-mismatch', { promised: sha256, found: written.sha256 });
      }
      await rename(part, this.pathOf(sha256));
      await syncFolder(this.folder);
      return written.sizeBytes;
    } catch (error) {
      await rm(part, { force: true });
      throw isDiskError(error)
        ? new DomainError('disk-failed', { disk: 'the data directory of the coordinator' }, { cause: error })
        : error;
    }
  }

  /** The bytes from `first` to `last`, both included. */
  read(sha256: string, first: number, last: number): Readable {
    return createReadStream(this.pathOf(sha256), { start: first, end: last });
  }

  /** All bytes of a blob that is there; no more than `maxBlobBytes`. */
  whole(sha256: string): Promise<Uint8Array> {
    return readFile(this.pathOf(sha256));
  }

  private pathOf(sha256: string): string {
    return join(this.folder, `${sha256}.onnx`);
  }
}

async function write(
  path: string,
  bytes: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<{ sha256: string; sizeBytes: number }> {
  const hash = createHash('sha256');
  const file = await open(path, 'wx', 0o600);
  let sizeBytes = 0;
  try {
    for await (const chunk of bytes) {
      sizeBytes += chunk.length;
      if (sizeBytes > limit) throw new DomainError('payload-too-large', { limitBytes: limit });
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: hash.digest('hex'), sizeBytes };
}

/** A rename is durable once its folder is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync().finally(() => folder.close());
}

function isDiskError(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && ['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EACCES'].includes(code);
}
