// What a model answers to two built-in pictures, for its manifest. Runs inside an inference child.
import type { Canary, Manifest } from '@sidemark/core/contract';
import { channelAffine } from '@sidemark/core/imaging';
import { DomainError, isDomainError } from '@sidemark/core/errors';
import { makeCanary } from '../inference/canary.ts';
import { loadModel } from '../inference/load-model.ts';
import type { LocalModel } from '../models/local-model.ts';

/** @throws DomainError `model-unloadable` and what loading refuses; `canary-failed` for an output that is no number */
export async function canariesOf(model: LocalModel): Promise<Canary[]> {
  const loaded = await loadModel(model);
  const range = rangeOf(model.manifest.input.image);
  try {
    return [await makeCanary(loaded, 'plateau', range), await makeCanary(loaded, 'ramp', range)];
  } catch (cause) {
    if (isDomainError(cause)) throw cause;
    const reason = cause instanceof Error ? cause.message.slice(0, 300) : 'unknown';
    throw new DomainError('model-unloadable', { model: model.manifest.name, reason }, { cause });
  }
}

/** What a film's tensor ranges over; z-scores reach about three standard deviations. */
function rangeOf({ intensity, normalise, channels }: Manifest['input']['image']): [number, number] {
  if (normalise.perImageZ) return [-3, 3];
  const ends = Array.from({ length: channels }, (_, c) => {
    const { gain, shift } = channelAffine(normalise, c, channels);
    return intensity.out.map((value) => value * gain + shift);
  }).flat();
  return [Math.min(...ends), Math.max(...ends)];
}
