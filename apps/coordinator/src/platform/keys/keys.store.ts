// The coordinator's two keys: seeds in files that only it can read, made at first start. The release key signs model
// releases, protocols and its word for the on-line key; the on-line key signs hellos, offers and receipts.
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { type Envelope, type KeyRecord, payloadTypes } from '@sidemark/core/contract';
import { type SigningKey, signingKeyFromSeed, signStatement } from '@sidemark/core/signing';
import { type Config, CONFIG, folders } from '../../config.ts';
import { Clock } from '../clock.ts';
import { Database } from '../database/database.ts';
import { type OwnKeyRole, registerOwnKey } from './own-keys.repository.ts';
import { makePrivateFolder, readIfThere, writePrivateFile } from './private-file.ts';
import { Random } from '../random.ts';

interface Loaded {
  readonly release: SigningKey;
  readonly online: SigningKey;
  readonly delegation: Envelope;
}

@Injectable()
export class KeysStore {
  private loaded: Loaded | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Random) private readonly random: Random,
  ) {}

  /** Reads or makes the keys and their records; called once at start. */
  async open(): Promise<void> {
    await makePrivateFolder(folders.keys(this.config));
    const release = await this.key('release');
    const online = await this.key('online');
    await this.register(release, 'release');
    const record = await this.register(online, 'online');
    const statement = { schema: 'sidemark.key-delegation/1', releaseKeyId: release.keyId, online: record };
    this.loaded = {
      release,
      online,
      delegation: signStatement(payloadTypes.keyDelegation, statement, release),
    };
  }

  get release(): SigningKey {
    return this.ready.release;
  }

  get online(): SigningKey {
    return this.ready.online;
  }

  /** The release key's signed word for the on-line key. */
  get delegation(): Envelope {
    return this.ready.delegation;
  }

  /** Raw release public key, base64: what kits are checked against. */
  get releasePublicKey(): string {
    return Buffer.from(this.ready.release.publicKey).toString('base64');
  }

  private get ready(): Loaded {
    if (this.loaded === undefined) throw new Error('the keys are not open yet');
    return this.loaded;
  }

  private async key(role: OwnKeyRole): Promise<SigningKey> {
    const path = join(folders.keys(this.config), `${role}.key`);
    const seed = await readIfThere(path);
    if (seed !== undefined)
      return signingKeyFromSeed(Buffer.from(Buffer.from(seed).toString('utf8').trim(), 'base64'));
    const made = this.random.bytes(32);
    await writePrivateFile(path, `${Buffer.from(made).toString('base64')}\n`);
    return signingKeyFromSeed(made);
  }

  private register(key: SigningKey, role: OwnKeyRole): Promise<KeyRecord> {
    const publicKey = Buffer.from(key.publicKey).toString('base64');
    return this.database.transaction((tx) =>
      registerOwnKey(tx, { keyId: key.keyId, publicKey, role, at: this.clock.now() }),
    );
  }
}
