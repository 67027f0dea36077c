// The coordinator's two keys. The release key signs model releases, protocols and the numbered list of on-line keys
// (the delegation); its file is read for each signature, so it may be elsewhere the rest of the time. The on-line key
// signs hellos, offers and receipts.
import { Inject, Injectable } from '@nestjs/common';
import { type Envelope, type KeyDelegation, type KeyRecord, payloadTypes } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { keyIdOf, type SigningKey, signStatement } from '@sidemark/core/signing';
import { currentOnline, draftDelegation, type NextKey, openDelegation } from '@sidemark/core/trust';
import { type Config, CONFIG, folders } from '../../config.ts';
import { Clock } from '../clock.ts';
import { Database, type Tx } from '../database/database.ts';
import { KeyFiles } from './key-files.ts';
import {
  addDelegation,
  delegations,
  findReleaseKey,
  newestDelegation,
  onlineKeys,
  recordKeys,
} from './own-keys.repository.ts';
import { Random } from '../random.ts';

interface Loaded {
  readonly online: SigningKey;
  readonly delegation: Envelope;
  readonly listed: KeyDelegation;
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const publicPart = ({ keyId, publicKey }: SigningKey): NextKey => ({ keyId, publicKey: base64(publicKey) });

@Injectable()
export class KeysStore {
  private readonly files: KeyFiles;
  private releaseKey: Uint8Array | undefined;
  private loaded: Loaded | undefined;

  constructor(
    @Inject(CONFIG) config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Random) random: Random,
  ) {
    this.files = new KeyFiles(folders.keys(config), random);
  }

  /**
   * Reads or makes the keys and their records; called once at start.
   * @throws DomainError `release-key-mismatch`, `release-key-offline` where something must be signed and cannot be
   */
  async open(): Promise<void> {
    await this.files.open();
    await this.openRelease();
    const found = await this.database.read(newestDelegation);
    if (found === undefined) await this.openFirst();
    else if (!(await this.use(found))) await this.replaceLost(found);
  }

  get online(): SigningKey {
    return this.ready.online;
  }

  /** The release key's signed list of on-line keys. */
  get delegation(): Envelope {
    return this.ready.delegation;
  }

  /** The same, read. */
  get listed(): KeyDelegation {
    return this.ready.listed;
  }

  /** Every list there ever was, oldest first. */
  history(): Promise<Envelope[]> {
    return this.database.read(delegations);
  }

  /** Raw release public key, base64: what kits are checked against. */
  get releasePublicKey(): string {
    return base64(this.release.publicKey);
  }

  /** The public part of the release key. */
  get release(): Pick<SigningKey, 'keyId' | 'publicKey'> {
    if (this.releaseKey === undefined) throw new Error('the keys are not open yet');
    return { keyId: keyIdOf(this.releaseKey), publicKey: this.releaseKey };
  }

  async isReleaseKeyAtHand(): Promise<boolean> {
    return (await this.files.find('release')) !== undefined;
  }

  /** @throws DomainError `release-key-offline`, `release-key-mismatch` */
  async signAsRelease(payloadType: string, statement: unknown): Promise<Envelope> {
    const key = await this.files.find('release');
    if (key === undefined) throw new DomainError('release-key-offline');
    if (key.keyId !== this.release.keyId) throw mismatch(this.release.keyId, key.keyId);
    return signStatement(payloadType, statement, key);
  }

  /** The on-line key that is to follow; made when it is first asked for, the same until it has taken over. */
  async nextOnline(): Promise<NextKey> {
    return publicPart(await this.files.findOrMake('online-next'));
  }

  /** Ids of the on-line keys whose seeds are here. */
  async heldOnline(): Promise<string[]> {
    const found = [await this.files.find('online'), await this.files.find('online-next')];
    return found.flatMap((key) => (key === undefined ? [] : [key.keyId]));
  }

  /** Records a delegation and every key in it. @throws DomainError `already-exists` where its number is taken */
  async record(tx: Tx, envelope: Envelope, { number, online }: KeyDelegation): Promise<void> {
    await addDelegation(tx, number, envelope, this.clock.now());
    await recordKeys(tx, online);
  }

  /** Signs with the newest key of a recorded delegation from here on. @returns false where no such key is here */
  async use(delegation: Envelope): Promise<boolean> {
    const listed = openDelegation(delegation, this.release.publicKey);
    const current = currentOnline(listed, this.clock.now(), await this.heldOnline());
    if (current === undefined) return false;
    const next = await this.files.find('online-next');
    if (next?.keyId === current.keyId) await this.files.promoteNext();
    const online = await this.files.find('online');
    if (online === undefined) return false;
    this.loaded = { online, delegation, listed };
    return true;
  }

  private async openRelease(): Promise<void> {
    const recorded = await this.database.read(findReleaseKey);
    const key =
      recorded === undefined ? await this.files.findOrMake('release') : await this.files.find('release');
    if (recorded !== undefined && key !== undefined && key.keyId !== recorded.keyId)
      throw mismatch(recorded.keyId, key.keyId);
    const publicKey = recorded?.publicKey ?? base64(key!.publicKey);
    this.releaseKey = Uint8Array.from(Buffer.from(publicKey, 'base64'));
    if (recorded === undefined)
      await this.database.transaction((tx) => recordKeys(tx, [this.fresh(key!, 'release')]));
  }

  private async openFirst(): Promise<void> {
    const online = this.fresh(await this.files.findOrMake('online'), 'online');
    const known = await this.database.read(onlineKeys);
    const kept = known.filter(({ keyId }) => keyId !== online.keyId);
    await this.adopt({
      schema: 'sidemark.key-delegation/2',
      releaseKeyId: this.release.keyId,
      number: 1,
      issuedAt: this.clock.now().toISOString(),
      online: [...kept, known.find(({ keyId }) => keyId === online.keyId) ?? online],
    });
  }

  /** The seed of the on-line key was taken away: another key follows at once, and the lost one ends. */
  private async replaceLost(newest: Envelope): Promise<void> {
    const listed = openDelegation(newest, this.release.publicKey);
    const change = { rotate: true, overlapHours: 0, validDays: null, revoke: [] };
    const next = await this.nextOnline();
    await this.adopt(draftDelegation(listed, change, next, [next.keyId], this.clock.now()));
  }

  private async adopt(listed: KeyDelegation): Promise<void> {
    const envelope = await this.signAsRelease(payloadTypes.keyDelegation, listed);
    await this.database.transaction((tx) => this.record(tx, envelope, listed));
    if (!(await this.use(envelope))) throw new Error('the delegation names no key that is here');
  }

  private fresh(key: SigningKey, role: 'release' | 'online'): KeyRecord {
    const validFrom = this.clock.now().toISOString();
    return { ...publicPart(key), role, validFrom, validUntil: null, revokedAt: null };
  }

  private get ready(): Loaded {
    if (this.loaded === undefined) throw new Error('the keys are not open yet');
    return this.loaded;
  }
}

function mismatch(expected: string, found: string): DomainError {
  return new DomainError('release-key-mismatch', { expected, found });
}
