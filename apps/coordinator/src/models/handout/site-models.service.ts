// What sites fetch: models named by the protocol of one of their jobs, and no others.
import { Inject, Injectable } from '@nestjs/common';
import type { ModelVersion, ProtocolDocument, ReleasedModel } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { Database, type Tx } from '../../platform/database/database.ts';
import { BlobStore } from '../blobs/blob.store.ts';
import { type Download, downloadOf, type RangeHeaders } from './download.ts';
import { findModel, findRelease, protocolsOfSite } from '../models.repository.ts';

@Injectable()
export class SiteModelsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(BlobStore) private readonly blobs: BlobStore,
  ) {}

  /** @throws DomainError `not-found`, also for a model that no job of the site names */
  async released(siteId: string, sha256: string): Promise<ReleasedModel> {
    return this.database.read(async (tx) => {
      const { manifest } = await this.modelOfSite(tx, siteId, sha256);
      const release = await findRelease(tx, sha256);
      if (release === undefined) throw new DomainError('not-found', { sha256 });
      return { release, manifest };
    });
  }

  /** @throws DomainError `not-found`, also for a model that no job of the site names */
  async download(siteId: string, sha256: string, wanted: RangeHeaders): Promise<Download> {
    return downloadOf(
      this.blobs,
      await this.database.read((tx) => this.modelOfSite(tx, siteId, sha256)),
      wanted,
    );
  }

  /** Any registered model, for the administrator. @throws DomainError `not-found` */
  async downloadAny(sha256: string, wanted: RangeHeaders): Promise<Download> {
    const model = await this.database.read((tx) => findModel(tx, sha256));
    if (model === undefined) throw new DomainError('not-found', { sha256 });
    return downloadOf(this.blobs, model, wanted);
  }

  private async modelOfSite(tx: Tx, siteId: string, sha256: string): Promise<ModelVersion> {
    const protocols = await protocolsOfSite(tx, siteId);
    const model = protocols.some((protocol) => names(protocol, sha256))
      ? await findModel(tx, sha256)
      : undefined;
    if (model === undefined) throw new DomainError('not-found', { sha256 });
    return model;
  }
}

function names({ detector, inpainter, classifiers }: ProtocolDocument, sha256: string): boolean {
  return [detector, inpainter, ...classifiers.map(({ model }) => model)].some(
    (model) => model.sha256 === sha256,
  );
}
