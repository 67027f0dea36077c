import { readFileSync, readdirSync } from 'node:fs';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { ReportResult, ShareMoments } from '@sidemark/core/contract';
import { digestOf, sha256 } from '@sidemark/core/signing';
import sharp from 'sharp';
import { dicomThatPromises, jpegThatPromises, noisyFilm, pngBomb } from '../dataset/film/bombs.sample.ts';
import type { DatasetRow, RegisteredDataset } from '../dataset/registered-dataset.ts';
import type { LocalModels } from '../models/local-model.ts';
import { evaluateJob, type Evaluation } from './evaluate-job.ts';
import {
  localClassifier,
  localDetector,
  localInpainter,
  localMulticlass,
  localMultitask,
} from './test-support/tiny-models.ts';
import { greedyClassifier } from './test-support/tiny-onnx.ts';
import { temporaryFolder, tinyDataset, tinyProtocol } from './test-support/tiny-study.ts';

let models: LocalModels;
let dataset: RegisteredDataset;
let reference: ReportResult;

/** Pids of the inference children of this process. */
function childPids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return (
          Number(parent) === process.pid &&
          state !== 'Z' &&
          readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('inference/worker')
        );
      } catch {
        return false;
      }
    });
}

async function evaluation(change: Partial<Evaluation> = {}): Promise<Evaluation> {
  const journalPath = join(await temporaryFolder(), 'journal.ndjson');
  const protocol = tinyProtocol(change.models ?? models);
  return {
    protocol,
    models,
    dataset,
    journalPath,
    foldKey: 'key',
    siteName: 'here',
    floor: 1,
    workers: 2,
    onProgress: () => undefined,
    ...change,
  };
}

beforeAll(async () => {
  const folder = await temporaryFolder();
  models = {
    detector: await localDetector(folder),
    inpainter: await localInpainter(folder),
    classifiers: [await localClassifier(folder)],
  };
  // marked negatives look brighter than they are: original is fooled once, inpainted is not
  dataset = await tinyDataset([
    ...[60, 70, 80, 90, 100, 120].map((level) => ({ level, marker: level > 85 })),
    ...[121, 130, 140, 150, 160, 170].map((level) => ({ level })),
    { level: 200, row: { view: 'LATERAL' as const } },
  ]);
  reference = (await evaluateJob(await evaluation())).result;
});

