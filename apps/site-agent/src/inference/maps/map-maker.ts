// Activation maps that the agent makes itself, where a model does not give them out: from the features of a layer and
// the weights of the last one, or from how the logit answers when each channel is moved a little.
import type { ClassifierManifest } from '@sidemark/core/contract';
import { activationMap, bumpedCopies, bumpStep, bumpWeights } from '@sidemark/core/imaging';
import { storedFloats } from '@sidemark/core/onnx';
import type { FloatTensor } from '../element-types.ts';
import { channelsOf, type Head, openHead, unavailable } from './head.ts';
import { type LinearLayer, linearLayer } from './linear-layer.ts';

/** Numbers of one batch of bumped copies: 64 MiB. */
const BATCH_NUMBERS = 2 ** 24;

export type Target = readonly number[];

/**
 * One map of a film.
 * @param features [1, K, h, w], of the film
 * @param target one number for each logit: the sum of logits times these is what the map explains
 * @returns [1, 1, h, w], after ReLU
 * @throws NonFiniteError where the map is no number; DomainError `model-map-unavailable` where the model does not fit
 * what its manifest declares
 */
export type MapMaker = (features: FloatTensor, target: Target) => Promise<FloatTensor>;

/** The tensor that the maps are made of; undefined where the map is an output of the model, or none is declared. */
export function featuresOf({
  activationMap: declared,
}: Pick<ClassifierManifest, 'activationMap'>): string | undefined {
  return declared === undefined || declared.method === 'exported' ? undefined : declared.features;
}

/**
 * @param bytes of the model: the promised ones, and guarded
 * @throws DomainError `model-map-unavailable` when its head cannot be cut off, or has no such weight
 */
export async function openMapMaker(
  bytes: Uint8Array,
  { activationMap: declared, outputs }: ClassifierManifest,
): Promise<MapMaker | undefined> {
  if (declared === undefined || declared.method === 'exported') return undefined;
  const logits = declared.logits ?? outputs.find(({ semantic }) => semantic === 'logits')!.name;
  const head = await openHead(bytes, declared.features, logits);
  if (declared.method === 'gradcam-bump')
    return async (features, target) => mapFrom(features, await slopesOf(head, features, target));
  const weight = storedFloats(bytes, declared.weight);
  if (!weight) throw unavailable('no float32 tensor of this name is stored', { weight: declared.weight });
  let checked: LinearLayer | undefined;
  return async (features, target) => {
    checked ??= await linearLayer(head, weight, features);
    return mapFrom(features, weightsFor(checked, target));
  };
}

/** Weight of each channel for Grad-CAM. */
async function slopesOf(head: Head, features: FloatTensor, target: Target): Promise<number[]> {
  const { data, dims } = features;
  const channels = channelsOf(features);
  const step = bumpStep(data);
  const perBatch = Math.max(1, Math.floor(BATCH_NUMBERS / (2 * data.length)));
  const slopes: number[] = [];
  for (let first = 0; first < channels; first += perBatch) {
    const count = Math.min(perBatch, channels - first);
    const copies = bumpedCopies(data, channels, { first, count, step });
    const logits = (await head.answer(copies, 2 * count, dims)).map((row) => weighed(row, target));
    slopes.push(...bumpWeights(logits, step, data.length / channels));
  }
  return slopes;
}

function weighed(logits: Float32Array, target: Target): number {
  if (logits.length !== target.length)
    throw unavailable('the head gives another number of logits than the model', {
      logits: logits.length,
      expected: target.length,
    });
  return target.reduce((sum, factor, i) => sum + factor * logits[i]!, 0);
}

function weightsFor({ classes, channels, weight }: LinearLayer, target: Target): number[] {
  if (target.length !== classes)
    throw unavailable('the head gives another number of logits than the model', {
      logits: classes,
      expected: target.length,
    });
  return Array.from({ length: channels }, (_, k) =>
    target.reduce((sum, factor, j) => sum + factor * weight(j, k), 0),
  );
}

function mapFrom({ data, dims }: FloatTensor, weights: readonly number[]): FloatTensor {
  return { data: activationMap(data, weights), dims: [1, 1, dims[2]!, dims[3]!] };
}
