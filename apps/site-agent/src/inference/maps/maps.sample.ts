// A process of its own, for tests: reads models and tensors from standard input, and prints the logits and the activation
// map of each, as the pipeline makes them. onnxruntime does not run inside jest.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { ClassifierManifest } from '@sidemark/core/contract';
import { isDomainError } from '@sidemark/core/errors';
import type { ModelInput } from '@sidemark/core/imaging';
import type { LocalModel } from '../../models/local-model.ts';
import { classify } from '../../pipeline/image/scores/classify.ts';
import { loadModel } from '../load-model.ts';

export interface MapAsked {
  model: LocalModel<ClassifierManifest>;
  image: { data: number[]; dims: number[] };
}

export type MapAnswer =
  { logits: number[]; map: { data: number[]; width: number; height: number } | null } | { refused: object };

/** @returns one answer for each, in order */
export async function mapsOf(asked: readonly MapAsked[]): Promise<MapAnswer[]> {
  const tsx = createRequire(import.meta.url).resolve('tsx');
  const child = spawn(process.execPath, ['--import', tsx, fileURLToPath(import.meta.url), 'answer'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {},
  });
  child.stdin.end(JSON.stringify(asked));
  return JSON.parse(await text(child.stdout)) as MapAnswer[];
}

async function answer({ model, image }: MapAsked): Promise<MapAnswer> {
  try {
    const tensor = { data: Float32Array.from(image.data), dims: image.dims } as ModelInput;
    const { logits, map } = await classify(await loadModel(model), tensor);
    return { logits, map: map ? { ...map, data: [...map.data] } : null };
  } catch (error) {
    if (isDomainError(error)) return { refused: { code: error.code, details: error.details } };
    throw error;
  }
}

if (process.argv[2] === 'answer') {
  const asked = JSON.parse(await text(process.stdin)) as MapAsked[];
  const answers: MapAnswer[] = [];
  for (const one of asked) answers.push(await answer(one));
  process.stdout.write(JSON.stringify(answers));
}
