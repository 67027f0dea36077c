// The entry of an inference child: decode and onnxruntime together, one message at a time. It has no environment,
// opens no connection, and ends when its parent does.
import { join } from 'node:path';
import { DomainError } from '@sidemark/core/errors';
import { sha256 } from '@sidemark/core/signing';
import { factsOfFile } from '../dataset/check/file-facts.ts';
import { readFilmFile } from '../dataset/film/film-file.reader.ts';
import { harmonizeFilm } from '../harmonize/harmonize-film.ts';
import type { HarmonizePlan, HarmonizeTask } from '../harmonize/harmonize-plan.ts';
import type { HarmonizeAnswer } from '../harmonize/harmonized-film.ts';
import { drawFilm } from '../heat-maps/draw-film.ts';
import type { HeatTask } from '../heat-maps/heat-map.messages.ts';
import type { LocalModel } from '../models/local-model.ts';
import { evaluateImage, type ImageModels } from '../pipeline/image/evaluate-image.ts';
import type { ImagePlan } from '../pipeline/image/image-plan.ts';
import { answerFilm } from '../pipeline/pack/answer-film.ts';
import type { PackFilmFile } from '../pipeline/pack/pack-film.ts';
import type { FromWorker, ImageFile, ImageTask, ToWorker } from './worker-messages.ts';
import { timedFilm } from '../platform/stopwatch.ts';
import { canariesOf } from '../trial-run/canaries-of.ts';
import { tryModel } from '../trial-run/try-model.ts';
import { firstCanaryFailure } from './canary.ts';
import { loadModel } from './load-model.ts';

let plan: ImagePlan | undefined;
let models: ImageModels | undefined;
let harmonizer: ((task: HarmonizeTask) => Promise<HarmonizeAnswer>) | undefined;

async function answer(message: ToWorker): Promise<FromWorker> {
  if ('start' in message) {
    if (message.start.kind === 'images') {
      plan = message.start.plan;
      models = await loadModels(plan);
    }
    if (message.start.kind === 'harmonize') harmonizer = await harmonizerOf(message.start.plan);
    return { ready: true };
  }
  if ('harmonize' in message) {
    if (!harmonizer) throw new RangeError('a film came before the plan');
    return { harmonized: await harmonizer(message.harmonize) };
  }
  if ('heat' in message) return drawHeat(message.heat);
  if ('factsOf' in message) return { facts: await factsOfFile(message.factsOf.path) };
  if ('canaries' in message) return check(message.canaries);
  if ('tried' in message) return { trial: await tryModel(message.tried) };
  if ('sealed' in message) return { canary: await canariesOf(message.sealed) };
  return 'film' in message ? answerPhantom(message.film) : evaluate(message.image);
}

async function loadModels({ models: wanted }: ImagePlan): Promise<ImageModels> {
  const classifiers: ImageModels['classifiers'] = [];
  for (const classifier of wanted.classifiers) classifiers.push(await loadModel(classifier));
  return {
    detector: await loadModel(wanted.detector),
    inpainter: await loadModel(wanted.inpainter),
    classifiers,
  };
}

async function harmonizerOf(wanted: HarmonizePlan): Promise<typeof harmonizer> {
  const detector = await loadModel(wanted.models.detector);
  const inpainter = await loadModel(wanted.models.inpainter);
  return (task) => harmonizeFilm(task, { detector, inpainter }, wanted);
}

async function evaluate(task: ImageTask): Promise<FromWorker> {
  if (!plan || !models) throw new RangeError('an image came before the plan');
  const [{ bytes, ...truth }, by, recipe] = [await filesOf(task, plan), models, plan];
  const { answer: outcome, took } = await timedFilm(() =>
    evaluateImage(bytes, by, recipe, { seenBy: task.seenBy, ...truth }),
  );
  return { outcome, took };
}

async function drawHeat(task: HeatTask & ImageTask): Promise<FromWorker> {
  if (!plan || !models) throw new RangeError('an image came before the plan');
  return { heat: await drawFilm(await filesOf(task, plan), models, plan, task) };
}

async function filesOf(
  task: ImageTask,
  { folder }: ImagePlan,
): Promise<{ bytes: Uint8Array; mask?: Uint8Array }> {
  const bytes = await registeredBytes(folder, task);
  return task.mask ? { bytes, mask: await registeredBytes(folder, task.mask) } : { bytes };
}

async function answerPhantom(film: PackFilmFile): Promise<FromWorker> {
  if (!plan || !models) throw new RangeError('a film came before the plan');
  const bytes = await registeredBytes(plan.folder, film);
  return { film: await answerFilm({ ...film, bytes }, models, plan) };
}

async function registeredBytes(folder: string, { path, sha256: digest }: ImageFile): Promise<Uint8Array> {
  const bytes = await readFilmFile(join(folder, path)).catch(() => undefined);
  if (!bytes || sha256(bytes) !== digest) throw new DomainError('dataset-changed', { files: 1 });
  return bytes;
}

async function check(model: LocalModel): Promise<FromWorker> {
  const loaded = await loadModel(model);
  const failure = await firstCanaryFailure(loaded).catch((cause: unknown) => {
    if (cause instanceof DomainError) throw cause;
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '').slice(0, 300) : 'unknown';
    throw new DomainError('model-unloadable', {
      model: `${model.manifest.name}@${model.manifest.version}`,
      reason,
    });
  });
  return failure ? { refused: { code: 'canary-failed', details: failure } } : { passed: true };
}

function refusalOf(error: unknown): FromWorker {
  if (error instanceof DomainError) return { refused: { code: error.code, details: error.details } };
  return {
    refused: {
      code: 'inference-failed',
      details: { reason: error instanceof Error ? error.name : 'unknown' },
    },
  };
}

process.on('disconnect', () => process.exit(0));
// Ctrl-C in a terminal reaches the whole group; the parent decides what it means
process.on('SIGINT', () => undefined);
process.on('message', (message: ToWorker) => {
  void answer(message)
    .catch(refusalOf)
    .then((reply) => process.send?.(reply));
});
if (!process.connected) process.exit(0);
