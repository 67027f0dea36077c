// The numbers of one stored tensor: the weights of a last layer, for its class activation maps.
import { graphField, modelField, tensorField } from './onnx-fields.ts';
import { modelLimits } from './model-guard.ts';
import { WireReader } from './wire.ts';

const FLOAT = 1;

export interface StoredFloats {
  readonly dims: readonly number[];
  /** row-major */
  readonly data: Float32Array;
}

/**
 * Undefined where the graph stores no float32 tensor of this name.
 * @param bytes of a model that passed `guardModel`: its tensors hold what their dimensions declare
 */
export function storedFloats(bytes: Uint8Array, name: string): StoredFloats | undefined {
  const reader = new WireReader(modelLimits.fields);
  const graph = reader.message(reader.message(bytes).one(modelField.graph) ?? new Uint8Array());
  const tensor = graph
    .many(graphField.initializer)
    .map((stored) => reader.message(stored))
    .find((stored) => stored.text(tensorField.name) === name);
  if (tensor?.number(tensorField.dataType, 0) !== FLOAT) return undefined;
  const dims = tensor.numbers(tensorField.dims);
  const raw = tensor.one(tensorField.raw) ?? tensor.one(tensorField.floats);
  const size = dims.reduce((product, side) => product * side, 1);
  if (raw?.length !== size * 4) return undefined;
  const view = new DataView(raw.buffer, raw.byteOffset, raw.length);
  const data = new Float32Array(size);
  for (let i = 0; i < size; i++) data[i] = view.getFloat32(i * 4, true);
  return { dims, data };
}
