// Model files on disk: models/<sha256>.onnx and .manifest.json, .release.json where one was carried here, and
// <sha256>.part while one is on its way.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Manifest, ReleasedModel } from '@sidemark/core/contract';
import {
  onDisk,
  readJson,
  removeDurably,
  syncDirectory,
  systemCode,
  writeJson,
} from '../platform/disk/durable-file.ts';

export class ModelStore {
  readonly #folder: string;
  readonly #suffix: string;

  constructor(folder: string, suffix = '.onnx') {
    this.#folder = folder;
    this.#suffix = suffix;
  }

  pathOf(sha256: string): string {
    return join(this.#folder, `${sha256}${this.#suffix}`);
  }

  #part(sha256: string): string {
    return join(this.#folder, `${sha256}.part`);
  }

  async manifest(sha256: string): Promise<Manifest | undefined> {
    return readJson(join(this.#folder, `${sha256}.manifest.json`), Manifest);
  }

  /** The release of a model that was carried here. */
  async release(sha256: string): Promise<ReleasedModel | undefined> {
    return readJson(join(this.#folder, `${sha256}.release.json`), ReleasedModel);
  }

  async saveRelease(released: ReleasedModel): Promise<void> {
    await writeJson(join(this.#folder, `${released.manifest.sha256}.release.json`), released);
  }

  async saveManifest(manifest: Manifest): Promise<void> {
    await writeJson(join(this.#folder, `${manifest.sha256}.manifest.json`), manifest);
  }

  /** True when the file is there and still has its digest; a file that has another one is removed. */
  async isIntact(sha256: string): Promise<boolean> {
    const path = this.pathOf(sha256);
    if ((await sizeOf(path)) === 0) return false;
    if ((await digestOfFile(path)) === sha256) return true;
    await removeDurably(path);
    return false;
  }

  /** True when the file has its digest; nothing is changed. */
  async isWhole(sha256: string): Promise<boolean> {
    return (await digestOfFile(this.pathOf(sha256))) === sha256;
  }

  /** Bytes that have arrived so far. */
  async partSize(sha256: string): Promise<number> {
    return sizeOf(this.#part(sha256));
  }

  /** Appends what arrives after byte `from`; stops with `undefined` as soon as the part would be longer than `most`. */
  async receive(
    sha256: string,
    from: number,
    most: number,
    bytes: AsyncIterable<Uint8Array>,
  ): Promise<number | undefined> {
    const handle = await onDisk(() => open(this.#part(sha256), 'a', 0o600));
    let size = from;
    try {
      await onDisk(() => handle.truncate(from));
      for await (const chunk of bytes) {
        size += chunk.length;
        if (size > most) return undefined;
        await onDisk(() => handle.appendFile(chunk));
      }
      return size;
    } finally {
      await onDisk(() => handle.sync()).finally(() => handle.close());
    }
  }

  /** Gives the finished part its name. @returns false, and drops the part, when it has another digest. */
  async finish(sha256: string): Promise<boolean> {
    if ((await digestOfFile(this.#part(sha256))) !== sha256) {
      await this.dropPart(sha256);
      return false;
    }
    await onDisk(() => rename(this.#part(sha256), this.pathOf(sha256)));
    await onDisk(() => syncDirectory(dirname(this.pathOf(sha256))));
    return true;
  }

  async dropPart(sha256: string): Promise<void> {
    await removeDurably(this.#part(sha256));
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await onDisk(() => stat(path))).size;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return 0;
    throw error;
  }
}

async function digestOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await onDisk(async () => {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  });
  return hash.digest('hex');
}
