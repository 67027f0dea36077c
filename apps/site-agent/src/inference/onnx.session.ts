// The only file that knows onnxruntime. Loaded in child processes only: create() and run() block their process.
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { timed } from '../platform/stopwatch.ts';

export type ElementType = 'float32' | 'float16' | 'float64' | 'uint8' | 'int32' | 'int64';

export interface RawTensor {
  type: string;
  /** float16 comes and goes as the 16 bits of each number */
  data: Float32Array | Float64Array | Uint8Array | Uint16Array | Int32Array | BigInt64Array;
  dims: readonly number[];
}

export interface TensorInfo {
  name: string;
  /** undefined for what is no tensor (sequences, maps, optionals) */
  type: string | undefined;
  /** numbers, or names of free dimensions */
  shape: readonly (number | string)[];
}

export interface OnnxSession {
  inputs: TensorInfo[];
  outputs: TensorInfo[];
  run(feeds: Readonly<Record<string, RawTensor>>): Promise<Record<string, RawTensor>>;
}

/** One thread, one order of operations: the same bytes in give the same bytes out, however many children work. */
const options: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  logSeverityLevel: 4,
};

/** Loads a model from its bytes. Rejects when onnxruntime refuses them. */
export async function openSession(bytes: Uint8Array): Promise<OnnxSession> {
  const session = await InferenceSession.create(bytes, options);
  return {
    inputs: session.inputMetadata.map(tensorInfo),
    outputs: session.outputMetadata.map(tensorInfo),
    run: async (feeds) => rawTensors(await timed('inference', () => session.run(ortTensors(feeds)))),
  };
}

function tensorInfo(meta: InferenceSession.ValueMetadata): TensorInfo {
  return meta.isTensor
    ? { name: meta.name, type: meta.type, shape: meta.shape }
    : { name: meta.name, type: undefined, shape: [] };
}

function ortTensors(feeds: Readonly<Record<string, RawTensor>>): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(feeds).map(([name, { type, data, dims }]) => [
      name,
      new Tensor(type as Tensor.Type, data as Tensor.DataType, dims),
    ]),
  );
}

function rawTensors(results: InferenceSession.OnnxValueMapType): Record<string, RawTensor> {
  const raw: Record<string, RawTensor> = {};
  for (const [name, value] of Object.entries(results)) {
    if (value instanceof Tensor)
      raw[name] = { type: value.type, data: value.data as RawTensor['data'], dims: value.dims };
  }
  return raw;
}
