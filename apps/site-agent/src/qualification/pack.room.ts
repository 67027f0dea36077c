// A qualification pack at the site: fetched by its digest, and laid out for the inference children.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Qualification } from '@sidemark/core/contract';
import type { EgressGate } from '../egress/gate.ts';
import type { CoordinatorClient } from '../link/coordinator.client.ts';
import { fetchBlob } from '../models/blob-fetch.ts';
import { ModelStore } from '../models/model.store.ts';
import type { PackFilmFile } from '../pipeline/pack/pack-film.ts';
import { onDisk } from '../platform/disk/durable-file.ts';
import { layOutPack } from './lay-out-pack.ts';

export interface LaidOutPack {
  /** holds the files of the films */
  readonly folder: string;
  readonly films: readonly PackFilmFile[];
}

export class PackRoom {
  readonly store: ModelStore;

  constructor(
    private readonly folder: string,
    private readonly client: CoordinatorClient,
    private readonly gate: EgressGate,
  ) {
    this.store = new ModelStore(folder, '.pack');
  }

  /** @throws DomainError `model-digest-mismatch`, `protocol-invalid` (no pack), `coordinator-unreachable`, `disk-failed` */
  async open({ pack, sizeBytes }: Qualification, signal: AbortSignal): Promise<LaidOutPack> {
    const { client, gate, store } = this;
    await fetchBlob({ client, gate, store, route: 'sitePackBytes' }, pack, sizeBytes, signal);
    const folder = join(this.folder, pack);
    return { folder, films: await layOutPack(await onDisk(() => readFile(store.pathOf(pack))), folder) };
  }
}
