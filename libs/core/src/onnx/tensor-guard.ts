// A stored tensor (TensorProto of onnx.proto3) must bring the data that its dimensions declare, in this very file.
import { DomainError } from '../errors/index.ts';
import { tensorField } from './onnx-fields.ts';
import { WireError, type WireMessage } from './wire.ts';

const STRING = 8;
const MOST_DIMENSIONS = 16;

/** Bits of one element in `raw_data`, by TensorProto.DataType. */
const bits: Readonly<Record<number, number>> = {
  ...{ 1: 32, 2: 8, 3: 8, 4: 16, 5: 16, 6: 32, 7: 64, 9: 8, 10: 16, 11: 64, 12: 32, 13: 64, 14: 64, 15: 128 },
  ...{ 16: 16, 17: 8, 18: 8, 19: 8, 20: 8, 21: 4, 22: 4, 23: 4 },
};

/**
 * @returns the name of the tensor
 * @throws DomainError `model-external-data`, `model-tensor-invalid`
 */
export function guardTensor(tensor: WireMessage): string {
  const name = tensor.text(tensorField.name);
  if (tensor.has(tensorField.externalData) || tensor.number(tensorField.dataLocation, 0) !== 0)
    throw new DomainError('model-external-data', { tensor: shown(name) });
  const refuse = (reason: string): DomainError =>
    new DomainError('model-tensor-invalid', { tensor: shown(name), reason });
  const dims = tensor.numbers(tensorField.dims);
  if (dims.length > MOST_DIMENSIONS) throw refuse(`more than ${MOST_DIMENSIONS} dimensions`);
  const declared = dims.reduce((product, side) => product * side, 1);
  const type = tensor.number(tensorField.dataType, 0);
  const raw = tensor.one(tensorField.raw);
  const width = bits[type];
  if (width === undefined && type !== STRING) throw refuse('an unknown element type');
  if (raw !== undefined && width !== undefined) {
    if (Math.ceil((declared * width) / 8) !== raw.length)
      throw refuse('its data has another length than its dimensions');
    // written so that NaN is refused
  } else if (!(declared <= held(tensor, width === 4 ? 2 : 1))) {
    throw refuse('it declares more elements than the file holds');
  }
  return name;
}

/** Most elements in the typed fields. */
function held(tensor: WireMessage, perNumber: number): number {
  const numbers = tensor.capacity(tensorField.int32s, 1) * perNumber;
  const long = tensor.capacity(tensorField.int64s, 1) + tensor.capacity(tensorField.uint64s, 1);
  const real = tensor.capacity(tensorField.floats, 4) + tensor.capacity(tensorField.doubles, 8);
  return numbers + long + real + tensor.many(tensorField.strings).length;
}

/** A name of the model's author, short and printable. */
export function shown(name: string): string {
  if (name.includes('\0')) throw new WireError('a name holds NUL');
  return name.replace(/[^\x20-\x7e]/g, '?').slice(0, 80);
}
