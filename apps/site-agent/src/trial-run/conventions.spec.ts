// A model of every convention on a phantom film with one marker: `model try` finds it or fills it and draws that, and a
// run does the same. Runs of the detectors are in pipeline/detector-variants.spec.ts.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { ClassifierManifest, DetectorManifest, Manifest } from '@sidemark/core/contract';
import { iou } from '@sidemark/core/imaging';
import {
  CONVENTION_NAMES,
  conventionInpainter,
  type ConventionName,
  linearClassifier,
  plateauDetector,
  siteProfile,
  VARIANT_NAMES,
  variantDetector,
  writeSite,
} from '@sidemark/phantom';
import sharp from 'sharp';
import { examineDataset } from '../dataset/rows/examine-dataset.ts';
import type { DatasetRow } from '../dataset/registered-dataset.ts';
import { WorkerPool } from '../inference/worker-pool.ts';
import type { FromWorker, ToWorker, WorkerStart } from '../inference/worker-messages.ts';
import type { LocalModel } from '../models/local-model.ts';
import { planOf } from '../pipeline/image/image-plan.ts';
import { temporaryFolder, tinyProtocol } from '../pipeline/test-support/tiny-study.ts';
import type { TrialAnswer } from './trial-run.messages.ts';

const site = siteProfile({
  name: 'north',
  seed: 'conventions',
  films: 1,
  prevalence: { opacity: 0, effusion: 0 },
  patients: { severalFilms: 0, trained: 0 },
  film: { side: 256, format: 'png16' },
  markers: {
    correlation: 1,
    protocols: [
      {
        name: 'marked',
        goesWith: ['none', 'opacity', 'effusion'],
        pieces: [{ look: 'digital', size: [0.08, 0.08], x: [0.08, 0.1], y: [0.08, 0.1] }],
      },
    ],
  },
});

let films: string;
let row: DatasetRow;
let models: string;
let plateau: LocalModel<DetectorManifest>;
const tried = new Map<string, TrialAnswer>();

async function place<M extends Manifest>(model: { bytes: Uint8Array; manifest: M }): Promise<LocalModel<M>> {
  const { bytes, manifest } = model;
  const path = join(models, `${manifest.name}.onnx`);
  await writeFile(path, bytes);
  return { sha256: manifest.sha256, path, manifest };
}

/** Answers of one child, by what was asked. */
async function ask(
  start: WorkerStart,
  questions: ReadonlyMap<string, ToWorker>,
): Promise<Map<string, FromWorker>> {
  const pool = new WorkerPool({ size: 1, start });
  const names = [...questions.keys()];
  const answers = new Map<string, FromWorker>();
  try {
    await pool.run(
      names.map((name, index) => ({ index, message: questions.get(name)! })),
      (index, answer) => void (answer && answers.set(names[index]!, answer)),
    );
  } finally {
    await pool.close();
  }
  return answers;
}

const pictureOf = (name: string): string => join(models, `${name}.png`);

beforeAll(async () => {
  films = await temporaryFolder();
  models = join(await temporaryFolder(), 'models');
  await mkdir(models);
  await writeSite(site, films);
  const columns = {
    names: {},
    classes: ['none', 'opacity', 'effusion'],
    where: {},
    allowExtraColumns: false,
  };
  const { rows } = await examineDataset({ folder: films, csv: join(films, 'labels.csv'), columns });
  row = rows[0]!;
  plateau = await place(plateauDetector() as { bytes: Uint8Array; manifest: DetectorManifest });
  const film = join(films, row.path);
  const questions = new Map<string, ToWorker>([['plateau', { tried: { model: plateau, film } }]]);
  for (const name of VARIANT_NAMES)
    questions.set(name, { tried: { model: await place(variantDetector(name)), film, out: pictureOf(name) } });
  for (const name of CONVENTION_NAMES) {
    const model = await place(conventionInpainter(name));
    questions.set(name, { tried: { model, film, out: pictureOf(name), detector: plateau } });
  }
  for (const [name, answer] of await ask({ kind: 'canaries' }, questions))
    if ('trial' in answer) tried.set(name, answer.trial);
});

const boxesOf = (name: string) => {
  const answer = tried.get(name);
  return answer?.role === 'detector' ? answer.boxes : [];
};

describe('try of a detector', () => {
  it.each(VARIANT_NAMES)(
    '%s finds the marker where the plateau detector finds it, and draws it',
    async (name) => {
      expect(boxesOf('plateau')).toHaveLength(1);
      expect(boxesOf(name)).toHaveLength(1);
      const [[wanted], [box]] = [boxesOf('plateau'), boxesOf(name)];
      expect(iou(box!, wanted!)).toBeGreaterThanOrEqual(0.99);
      expect((await sharp(pictureOf(name)).metadata()).width).toBe(900);
    },
  );
});

describe('an inpainter', () => {
  it.each(CONVENTION_NAMES)(
    '%s fills the hole of the marker, and nothing beside it, in a try',
    async (name) => {
      expect(tried.get(name)).toMatchObject({
        role: 'inpainter',
        holes: [{}],
        refusedBoxes: 0,
        changedOutside: 0,
      });
      const { changedPixels, holePixels } = tried.get(name) as Extract<TrialAnswer, { role: 'inpainter' }>;
      // a shadow of the letter on the film may be as bright as the fill, hardly more
      expect(changedPixels).toBeGreaterThan(0.8 * holePixels);
      expect((await sharp(pictureOf(name)).metadata()).width).toBe(900 + 2 * 308);
    },
  );

  it.each(CONVENTION_NAMES)('%s fills it in a run', async (name) => {
    expect(await outcomeWith(name)).toMatchObject({
      kind: 'scored',
      inert: { inpainted: false },
      holes: { count: 1, seam: expect.any(Number) },
    });
  });
});

async function outcomeWith(name: ConventionName): Promise<unknown> {
  const classifier = linearClassifier('original') as { bytes: Uint8Array; manifest: ClassifierManifest };
  const chosen = {
    detector: plateau,
    inpainter: await place(conventionInpainter(name)),
    classifiers: [await place(classifier)],
  };
  const plan = planOf(tinyProtocol(chosen), chosen, films);
  const { path, sha256 } = row;
  const image = { path, sha256, seenBy: [0] };
  const answers = await ask({ kind: 'images', plan }, new Map([['film', { image }]]));
  const answer = answers.get('film');
  return answer && 'outcome' in answer ? answer.outcome : answer;
}
