// The coordinator's seeds on disk, each in a file that only it can read: `release.key`, which may be taken away,
// `online.key`, and `online-next.key` from the moment a new on-line key is made until it has taken over.
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type SigningKey, signingKeyFromSeed } from '@sidemark/core/signing';
import type { Random } from '../random.ts';
import { makePrivateFolder, readIfThere, writePrivateFile } from './private-file.ts';

export type KeyFile = 'release' | 'online' | 'online-next';

export class KeyFiles {
  constructor(
    private readonly folder: string,
    private readonly random: Random,
  ) {}

  open(): Promise<void> {
    return makePrivateFolder(this.folder);
  }

  async find(name: KeyFile): Promise<SigningKey | undefined> {
    const seed = await readIfThere(this.path(name));
    if (seed === undefined) return undefined;
    return signingKeyFromSeed(Buffer.from(Buffer.from(seed).toString('utf8').trim(), 'base64'));
  }

  async findOrMake(name: KeyFile): Promise<SigningKey> {
    const found = await this.find(name);
    if (found !== undefined) return found;
    const made = this.random.bytes(32);
    await writePrivateFile(this.path(name), `${Buffer.from(made).toString('base64')}\n`);
    return signingKeyFromSeed(made);
  }

  /** The next on-line key takes the place of the one before it, whose seed is gone with that. */
  async promoteNext(): Promise<void> {
    await rename(this.path('online-next'), this.path('online'));
  }

  private path(name: KeyFile): string {
    return join(this.folder, `${name}.key`);
  }
}
