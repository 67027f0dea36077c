// A qualification pack at the site: fetched by its digest, and its films laid out where inference children can read them.
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Pack, type Qualification, readWith } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { sha256 } from '@sidemark/core/signing';
import type { EgressGate } from '../egress/gate.ts';
import type { CoordinatorClient } from '../link/coordinator.client.ts';
import { fetchBlob } from '../models/blob-fetch.ts';
import { ModelStore } from '../models/model.store.ts';
import type { PackFilmFile } from '../pipeline/pack/pack-asked.ts';
import { onDisk } from '../platform/disk/durable-file.ts';

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
    const { films } = readPack(await onDisk(() => readFile(store.pathOf(pack))));
    const files = films.map(({ name, dicom, around }) => {
      const bytes = Buffer.from(dicom, 'base64');
      return { bytes, film: { name, path: `${name}.dcm`, sha256: sha256(bytes), around } };
    });
    const folder = join(this.folder, pack);
    await layOut(folder, files);
    return { folder, films: files.map(({ film }) => film) };
  }
}

function readPack(bytes: Uint8Array): Pack {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    value = undefined;
  }
  const parsed = readWith(Pack, value);
  if (parsed.success) return parsed.data;
  throw new DomainError('protocol-invalid', { problems: ['the qualification pack is not one'] });
}

/** As a whole: a folder that a kill left half is written anew beside it. */
async function layOut(
  folder: string,
  files: readonly { bytes: Uint8Array; film: PackFilmFile }[],
): Promise<void> {
  const beside = `${folder}.part`;
  await onDisk(async () => {
    await rm(beside, { recursive: true, force: true });
    await mkdir(beside, { recursive: true, mode: 0o700 });
    for (const { bytes, film } of files) await writeFile(join(beside, film.path), bytes, { mode: 0o600 });
    await rm(folder, { recursive: true, force: true });
    await rename(beside, folder);
  });
}
