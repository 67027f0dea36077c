// What `dataset check` has read before: one file for each folder, entries by a keyed digest of path, size and time of
// change, so that no name of a file is in it. Another schema, or a damaged file, is read as none.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { hmacSha256 } from '@sidemark/core/signing';
import { z } from 'zod';
import type { DataDirectory } from '../../platform/disk/data-directory.ts';
import { onDisk, readIfThere, writeDurably } from '../../platform/disk/durable-file.ts';
import { FileFacts } from './file-facts.ts';

/** Raised when facts mean something else, or are judged otherwise: everything is read again. */
const SCHEMA = 'sidemark.check/1';

const CacheFile = z.strictObject({ schema: z.literal(SCHEMA), files: z.record(z.string(), FileFacts) });

/** A file as the disk knows it without opening it. */
export interface FileStamp {
  /** relative to the folder, with forward slashes */
  path: string;
  size: number;
  mtimeMs: number;
}

export class CheckCache {
  readonly #fresh = new Map<string, FileFacts>();

  private constructor(
    private readonly path: string,
    private readonly key: Uint8Array,
    private readonly known: ReadonlyMap<string, FileFacts>,
  ) {}

  /** @param folder absolute @param key the site secret */
  static async open({ checks }: DataDirectory, folder: string, key: Uint8Array): Promise<CheckCache> {
    const path = join(checks, `${hmacSha256(key, folder).slice(0, 32)}.json`);
    const text = await readIfThere(path);
    return new CheckCache(path, key, new Map(text === undefined ? [] : Object.entries(parse(text))));
  }

  get(stamp: FileStamp): FileFacts | undefined {
    const name = this.#name(stamp);
    const facts = this.known.get(name);
    if (facts) this.#fresh.set(name, facts);
    return facts;
  }

  set(stamp: FileStamp, facts: FileFacts): void {
    this.#fresh.set(this.#name(stamp), facts);
  }

  /** Keeps what was asked for or set since it was opened. @throws DomainError `disk-failed` */
  async save(): Promise<void> {
    const files = Object.fromEntries(this.#fresh);
    await writeDurably(this.path, `${JSON.stringify({ schema: SCHEMA, files })}\n`);
  }

  #name({ path, size, mtimeMs }: FileStamp): string {
    return hmacSha256(this.key, JSON.stringify([path, size, mtimeMs])).slice(0, 32);
  }
}

/** Every cache there is, of any folder. */
export async function checkCacheFiles({ checks }: DataDirectory): Promise<string[]> {
  const names = await onDisk(() => readdir(checks));
  return names.map((name) => join(checks, name));
}

function parse(text: string): Record<string, FileFacts> {
  try {
    return CacheFile.parse(JSON.parse(text)).files;
  } catch {
    return {};
  }
}
