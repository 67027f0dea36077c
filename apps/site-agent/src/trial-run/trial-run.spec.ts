// A model tried on one film, in the child that runs it: numbers, pictures, and what is refused.
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { ClassifierManifest } from '@sidemark/core/contract';
import sharp from 'sharp';
import type { LocalModel } from '../models/local-model.ts';
import {
  localDetector,
  localFeatures,
  localFindings,
  localInpainter,
  localMulticlass,
  localMultitask,
} from '../pipeline/test-support/tiny-models.ts';
import { temporaryFolder, tinyFilm } from '../pipeline/test-support/tiny-study.ts';
import { askChild } from './ask-child.ts';
import { modelOnTrial } from './manifest-file.ts';
import type { TrialAnswer, TrialRun } from './trial-run.messages.ts';

let folder: string;
let film: string;

beforeAll(async () => {
  folder = await temporaryFolder();
  film = join(folder, 'film.png');
  await writeFile(film, await tinyFilm({ level: 90, marker: true }));
});

async function trial(run: Omit<TrialRun, 'film'>, of = film): Promise<TrialAnswer> {
  const answer = await askChild({ tried: { film: of, ...run } }, 'model');
  if (!('trial' in answer)) throw new Error('no answer');
  return answer.trial;
}

describe('a trial run', () => {
  it('gives the boxes of a detector, and draws them', async () => {
    const out = join(folder, 'boxes.png');
    const answer = await trial({ model: await localDetector(folder), out });
    // 2..8 of 32 px are 4..16 of 64
    expect(answer).toMatchObject({
      role: 'detector',
      film: { width: 64, height: 64, bits: 8 },
      boxes: [{ x1: 4, y1: 4, x2: 16, y2: 16, label: 'left', score: expect.closeTo(1, 2) }],
    });
    const { data, info } = await sharp(out).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([900, 900]);
    const pixel = (x: number, y: number): number[] => [
      ...data.subarray((y * 900 + x) * 3, (y * 900 + x) * 3 + 3),
    ];
    // the frame is just outside 4 * 900 / 64; a grey pixel has equal channels
    expect(pixel(55, 100)).toEqual([255, 80, 80]);
    expect(new Set(pixel(500, 500)).size).toBe(1);
  });

  it('fills where a detector or a person says, and nowhere else', async () => {
    const model = await localInpainter(folder);
    const found = await trial({
      model,
      detector: await localDetector(folder),
      out: join(folder, 'filled.png'),
    });
    expect(found).toMatchObject({ role: 'inpainter', holes: [expect.anything()], changedOutside: 0 });
    const box = { x1: 20, y1: 20, x2: 30, y2: 26 };
    expect(await trial({ model, box })).toMatchObject({ holes: [box], holePixels: 60, changedOutside: 0 });
    expect((await sharp(join(folder, 'filled.png')).metadata()).width).toBe(900 + 2 * 308);
  });

  it('gives every number of a classifier, what it decides, and where it looks', async () => {
    const [binary, three, findings] = [
      await trial({ model: await localFeatures(folder), out: join(folder, 'heat.png') }),
      await trial({ model: await localMulticlass(folder) }, await brightFilm()),
      await trial({ model: await localFindings(folder, { labels: { bright: -9 } }) }),
    ];
    expect(binary).toMatchObject({ role: 'classifier', map: { method: 'cam', width: 16, height: 16 } });
    expect(three).toMatchObject({
      predicted: 'none',
      map: null,
      outputs: [{ label: 'none', logit: 0 }, {}, {}],
    });
    expect(findings).toMatchObject({
      outputs: [{ label: 'bright' }, { label: 'dark' }, { label: 'always', logit: 3 }],
      decision: { label: 'bright', threshold: -9, positive: true },
    });
    // the marker of 8 x 8 px, less corners that were lost on the way to 32 px and back
    expect(await trial({ model: await localMultitask(folder) })).toMatchObject({ lesionPixels: 61 });
    expect((await sharp(join(folder, 'heat.png')).metadata()).width).toBe(1808);
  });

  it('refuses a film that is none, and an answer that is no number', async () => {
    const model = await localMulticlass(folder);
    const text = join(folder, 'film.txt');
    await writeFile(text, 'a letter');
    await expect(trial({ model }, text)).rejects.toMatchObject({
      code: 'film-refused',
      details: { countedAs: 'unsupported-syntax' },
    });
    await expect(trial({ model }, join(folder, 'nothing'))).rejects.toMatchObject({ code: 'film-refused' });
    // the tiny three-class model takes the logarithm of what is below zero on dark films
    await expect(trial({ model })).rejects.toMatchObject({
      code: 'model-unloadable',
      details: { reason: expect.stringMatching(/not a finite number/) },
    });
  });

  it('writes no picture where it cannot, and leaves no half of one', async () => {
    const out = join(folder, 'no-such-folder', 'picture.png');
    await expect(trial({ model: await localFindings(folder), out })).rejects.toMatchObject({
      code: 'disk-failed',
    });
    await expect(stat(`${out}.part`)).rejects.toThrow();
  });
});

