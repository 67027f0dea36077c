// A detector in every convention goes through canaries and a run on phantom films, and finds what the plateau detector finds.
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
import {
  harmonicInpainter,
  linearClassifier,
  plateauDetector,
  type ReferenceModel,
  siteProfile,
  type SiteProfileInput,
  VARIANT_NAMES,
  variantDetector,
  writeSite,
} from '@sidemark/phantom';
import { datasetDigest, deriveDatasetKey } from '../dataset/dataset-digest.ts';
import { countClassPatients, type RegisteredDataset } from '../dataset/registered-dataset.ts';
import { examineDataset } from '../dataset/rows/examine-dataset.ts';
import { checkCanaries } from '../inference/check-canaries.ts';
import type { LocalModel, LocalModels } from '../models/local-model.ts';
import { evaluateJob } from './evaluate-job.ts';
import { SECRET, STUDY, temporaryFolder, tinyProtocol } from './test-support/tiny-study.ts';

const site: SiteProfileInput = {
  name: 'north',
  seed: 'detector-variants',
  films: 10,
  prevalence: { opacity: 0.3, effusion: 0.2 },
  patients: { severalFilms: 0, trained: 0 },
  film: { side: 256, format: 'png16' },
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

let folder: string;
let dataset: RegisteredDataset;
let others: Omit<LocalModels, 'detector'>;
let expected: ReportResult;

async function place<M extends Manifest>({ bytes, manifest }: ReferenceModel): Promise<LocalModel<M>> {
  const path = join(folder, `${manifest.name}.onnx`);
  await writeFile(path, bytes);
  return { sha256: manifest.sha256, path, manifest: manifest as M };
}

async function resultWith(detector: LocalModel<DetectorManifest>): Promise<ReportResult> {
  const models = { detector, ...others };
  const journalPath = join(await temporaryFolder(), 'journal.ndjson');
  const onProgress = (): void => undefined;
  const protocol = tinyProtocol(models);
  const wanted = {
    protocol,
    models,
    dataset,
    journalPath,
    foldKey: 'key',
    siteName: 'north',
    floor: 5,
    workers: 1,
    onProgress,
  };
  return (await evaluateJob(wanted)).result;
}

beforeAll(async () => {
  folder = join(await temporaryFolder(), 'models');
  await mkdir(folder, { recursive: true });
  const films = await temporaryFolder();
  await writeSite(siteProfile(site), films);
  const columns = {
    names: {},
    classes: ['none', 'opacity', 'effusion'],
    where: {},
    allowExtraColumns: false,
  };
  const { rows } = await examineDataset({ folder: films, csv: join(films, 'labels.csv'), columns });
  const digest = datasetDigest(rows, deriveDatasetKey(SECRET, STUDY));
  dataset = { study: STUDY, folder: films, rows, digest, classPatients: countClassPatients(rows) };
  others = {
    inpainter: await place<InpainterManifest>(harmonicInpainter()),
    classifiers: [await place<ClassifierManifest>(linearClassifier('original'))],
  };
  expected = await resultWith(await place<DetectorManifest>(plateauDetector()));
});

describe('a run with a detector of the convention', () => {
  it('of the shipped detectors finds a marker on some films', () => {
    expect(expected.images.evaluated.images).toBe(10);
    expect(expected.markers.images).toBeGreaterThanOrEqual(5);
  });

  it('passes the canaries of its manifest', async () => {
    const detectors = await Promise.all(VARIANT_NAMES.map((name) => place(variantDetector(name))));
    await expect(checkCanaries(detectors)).resolves.toBeUndefined();
  });

  it.each(VARIANT_NAMES)('%s finds the same markers and inpaints them', async (name) => {
    const detector = await place<DetectorManifest>(variantDetector(name));
    const result = await resultWith(detector);
    expect(result.images).toEqual(expected.images);
    expect(result.markers).toEqual(expected.markers);
    expect(result.inert).toEqual(expected.inert);
  });

  it('refuses trt-nms before it runs, with its remedy', async () => {
    const detector = await place<DetectorManifest>(variantDetector('tf-od'));
    const manifest: DetectorManifest = { ...detector.manifest, decode: { variant: 'trt-nms' } };
    await expect(checkCanaries([{ ...detector, manifest }])).rejects.toMatchObject({
      code: 'model-decode-unsupported',
    });
  });

  it('refuses a detector whose outputs are not those of the variant it declares', async () => {
    const detector = await place<DetectorManifest>(variantDetector('yolo-e2e'));
    const manifest: DetectorManifest = {
      ...detector.manifest,
      decode: {
        variant: 'automl-rows7',
        columns: ['image', 'xmin', 'ymin', 'xmax', 'ymax', 'score', 'class'],
        labelOffset: 1,
      },
    };
    await expect(checkCanaries([{ ...detector, manifest }])).rejects.toMatchObject({
      code: 'model-unloadable',
      details: { reason: expect.stringContaining('[1, rows, 7]') as unknown },
    });
  });
});
