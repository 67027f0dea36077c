// A marker of 1.3 % of a 3000 px film: too small for the detector when the film is scaled to its input, found in tiles.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type {
  ClassifierManifest,
  DetectorManifest,
  InpainterManifest,
  Tiling,
} from '@sidemark/core/contract';
import { type GrayImage, grayImage } from '@sidemark/core/imaging';
import { sha256 } from '@sidemark/core/signing';
import { writeDicom } from '@sidemark/dicom';
import { harmonicInpainter, linearClassifier, plateauDetector, type ReferenceModel } from '@sidemark/phantom';
import { WorkerPool } from '../inference/worker-pool.ts';
import type { LocalModel } from '../models/local-model.ts';
import type { ImageOutcome } from './image/image-outcome.ts';
import { temporaryFolder } from './test-support/tiny-study.ts';

const SIDE = 3000;
/** native px of the letter's two sides and its strokes */
const LETTER = { width: 32, height: 40, stroke: 10 };

/** 12 bits, a slow gradient, and an L across what will be the border of two tiles. */
function film(): GrayImage {
  const pixels = new Uint16Array(SIDE * SIDE);
  for (let y = 0, i = 0; y < SIDE; y++) for (let x = 0; x < SIDE; x++, i++) pixels[i] = 400 + ((x + y) >> 2);
  const { width, height, stroke } = LETTER;
  const [x1, y1] = [1010, 300];
  for (let y = y1; y < y1 + height; y++) {
    const end = y < y1 + height - stroke ? x1 + stroke : x1 + width;
    pixels.fill(4095, y * SIDE + x1, y * SIDE + end);
  }
  return grayImage(SIDE, SIDE, pixels, 12);
}

async function outcomesOf(tilings: readonly (Tiling | undefined)[]): Promise<(ImageOutcome | undefined)[]> {
  const folder = await temporaryFolder();
  const bytes = writeDicom({ image: film(), meta: { uidSeed: 'a', patientId: 'p' } });
  await writeFile(join(folder, 'film.dcm'), bytes);
  const place = async <M>({ bytes: model, manifest }: ReferenceModel): Promise<M> => {
    const path = join(folder, `${manifest.name}.onnx`);
    await writeFile(path, model);
    return { sha256: manifest.sha256, path, manifest } as M;
  };
  const models = {
    detector: await place<LocalModel<DetectorManifest>>(plateauDetector()),
    inpainter: await place<LocalModel<InpainterManifest>>(harmonicInpainter()),
    classifiers: [await place<LocalModel<ClassifierManifest>>(linearClassifier('original'))],
  };
  const outcomes: (ImageOutcome | undefined)[] = [];
  for (const tiling of tilings) {
    const plan = {
      folder,
      models,
      arms: ['original', 'inpainted'] as const,
      recipeDigest: 'protocol',
      maskPolicy: {
        version: 1 as const,
        scoreThreshold: null,
        dilateMinPx: 4,
        dilateFraction: 0.1,
        maxAreaFraction: 0.08,
      },
      ...(tiling ? { tiling } : {}),
    };
    const pool = new WorkerPool({ size: 1, start: { kind: 'images', plan } });
    const image = { path: 'film.dcm', sha256: sha256(bytes), seenBy: [0] };
    await pool.run([{ index: 0, message: { image } }], (_, answer) => {
      outcomes.push(answer && 'outcome' in answer ? answer.outcome : undefined);
    });
    await pool.close();
  }
  return outcomes;
}

describe('a tiny marker on a large film', () => {
  it('is missed by the detector on the whole film and found in tiles, twice the same', async () => {
    const tiling: Tiling = { scale: 0.5, overlap: 0.25, wholeFilm: true, merge: 0.5 };
    const [whole, tiled, again] = await outcomesOf([undefined, tiling, tiling]);
    expect(whole).toMatchObject({ kind: 'scored', markers: { other: 0 }, inert: { inpainted: true } });
    expect(tiled).toMatchObject({ kind: 'scored', markers: { other: 1 }, inert: { inpainted: false } });
    expect(again).toEqual(tiled);
  });
});