async function brightFilm(): Promise<string> {
  const path = join(folder, 'bright.png');
  await writeFile(path, await tinyFilm({ level: 200 }));
  return path;
}

describe('a manifest that is being written', () => {
  const draftOf = async (model: LocalModel, change: object): Promise<string> => {
    const path = join(await temporaryFolder(), 'draft.json');
    await writeFile(path, JSON.stringify({ ...model.manifest, ...change }));
    return path;
  };
  const question = { '?': 'Which?' };

  it('is sealed with what the model answers, and passes as any other', async () => {
    const model = await localFeatures(folder);
    const draft = await draftOf(model, { canary: question, sha256: question });
    const open = await modelOnTrial(model.path, draft);
    expect(open).toMatchObject({ sealed: false, model: { sha256: model.sha256 } });
    const answer = await askChild({ sealed: open.model }, 'model');
    if (!('canary' in answer)) throw new Error('no answer');
    const [plateau, ramp] = answer.canary;
    expect(plateau).toMatchObject({ pattern: 'plateau', range: [0, 1] });
    expect(ramp?.outputs['logits']?.values[0]).toBeCloseTo(2, 4);
    const manifest = ClassifierManifest.parse({ ...open.model.manifest, canary: answer.canary });
    await expect(askChild({ canaries: { ...model, manifest } }, 'model')).resolves.toEqual({ passed: true });
  });

  it('names every question that is still open, and every contradiction', async () => {
    const model = await localFindings(folder);
    await expect(
      modelOnTrial(model.path, await draftOf(model, { labels: question, decode: question })),
    ).rejects.toMatchObject({
      code: 'manifest-invalid',
      details: { issues: ['labels: not answered yet. Which?', 'decode: not answered yet. Which?'] },
    });
    await expect(
      modelOnTrial(model.path, await draftOf(model, { labels: ['a', 'b', 'c'] })),
    ).rejects.toMatchObject({ details: { issues: ['decode.judged: is not among the labels'] } });
    await expect(
      modelOnTrial(model.path, await draftOf(model, { sha256: '0'.repeat(64) })),
    ).rejects.toMatchObject({ code: 'model-digest-mismatch' });
    await expect(modelOnTrial(model.path, film)).rejects.toMatchObject({ code: 'usage' });
    expect(await readFile(model.path)).toHaveLength((await stat(model.path)).size);
  });

  it.each([
    ['name', { name: 'pixels' }, 'model-interface-mismatch', /no input pixels/],
    ['type', { dtype: 'uint8' }, 'model-interface-mismatch', /not uint8/],
    [
      'size',
      { size: { h: 16, w: 32 } },
      'model-unloadable',
      /is \[1, 1, 32, 32\], the manifest feeds \[1, 1, 16, 32\]/,
    ],
    ['layout', { layout: 'NHWC' }, 'model-unloadable', /the manifest feeds \[1, 32, 32, 1\]/],
  ])('says which %s of the input is another one', async (_what, change, code, reason) => {
    const model = await localFindings(folder);
    const image = { ...model.manifest.input.image, ...change };
    const { model: changed } = await modelOnTrial(
      model.path,
      await draftOf(model, { input: { image, extra: [] } }),
    );
    await expect(trial({ model: changed })).rejects.toMatchObject({
      code,
      details: { reason: expect.stringMatching(reason) },
    });
  });
});
