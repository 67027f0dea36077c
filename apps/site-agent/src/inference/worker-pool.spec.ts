import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { canaryTensor } from '@sidemark/core/imaging';
import { sha256 } from '@sidemark/core/signing';
import type { LocalModel } from '../models/local-model.ts';
import {
  localClassifier,
  localDetector,
  localInpainter,
  localMulticlass,
} from '../pipeline/test-support/tiny-models.ts';
import { greedyClassifier } from '../pipeline/test-support/tiny-onnx.ts';
import { temporaryFolder, tinyDataset } from '../pipeline/test-support/tiny-study.ts';
import { checkCanaries } from './check-canaries.ts';
import { WorkerPool } from './worker-pool.ts';
import type { FromWorker, WorkerStart } from './worker-messages.ts';

let folder: string;
const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

beforeAll(async () => {
  folder = await temporaryFolder();
});

/** The model with another canary input. */
function withRange<M extends LocalModel>(model: M, range: [number, number]): M {
  const { image } = model.manifest.input;
  const { data } = canaryTensor('ramp', image, range);
  const canary = model.manifest.canary.map((one) => ({
    ...one,
    range,
    inputSha256: sha256(new Uint8Array(data.buffer)),
  }));
  return { ...model, manifest: { ...model.manifest, canary } };
}

describe('checkCanaries', () => {
  it('passes models that give their published answers', async () => {
    const models: LocalModel[] = [
      await localDetector(folder),
      await localInpainter(folder),
      await localClassifier(folder),
      await localMulticlass(folder),
    ];
    await expect(checkCanaries(models)).resolves.toBeUndefined();
  });

  it('refuses a model with another answer, and tells both numbers', async () => {
    const model = await localClassifier(folder, 1);
    await expect(checkCanaries([model])).rejects.toMatchObject({
      code: 'canary-failed',
      details: {
        model: 'brightness@1.0.0',
        output: 'logits',
        index: 0,
        expected: 1,
        found: expect.closeTo(0, 4),
      },
    });
  });

  it.each([
    [
      'an input of another name',
      (m: LocalModel) => ({ ...m.manifest.input, image: { ...m.manifest.input.image, name: 'pixels' } }),
      /no input pixels/,
    ],
    [
      'an input of another type',
      (m: LocalModel) => ({
        ...m.manifest.input,
        image: { ...m.manifest.input.image, dtype: 'uint8' as const },
      }),
      /input image is not uint8/,
    ],
  ])('refuses %s', async (_, input, reason) => {
    const model = await localClassifier(folder);
    const changed = { ...model, manifest: { ...model.manifest, input: input(model) } };
    await expect(checkCanaries([changed])).rejects.toMatchObject({
      code: 'model-interface-mismatch',
      details: { reason: expect.stringMatching(reason) },
    });
  });

  it('refuses a model that gives another number of outputs than it has labels', async () => {
    const model = await localMulticlass(folder);
    const changed = { ...model, manifest: { ...model.manifest, labels: ['one', 'two'] } };
    await expect(checkCanaries([changed])).rejects.toMatchObject({
      code: 'model-unloadable',
      details: { reason: expect.stringMatching(/length must be 2: 3/) },
    });
  });

  it('refuses a model whose answer holds something that is no number, named by the canary or not', async () => {
    const model = withRange(await localMulticlass(folder), [0, 0.1]);
    await expect(checkCanaries([model])).rejects.toMatchObject({
      code: 'canary-failed',
      details: { output: 'logits', index: 1, found: 'NaN', reason: 'not a finite number' },
    });
  });

  it.each([
    ['has no end in sight', greedyClassifier(3000, 500), { answerMs: 3000 }],
    ['eats memory without end', greedyClassifier(60_000, 0), { memoryBytes: 2 ** 30 }],
  ])('refuses a model whose canary %s, and leaves no process behind', async (_what, bytes, limits) => {
    const model = withRange(await localClassifier(folder, 4, bytes), [0.9, 1]);
    await expect(checkCanaries([model], undefined, limits)).rejects.toMatchObject({
      code: 'model-unloadable',
      details: { reason: expect.stringMatching(/died, grew too large or fell silent/) },
    });
  });

  it('refuses other bytes than the promised ones', async () => {
    const model = { ...(await localClassifier(folder)), sha256: '0'.repeat(64) };
    await expect(checkCanaries([model])).rejects.toMatchObject({ code: 'model-unloadable' });
  });
});

describe('the worker pool', () => {
  const start = async (): Promise<WorkerStart> => ({
    kind: 'images',
    plan: {
      folder: (await films()).folder,
      models: {
        detector: await localDetector(folder),
        inpainter: await localInpainter(folder),
        classifiers: [],
      },
      arms: ['original'],
      recipeDigest: 'protocol',
      maskPolicy: {
        version: 1,
        scoreThreshold: null,
        dilateMinPx: 4,
        dilateFraction: 0.1,
        maxAreaFraction: 0.08,
      },
    },
  });
  const films = (): ReturnType<typeof tinyDataset> =>
    (made ??= tinyDataset([{ level: 50 }, { level: 90 }, { level: 99 }]));
  let made: ReturnType<typeof tinyDataset> | undefined;
  const questions = async () =>
    (await films()).rows.map(({ path, sha256 }, index) => ({
      index,
      message: { image: { path, sha256, seenBy: [0] } },
    }));

  it('replaces a child that grows too large, and gives an image up after two', async () => {
    const pool = new WorkerPool({ size: 1, start: await start(), limits: { memoryBytes: 2 ** 20 } });
    await expect(pool.run(await questions(), () => undefined)).rejects.toMatchObject({
      code: 'inference-failed',
    });
    await pool.close();
    expect(pool.pids).toEqual([]);
  });

  it('gives an image up that costs two children their lives', async () => {
    const pool = new WorkerPool({ size: 1, start: await start(), limits: { answerMs: 0 } });
    const answers: (FromWorker | undefined)[] = [];
    await pool.run(await questions(), (index, answer) => void (answers[index] = answer));
    await pool.close();
    expect(answers).toEqual([undefined, undefined, undefined]);
  });

  it('leaves no process behind', async () => {
    const pool = new WorkerPool({ size: 2, start: await start() });
    let pids: number[] = [];
    await pool.run(await questions(), () => void (pids = [...pids, ...pool.pids]));
    await pool.close();
    expect(pids.length).toBeGreaterThan(0);
    expect(pids.filter(alive)).toEqual([]);
  });

  it('ends with its parent, even when that is killed', async () => {
    const script = join(import.meta.dirname, '../pipeline/test-support/abandoned-parent.ts');
    const tsx = createRequire(import.meta.url).resolve('tsx');
    const parent = spawn(process.execPath, ['--import', tsx, script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = await new Promise<number>((resolve) =>
      parent.stdout.once('data', (text) => resolve(Number(text))),
    );
    expect(alive(pid)).toBe(true);
    parent.kill('SIGKILL');
    for (let i = 0; i < 100 && alive(pid); i++) await after(50);
    expect(alive(pid)).toBe(false);
  });
});
