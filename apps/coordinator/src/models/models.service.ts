// The model registry: bytes first, then a manifest over them, then the release key's word. Versions never change.
import { Inject, Injectable } from '@nestjs/common';
import {
  type ModelRelease,
  type ModelVersion,
  payloadTypes,
  type ReleasedModel,
  type UploadedBlob,
} from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { guardModel } from '@sidemark/core/onnx';
import { digestOf } from '@sidemark/core/signing';
import { AuditService } from '../audit/audit.service.ts';
import { Clock } from '../platform/clock.ts';
import { Database, type Tx } from '../platform/database/database.ts';
import { KeysStore } from '../platform/keys/keys.store.ts';
import { BlobStore } from './blobs/blob.store.ts';
import { moveModel } from './model-state.ts';
import {
  addModel,
  findModel,
  findModelByName,
  findRelease,
  listModels,
  lockModel,
  setReleased,
} from './models.repository.ts';
import { readManifest } from './read-manifest.ts';

@Injectable()
export class ModelsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(BlobStore) private readonly blobs: BlobStore,
    @Inject(KeysStore) private readonly keys: KeysStore,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @throws DomainError `model-digest-mismatch`, `payload-too-large`, `invalid-input`, `disk-failed` */
  async upload(sha256: string, bytes: AsyncIterable<Uint8Array>): Promise<UploadedBlob> {
    return { sha256, sizeBytes: await this.blobs.keep(sha256, bytes) };
  }

  /** @throws DomainError `manifest-invalid`, `not-found` (no such bytes), `already-exists`, and what `guardModel` refuses */
  async register(value: unknown): Promise<ModelVersion> {
    const manifest = readManifest(value);
    const { sha256, name, version } = manifest;
    const sizeBytes = await this.blobs.sizeOf(sha256);
    if (sizeBytes === undefined) {
      throw new DomainError('not-found', {
        sha256,
        hint: 'upload the ONNX bytes first: PUT /api/blobs/SHA256',
      });
    }
    guardModel(await this.blobs.whole(sha256), manifest);
    return this.database.transaction(async (tx) => {
      const taken = (await findModel(tx, sha256)) ?? (await findModelByName(tx, name, version));
      if (taken)
        throw new DomainError('already-exists', {
          model: `${taken.name}@${taken.version}`,
          sha256: taken.sha256,
        });
      const manifestSha256 = digestOf(manifest);
      const model = await addModel(tx, { manifest, manifestSha256, sizeBytes, createdAt: this.clock.now() });
      await this.record(tx, 'model.registered', model);
      return model;
    });
  }

  list(): Promise<ModelVersion[]> {
    return this.database.read(listModels);
  }

  /** Signs the release. @throws DomainError `not-found`, `state-conflict`, `release-key-offline` */
  async release(sha256: string): Promise<ModelVersion> {
    return this.database.transaction(async (tx) => {
      await lockModel(tx, sha256);
      const model = await findModel(tx, sha256);
      if (model === undefined) throw new DomainError('not-found', { sha256 });
      const state = moveModel(model.state, 'release');
      const envelope = await this.keys.signAsRelease(payloadTypes.modelRelease, this.releaseOf(model));
      const released = await setReleased(tx, sha256, state, envelope);
      await this.record(tx, 'model.released', released);
      return released;
    });
  }

  /** @param reference NAME@VERSION. @throws DomainError `not-found` */
  async resolve(tx: Tx, reference: string): Promise<ModelVersion> {
    const [name = '', version = ''] = reference.split('@');
    const model = await findModelByName(tx, name, version);
    if (model === undefined) throw new DomainError('not-found', { model: reference });
    return model;
  }

  /** @throws DomainError `not-found` */
  async show(sha256: string): Promise<ModelVersion> {
    const model = await this.database.read((tx) => findModel(tx, sha256));
    if (model === undefined) throw new DomainError('not-found', { sha256 });
    return model;
  }

  /** A model with its release. @throws DomainError `not-found`, also when it is not released */
  async released(sha256: string): Promise<ReleasedModel> {
    return this.database.read(async (tx) => {
      const [model, release] = [await findModel(tx, sha256), await findRelease(tx, sha256)];
      if (model === undefined || release === undefined) throw new DomainError('not-found', { sha256 });
      return { release, manifest: model.manifest };
    });
  }

  private releaseOf({ name, version, role, sha256, sizeBytes, manifestSha256 }: ModelVersion): ModelRelease {
    const releasedAt = this.clock.now().toISOString();
    return {
      schema: 'sidemark.model-release/1',
      name,
      version,
      role,
      sha256,
      sizeBytes,
      manifestSha256,
      releasedAt,
    };
  }

  private async record(
    tx: Tx,
    action: string,
    { sha256, name, version, manifestSha256 }: ModelVersion,
  ): Promise<void> {
    const details = { model: `${name}@${version}`, manifestSha256 };
    await this.audit.append(tx, { actor: 'administrator', action, subject: sha256, details });
  }
}
