// The end of a classifier by itself: from the features of a layer to the logits. It is asked about features that no film
// has, many at once where it takes them.
import { DomainError, type ErrorDetails } from '@sidemark/core/errors';
import { cutHead } from '@sidemark/core/onnx';
import type { FloatTensor } from '../element-types.ts';
import { openSession } from '../onnx.session.ts';

export interface Head {
  /** logits of each copy, in order */
  readonly answer: (copies: Float32Array, count: number, dims: readonly number[]) => Promise<Float32Array[]>;
}

/**
 * @param bytes of the model: the promised ones, and guarded
 * @throws DomainError `model-map-unavailable`
 */
export async function openHead(bytes: Uint8Array, features: string, logits: string): Promise<Head> {
  const session = await openSession(cutHead(bytes, features, logits)).catch((cause: unknown) => {
    if (cause instanceof DomainError) throw cause;
    throw unavailable('onnxruntime does not load the part after the features', { features, logits });
  });
  const run = async (data: Float32Array, dims: readonly number[]): Promise<FloatTensor> => {
    const found = (await session.run({ [features]: { type: 'float32', data, dims } }))[logits];
    if (!(found?.data instanceof Float32Array)) throw unavailable('the logits are not float32', { logits });
    return { data: found.data, dims: found.dims };
  };
  let takesBatches: boolean | undefined;
  return {
    answer: async (copies, count, dims) => {
      takesBatches ??= await keepsBatch(run, dims);
      const size = copies.length / count;
      const each = (i: number): Float32Array => copies.subarray(i * size, (i + 1) * size);
      if (takesBatches) return rowsOf((await run(copies, [count, ...dims.slice(1)])).data, count);
      const answers: Float32Array[] = [];
      for (let i = 0; i < count; i++) answers.push((await run(each(i).slice(), dims)).data);
      return answers;
    },
  };
}

/** A head that was exported for one film may hold the 1 in its shapes: it refuses two, or makes one row of them. */
async function keepsBatch(
  run: (data: Float32Array, dims: readonly number[]) => Promise<FloatTensor>,
  dims: readonly number[],
): Promise<boolean> {
  const size = dims.reduce((product, side) => product * side, 1);
  const one = await run(new Float32Array(size), dims);
  const two = await run(new Float32Array(2 * size), [2, ...dims.slice(1)]).catch(() => undefined);
  return two?.dims[0] === 2 && two.data.length === 2 * one.data.length;
}

function rowsOf(data: Float32Array, count: number): Float32Array[] {
  const size = data.length / count;
  return Array.from({ length: count }, (_, i) => data.subarray(i * size, (i + 1) * size));
}

/** @throws DomainError `model-map-unavailable` */
export function channelsOf({ dims, data }: FloatTensor): number {
  if (dims.length !== 4 || dims[0] !== 1 || data.length === 0)
    throw unavailable('the features are not [1, K, h, w]', { shape: dims.join(' x ') });
  return dims[1]!;
}

export function unavailable(reason: string, details: ErrorDetails): DomainError {
  return new DomainError('model-map-unavailable', { reason, ...details });
}
