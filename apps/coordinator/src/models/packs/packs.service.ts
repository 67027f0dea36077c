// Qualification packs: the films as uploaded bytes, the answers of the trial office beside them, and the bytes for sites.
import { Inject, Injectable } from '@nestjs/common';
import { Pack, type PackReference, readWith, type RegisteredPack } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { AuditService } from '../../audit/audit.service.ts';
import { Clock } from '../../platform/clock.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import { BlobStore } from '../blobs/blob.store.ts';
import { type Download, downloadOf, type RangeHeaders } from '../handout/download.ts';
import { protocolsOfSite } from '../models.repository.ts';
import { addPack, findPack, type KeptPack, listPacks } from './packs.repository.ts';

@Injectable()
export class PacksService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(BlobStore) private readonly blobs: BlobStore,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @throws DomainError `not-found` (no such bytes), `invalid-input` (no pack, or not these films), `already-exists` */
  async register(reference: PackReference): Promise<RegisteredPack> {
    const { pack: sha256, recipe } = reference;
    const sizeBytes = await this.blobs.sizeOf(sha256);
    if (sizeBytes === undefined)
      throw new DomainError('not-found', { sha256, hint: 'upload the pack first: PUT /api/blobs/SHA256' });
    requireItsFilms(await this.blobs.whole(sha256), reference);
    return this.database.transaction(async (tx) => {
      const pack = await addPack(tx, reference, { sizeBytes, createdAt: this.clock.now() });
      const details = { recipe, films: pack.films };
      await this.audit.append(tx, {
        actor: 'administrator',
        action: 'pack.registered',
        subject: sha256,
        details,
      });
      return pack;
    });
  }

  list(): Promise<RegisteredPack[]> {
    return this.database.read(listPacks);
  }

  /** @throws DomainError `not-found` */
  async byDigest(tx: Tx, sha256: string): Promise<KeptPack> {
    const kept = await findPack(tx, sha256);
    if (kept === undefined) throw new DomainError('not-found', { pack: sha256 });
    return kept;
  }

  /** Any registered pack, for the administrator. @throws DomainError `not-found` */
  async downloadAny(sha256: string, wanted: RangeHeaders): Promise<Download> {
    const { pack } = await this.database.read((tx) => this.byDigest(tx, sha256));
    return downloadOf(this.blobs, pack, wanted);
  }

  /** @throws DomainError `not-found`, also for a pack that no job of the site names */
  async download(siteId: string, sha256: string, wanted: RangeHeaders): Promise<Download> {
    const { pack } = await this.database.read(async (tx) => {
      const protocols = await protocolsOfSite(tx, siteId);
      const named = protocols.some(({ qualification }) => qualification?.pack === sha256);
      if (!named) throw new DomainError('not-found', { pack: sha256 });
      return this.byDigest(tx, sha256);
    });
    return downloadOf(this.blobs, pack, wanted);
  }
}

/** @throws DomainError `invalid-input` */
function requireItsFilms(bytes: Uint8Array, { films, positive }: PackReference): void {
  const parsed = readWith(Pack, jsonOf(bytes));
  if (!parsed.success) throw new DomainError('invalid-input', { reason: 'the uploaded bytes are no pack' });
  const names = parsed.data.films.map(({ name }) => name).join();
  if (names !== films.map(({ film }) => film).join() || positive.length !== films.length)
    throw new DomainError('invalid-input', { reason: 'the reference does not answer the films of the pack' });
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}
