// Between the float32 that pixel arithmetic speaks and the element types that models declare.
import type { RawTensor } from './onnx.session.ts';

/** What the pipeline gives to a model and gets from it. */
export interface FloatTensor {
  data: Float32Array;
  dims: readonly number[];
}

/** float32 as a model's element type; uint8 is rounded and clamped to 0..255. */
export function encodeTensor(tensor: FloatTensor, type: 'float32' | 'float16' | 'uint8'): RawTensor {
  const { data, dims } = tensor;
  switch (type) {
    case 'float32':
      return { type, data, dims };
    case 'float16':
      return { type, data: Uint16Array.from(data, toHalf), dims };
    case 'uint8':
      return {
        type,
        data: Uint8Array.from(data, (value) => Math.min(255, Math.max(0, Math.round(value)))),
        dims,
      };
  }
}

/** A model's numbers as float32; whole numbers are exact up to 2^24, which holds every class index. */
export function decodeTensor({ type, data, dims }: RawTensor): FloatTensor {
  if (data instanceof Float32Array) return { data, dims };
  const values = new Float32Array(data.length);
  if (data instanceof BigInt64Array) for (let i = 0; i < data.length; i++) values[i] = Number(data[i]);
  // a runtime with an own array of halves hands out numbers, others the 16 bits of each
  else if (type === 'float16' && data instanceof Uint16Array)
    for (let i = 0; i < data.length; i++) values[i] = fromHalf(data[i]!);
  else values.set(data);
  return { data: values, dims };
}

const word = new DataView(new ArrayBuffer(4));

/** IEEE 754 half precision bits, rounded to nearest even. */
export function toHalf(value: number): number {
  word.setFloat32(0, value);
  const bits = word.getUint32(0);
  const sign = (bits >>> 16) & 0x8000;
  const exponent = (bits >>> 23) & 0xff;
  const fraction = bits & 0x7fffff;
  if (exponent === 0xff) return sign | 0x7c00 | (fraction ? 0x200 : 0);
  const scaled = exponent - 112;
  if (scaled >= 31) return sign | 0x7c00;
  if (scaled < -10) return sign;
  // a carry out of the fraction runs into the exponent, as it should
  if (scaled > 0) return sign | roundEven(((scaled << 23) | fraction) >>> 0, 13);
  return sign | roundEven(fraction | 0x800000, 14 - scaled);
}

function roundEven(value: number, drop: number): number {
  const kept = value >>> drop;
  const rest = value & (2 ** drop - 1);
  const half = 2 ** (drop - 1);
  return rest > half || (rest === half && kept % 2 === 1) ? kept + 1 : kept;
}

/** The number that half precision bits mean. */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}