describe('evaluateJob', () => {
  it('gives the figures that can be worked out by hand', () => {
    expect(reference.images).toEqual({
      registered: { images: 13, patients: 13 },
      evaluated: { images: 12, patients: 12 },
      skipped: [{ reason: 'view-not-allowed', images: 1 }],
    });
    expect(reference.markers).toEqual({ images: 3, left: 3, right: 0, other: 0, needsReview: 0 });
    expect(reference.inert).toEqual({ inpainted: 9, clipped: 9 });
    const [binary] = reference.classifiers;
    if (binary?.kind !== 'binary') throw new Error('binary expected');
    // 120 with its marker is as bright as 122: above one positive film of six, 35 / 36 in steps of 0.005
    expect(binary.auc.map((one) => one.kind === 'estimate' && one.value)).toEqual([0.97, 1, 1]);
    expect(binary.clustered).toBe(false);
    expect(reference.comparisons[0]).toMatchObject({ difference: { kind: 'estimate', value: 0.03 } });
  });

  it('gives the same digest with one worker as with two', async () => {
    expect(digestOf((await evaluateJob(await evaluation({ workers: 1 }))).result)).toBe(digestOf(reference));
  });

  it('gives the same digest when children are killed under it, and leaves none behind', async () => {
    let killed = 0;
    const onProgress = (): void => {
      for (const pid of killed < 2 ? childPids() : []) {
        process.kill(pid, 'SIGKILL');
        killed++;
      }
    };
    const { result } = await evaluateJob(await evaluation({ onProgress }));
    expect(killed).toBeGreaterThan(0);
    expect(digestOf(result)).toBe(digestOf(reference));
    expect(childPids()).toEqual([]);
  });

  it('goes on where a killed agent stopped', async () => {
    const once = await evaluation();
    await evaluateJob(once);
    const whole = await readFile(once.journalPath, 'utf8');
    expect(whole).not.toMatch(/p\d|\.png/);
    const lines = whole.split('\n');
    await writeFile(once.journalPath, lines.slice(0, 6).join('\n') + '\n');
    await appendFile(once.journalPath, lines[6]!.slice(0, 40));
    const first: number[] = [];
    const { result: again } = await evaluateJob({
      ...once,
      onProgress: ({ imagesDone }) => void first.push(imagesDone),
    });
    // five journalled, one of another view
    expect(first[0]).toBe(6);
    expect(first.at(-1)).toBe(13);
    expect(digestOf(again)).toBe(digestOf(reference));
  });

  describe('with a multi-task classifier, ground truth and folds', () => {
    let drawing: LocalModels;
    let divided: RegisteredDataset;
    const figures = (result: ReportResult, at: number) => {
      const found = result.classifiers[at];
      if (found?.kind !== 'binary') throw new Error('binary expected');
      return found;
    };

    beforeAll(async () => {
      const folder = await temporaryFolder();
      const fold = { fold: { k: 5, heldOut: 1 }, trainedOnSites: ['here'] };
      drawing = {
        ...models,
        classifiers: [await localMultitask(folder), await localMultitask(folder, 'fold-1', fold)],
      };
      // the lesion of the marked films is their marker, of the others nothing; two films have no truth
      const levels = [60, 70, 80, 130, 140, 150];
      const splits = ['test', 'fold-1', 'train'] as const;
      const films = splits.flatMap((split, part) =>
        levels.map((level, i) => ({ level: level + part, marker: i % 2 === 0, row: { split } })),
      );
      const plain = await tinyDataset(films);
      const square = new Uint8Array(64 * 64).map((_, i) =>
        (i & 63) >= 6 && (i & 63) < 14 && i >> 6 >= 6 && i >> 6 < 14 ? 255 : 0,
      );
      const masks = [square, new Uint8Array(64 * 64)].map((pixels) =>
        sharp(pixels, { raw: { width: 64, height: 64, channels: 1 } })
          .toColourspace('b-w')
          .png()
          .toBuffer(),
      );
      const [lesion, none] = await Promise.all(masks);
      await writeFile(join(plain.folder, 'lesion.png'), lesion!);
      await writeFile(join(plain.folder, 'none.png'), none!);
      const rows = plain.rows.map((row): DatasetRow => {
        const k = Number(/\d+/.exec(row.path)![0]);
        if (k % 6 === 5) return row;
        const [mask, bytes] = k % 2 === 0 ? ['lesion.png', lesion!] : ['none.png', none!];
        return { ...row, mask, maskSha256: sha256(bytes) };
      });
      divided = { ...plain, rows };
    });

    it('gives Dice, maps and folds that can be worked out by hand, whoever works on it', async () => {
      const wanted = { models: drawing, dataset: divided };
      const { result } = await evaluateJob(await evaluation(wanted));
      expect(result.images.skipped).toEqual([{ reason: 'split-not-used', images: 6 }]);
      expect(result.images.evaluated.images).toBe(12);
      const [all, fold] = [figures(result, 0), figures(result, 1)];
      expect([all.rows, fold.rows]).toEqual(['test', 'fold']);
      // original: the marker is found; inpainted: nothing is left of it, so three films of five fall to 0
      expect(all.segmentation).toMatchObject({ bothEmpty: 'one', withoutTruth: 1 });
      const [original, inpainted] = all.segmentation!.dice as [ShareMoments, ShareMoments];
      expect(original).toMatchObject({ films: { images: 5, patients: 5 } });
      expect(original.kind === 'moments' && original.mean).toBeGreaterThan(0.9);
      expect(inpainted).toMatchObject({ mean: 0.4, variance: 0.3 });
      expect(all.segmentation!.empty[1]).toEqual({ kind: 'counts', both: 2, truth: 2, prediction: 5 });
      // the map is the film: a marker holds more of it before than after
      const [before, after] = all.cam!.marker.map((one) => (one.kind === 'moments' ? one.mean : NaN));
      expect(before).toBeGreaterThan(after!);
      expect(all.cam!.marker[0]).toMatchObject({ films: { images: 3, patients: 3 } });
      expect(all.cam!.zeroMaps).toEqual([1, 2, 3].map(() => ({ kind: 'counts', images: 0 })));
      const alone = await evaluateJob(await evaluation({ ...wanted, workers: 1 }));
      expect(digestOf(alone.result)).toBe(digestOf(result));
    });

    it('goes on where it stopped, but not with another name of the site', async () => {
      const once = await evaluation({ models: drawing, dataset: divided });
      const { result } = await evaluateJob(once);
      const lines = (await readFile(once.journalPath, 'utf8')).split('\n');
      await writeFile(once.journalPath, lines.slice(0, 5).join('\n') + '\n');
      const seen: number[] = [];
      const onProgress = ({ imagesDone }: { imagesDone: number }): void => void seen.push(imagesDone);
      expect(digestOf((await evaluateJob({ ...once, onProgress })).result)).toBe(digestOf(result));
      // four journalled, six of training alone
      expect(seen[0]).toBe(10);
      const elsewhere = await evaluateJob({ ...once, siteName: 'elsewhere' });
      expect(figures(elsewhere.result, 1).rows).toBe('test');
    });
  });

  it('skips an image whose model output is not finite, on every arm and classifier', async () => {
    const odd = {
      ...models,
      classifiers: [models.classifiers[0]!, await localMulticlass(await temporaryFolder())],
    };
    const { result } = await evaluateJob(await evaluation({ models: odd }));
    expect(result.images.skipped).toContainEqual({ reason: 'non-finite-output', images: 4 });
    expect(result.images.evaluated.images).toBe(8);
  });

  it('stops when a file is not the registered one', async () => {
    const other = await tinyDataset([{ level: 50 }, { level: 150 }]);
    await writeFile(join(other.folder, other.rows[0]!.path), 'something else');
    await expect(evaluateJob(await evaluation({ dataset: other }))).rejects.toMatchObject({
      code: 'dataset-changed',
    });
  });

  it('skips films that are bombs or were cut, each with its reason', async () => {
    const png = await noisyFilm('png');
    const bad = [
      png.subarray(0, png.length >> 1),
      pngBomb(60_000, 60_000, 1000),
      await jpegThatPromises(65_500),
      dicomThatPromises(65_535),
    ];
    const other = await tinyDataset([...dataset.rows, ...bad].map((_, i) => ({ level: 30 + 11 * i })));
    const rows = [...other.rows];
    for (const [i, bytes] of bad.entries()) {
      await writeFile(join(other.folder, rows[i]!.path), bytes);
      rows[i] = { ...rows[i]!, sha256: sha256(bytes) };
    }
    const { result } = await evaluateJob(await evaluation({ dataset: { ...other, rows } }));
    const { images } = result;
    expect(images.evaluated.images).toBe(13);
    expect(images.skipped).toEqual(
      expect.arrayContaining([
        { reason: 'truncated', images: 1 },
        { reason: 'bad-geometry', images: 3 },
      ]),
    );
  });

  it.each([
    ['eats memory', 40_000, 0, { memoryBytes: 3 * 2 ** 29 }],
    ['comes to no end', 3000, 500, { answerMs: 6000 }],
  ])('loses only the image on which a model %s, and goes on', async (_, side, times, limits) => {
    const greedy = await localClassifier(await temporaryFolder(), 0, greedyClassifier(side, times));
    const films = [...[60, 70, 80, 90, 100].map((level) => ({ level })), { level: 230 }];
    const other = await tinyDataset([...films, ...[121, 130, 140, 150, 160].map((level) => ({ level }))]);
    const wanted = { models: { ...models, classifiers: [greedy] }, dataset: other, limits, workers: 1 };
    const lost: string[] = [];
    const onSkip = ({ path }: DatasetRow, reason: string): void => void lost.push(`${path} ${reason}`);
    const { result } = await evaluateJob(await evaluation({ ...wanted, onSkip }));
    expect(lost).toEqual(['5.png inference-failed']);
    expect(result.images.evaluated.images).toBe(10);
    expect(childPids()).toEqual([]);
  });

  it('fills a placebo on the films with a marker, the same whoever works on it', async () => {
    const protocol = tinyProtocol(models, { arms: ['original', 'inpainted', 'placebo'] });
    const { result } = await evaluateJob(await evaluation({ protocol }));
    expect(result.placebo).toEqual({ filled: 3, withoutPlace: 0 });
    expect(result.inert).toEqual({ inpainted: 9, clipped: 9, placebo: 9 });
    const [binary] = result.classifiers;
    if (binary?.kind !== 'binary') throw new Error('binary expected');
    const { marker, placebo, difference } = binary.reliance!;
    // the marker makes a film brighter, a hole elsewhere hardly changes its mean
    expect(marker.change).toMatchObject({ kind: 'moments', films: { images: 3, patients: 3 } });
    const [byMarker, byPlacebo] = [marker, placebo!].map(({ size }) =>
      size.kind === 'moments' ? size.mean : NaN,
    );
    expect(byMarker).toBeGreaterThan(10 * byPlacebo!);
    expect(difference).toMatchObject({ kind: 'moments', films: { images: 3, patients: 3 } });
    const alone = await evaluateJob(await evaluation({ protocol, workers: 1 }));
    expect(digestOf(alone.result)).toBe(digestOf(result));
  });

  it('ends at once when the signal is given, and leaves no child', async () => {
    const controller = new AbortController();
    const wanted = await evaluation({ signal: controller.signal });
    const onProgress = (): void => controller.abort(new Error('cancelled by the office'));
    await expect(evaluateJob({ ...wanted, onProgress })).rejects.toThrow('cancelled by the office');
    expect(childPids()).toEqual([]);
  });
});
