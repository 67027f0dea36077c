// What sites fetch: models named by the protocol of one of their jobs, and no others.
import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { ModelVersion, ProtocolDocument, ReleasedModel } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { Database, type Tx } from '../../platform/database/database.ts';
import { BlobStore } from '../blobs/blob.store.ts';
import { byteRange } from './byte-range.ts';
import { findModel, findRelease, protocolsOfSite } from '../models.repository.ts';

/** An answer of the download route. */
export interface Download {
  readonly status: 200 | 206 | 416;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Readable;
}

export interface RangeHeaders {
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
}

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
    return this.bytesOf(await this.database.read((tx) => this.modelOfSite(tx, siteId, sha256)), wanted);
  }

  /** Any registered model, for the administrator. @throws DomainError `not-found` */
  async downloadAny(sha256: string, wanted: RangeHeaders): Promise<Download> {
    const model = await this.database.read((tx) => findModel(tx, sha256));
    if (model === undefined) throw new DomainError('not-found', { sha256 });
    return this.bytesOf(model, wanted);
  }

  private async bytesOf(
    { sha256, sizeBytes }: ModelVersion,
    { range, ifRange }: RangeHeaders,
  ): Promise<Download> {
    if ((await this.blobs.sizeOf(sha256)) !== sizeBytes) {
      throw new DomainError('not-found', {
        sha256,
        hint: 'the bytes are gone from the coordinator: upload them again',
      });
    }
    const etag = `"${sha256}"`;
    const part = byteRange(range, ifRange, etag, sizeBytes);
    const common = { 'Accept-Ranges': 'bytes', ETag: etag, 'Content-Type': 'application/octet-stream' };
    if (part.kind === 'unsatisfiable') {
      const headers = { ...common, 'Content-Range': `bytes */${sizeBytes}`, 'Content-Length': '0' };
      return { status: 416, headers, bytes: Readable.from([]) };
    }
    const [first, last] = part.kind === 'part' ? [part.first, part.last] : [0, sizeBytes - 1];
    const headers = { ...common, 'Content-Length': `${last - first + 1}` };
    const bytes = this.blobs.read(sha256, first, last);
    if (part.kind === 'whole') return { status: 200, headers, bytes };
    return {
      status: 206,
      headers: { ...headers, 'Content-Range': `bytes ${first}-${last}/${sizeBytes}` },
      bytes,
    };
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
