// The whole second half of an agent on phantom films: labels -> registration -> canaries -> evaluation.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type {
  ClassifierManifest,
  DetectorManifest,
  InpainterManifest,
  Manifest,
  ReportResult,
} from '@sidemark/core/contract';
import { digestOf } from '@sidemark/core/signing';
import {
  harmonicInpainter,
  linearClassifier,
  plateauDetector,
  type ReferenceModel,
  siteProfile,
  type SiteProfileInput,
  writeSite,
} from '@sidemark/phantom';
import { datasetDigest, deriveDatasetKey } from '../dataset/dataset-digest.ts';
import { examineDataset } from '../dataset/rows/examine-dataset.ts';
import { countClassPatients, type RegisteredDataset } from '../dataset/registered-dataset.ts';
import { checkCanaries } from '../inference/check-canaries.ts';
import type { LocalModel, LocalModels } from '../models/local-model.ts';
import { evaluateJob } from './evaluate-job.ts';
import { SECRET, STUDY, temporaryFolder, tinyProtocol } from './test-support/tiny-study.ts';

/** Markers on the diseased only: the shortcut in its purest form. */
const site: SiteProfileInput = {
  name: 'north',
  seed: 'phantom-study',
  films: 28,
  prevalence: { opacity: 0.3, effusion: 0.2 },
  patients: { severalFilms: 0.3, trained: 0 },
  strength: [0.2, 0.3],
  markers: {
    correlation: 1,
    protocols: [
      {
        name: 'marked',
        goesWith: ['opacity', 'effusion'],
        pieces: [{ look: 'digital', size: [0.08, 0.08], x: [0.08, 0.1], y: [0.08, 0.1] }],
      },
      { name: 'bare', goesWith: ['none'], pieces: [] },
    ],
  },
};

let models: LocalModels;
let dataset: RegisteredDataset;
let result: ReportResult;

async function place<M extends Manifest>(
  folder: string,
  { bytes, manifest }: ReferenceModel,
): Promise<LocalModel<M>> {
  const path = join(folder, `${manifest.name}.onnx`);
  await writeFile(path, bytes);
  return { sha256: manifest.sha256, path, manifest: manifest as M };
}

async function registered(format: 'png16' | 'dicom'): Promise<RegisteredDataset> {
  const folder = await temporaryFolder();
  await writeSite(siteProfile({ ...site, film: { side: 256, format } }), folder);
  const columns = {
    names: {},
    classes: ['none', 'opacity', 'effusion'],
    where: {},
    allowExtraColumns: false,
  };
  const { rows, problems } = await examineDataset({ folder, csv: join(folder, 'labels.csv'), columns });
  expect(problems).toEqual([]);
  const digest = datasetDigest(rows, deriveDatasetKey(SECRET, STUDY));
  return { study: STUDY, folder, rows, digest, classPatients: countClassPatients(rows) };
}

async function evaluated(dataset: RegisteredDataset, workers: number): Promise<ReportResult> {
  const journalPath = join(await temporaryFolder(), 'journal.ndjson');
  const protocol = tinyProtocol(models);
  const onProgress = (): void => undefined;
  const wanted = {
    protocol,
    models,
    dataset,
    journalPath,
    foldKey: 'key',
    siteName: 'north',
    floor: 5,
    workers,
    onProgress,
  };
  return (await evaluateJob(wanted)).result;
}

beforeAll(async () => {
  const folder = join(await temporaryFolder(), 'models');
  await mkdir(folder, { recursive: true });
  models = {
    detector: await place<DetectorManifest>(folder, plateauDetector()),
    inpainter: await place<InpainterManifest>(folder, harmonicInpainter()),
    classifiers: [
      await place<ClassifierManifest>(folder, linearClassifier('original')),
      await place<ClassifierManifest>(folder, linearClassifier('inpainted')),
      await place<ClassifierManifest>(folder, linearClassifier('three-class')),
    ],
  };
  dataset = await registered('png16');
  result = await evaluated(dataset, 2);
});

describe('a phantom study', () => {
  it('runs on models that pass their canaries', async () => {
    await expect(
      checkCanaries([models.detector, models.inpainter, ...models.classifiers]),
    ).resolves.toBeUndefined();
  });

  it('shows the classifier that reads the marker, and gives the same digest however many work on it', async () => {
    expect(result.images.evaluated.images).toBe(28);
    const [marker] = result.classifiers;
    if (marker?.kind !== 'binary') throw new Error('binary expected');
    const [original, inpainted] = marker.auc.map((one) => (one.kind === 'estimate' ? one.value : NaN));
    expect(original).toBeGreaterThan(inpainted!);
    // one marker on every positive film, and on no other
    expect(result.markers.images).toBe(marker.positives.images);
    expect(result.inert.inpainted).toBe(marker.negatives.images);
    expect(marker.clustered).toBe(true);
    expect(result.classifiers[2]).toMatchObject({ kind: 'multiclass' });
    expect(digestOf(await evaluated(dataset, 1))).toBe(digestOf(result));
  });

  it('gives the same figures from DICOM as from 16-bit PNG', async () => {
    const dicom = await evaluated(await registered('dicom'), 2);
    expect(dicom.images).toEqual(result.images);
    expect(dicom.inert).toEqual(result.inert);
    const aucs = ({ classifiers }: ReportResult) =>
      classifiers.map((one) =>
        one.kind === 'multiclass' ? one.confusion : one.kind === 'binary' && one.auc,
      );
    expect(aucs(dicom)).toEqual(aucs(result));
  });
});
