// A study small enough for a unit test: films of one grey with a little noise, some with a bright square.
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Arm, ProtocolDocument } from '@sidemark/core/contract';
import { sha256 } from '@sidemark/core/signing';
import sharp from 'sharp';
import { datasetDigest, deriveDatasetKey } from '../../dataset/dataset-digest.ts';
import {
  countClassPatients,
  type DatasetRow,
  inDatasetOrder,
  type RegisteredDataset,
} from '../../dataset/registered-dataset.ts';
import type { LocalModels } from '../../models/local-model.ts';

export const STUDY = '5f0c6c1e-0000-4000-8000-000000000001';
export const SECRET = new Uint8Array(32).fill(7);

export interface TinyFilm {
  /** grey level, 0..240 */
  level: number;
  marker?: boolean;
  row?: Partial<DatasetRow>;
}

export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'sidemark-tiny-'));

/** 64 x 64, 8 bits; the marker is a white square inside the tiny detector's box. */
export async function tinyFilm({ level, marker }: TinyFilm): Promise<Buffer> {
  const pixels = new Uint8Array(64 * 64).map((_, i) => level + ((i * 31) % 9));
  if (marker) for (let y = 6; y < 14; y++) pixels.fill(255, y * 64 + 6, y * 64 + 14);
  return sharp(pixels, { raw: { width: 64, height: 64, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer();
}

/** Writes the films; film k belongs to patient k and is positive when it is brighter than 120, unless its row says so. */
export async function tinyDataset(films: readonly TinyFilm[]): Promise<RegisteredDataset> {
  const folder = await temporaryFolder();
  await mkdir(folder, { recursive: true });
  const rows: DatasetRow[] = [];
  for (const [k, film] of films.entries()) {
    const bytes = await tinyFilm(film);
    const path = `${k}.png`;
    await writeFile(join(folder, path), bytes);
    rows.push({
      path,
      sha256: sha256(bytes),
      label: film.level > 120 ? 1 : 0,
      patient: `p${k}`,
      ...film.row,
    });
  }
  const ordered = inDatasetOrder(rows);
  return {
    study: STUDY,
    folder,
    rows: ordered,
    digest: datasetDigest(ordered, deriveDatasetKey(SECRET, STUDY)),
    classPatients: countClassPatients(ordered),
  };
}

/** All three arms; inpainted against original for the first classifier. */
export function tinyProtocol(models: LocalModels, change: object = {}): ProtocolDocument {
  const ref = ({
    sha256: digest,
    manifest: { name, version },
  }: LocalModels['detector'] | LocalModels['inpainter'] | LocalModels['classifiers'][number]): object => ({
    name,
    version,
    sha256: digest,
    manifestSha256: '0'.repeat(64),
  });
  const arms: Arm[] = ['original', 'inpainted', 'clipped'];
  const first = models.classifiers[0]!.manifest.name;
  return ProtocolDocument.parse({
    schema: 'sidemark.protocol/1',
    study: STUDY,
    name: 'tiny',
    version: 1,
    detector: ref(models.detector),
    inpainter: ref(models.inpainter),
    classifiers: models.classifiers.map((model) => ({ id: model.manifest.name, model: ref(model) })),
    maskPolicy: { version: 1, scoreThreshold: null },
    arms,
    comparisons: [
      { id: 'gain', a: { classifier: first, arm: 'inpainted' }, b: { classifier: first, arm: 'original' } },
    ],
    disclosure: { minPatientsPerClass: 5 },
    views: ['PA', 'AP', 'UNKNOWN'],
    analysis: {},
    ...change,
  });
}
