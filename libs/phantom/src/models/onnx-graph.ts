// The only file that knows onnx-proto: nodes and constants in, the bytes of a ModelProto out. Default domain only.
import { createHash } from 'node:crypto';
import onnxProto, { type onnx as Onnx } from 'onnx-proto';

const { onnx } = onnxProto;
const { DataType } = onnx.TensorProto;
const { AttributeType } = onnx.AttributeProto;

/** Default operator set of every phantom model; ONNX IR version 8. */
export const OPSET = 17;
const IR_VERSION = 8;

export type ElementType = 'float32' | 'float16' | 'int64' | 'int32' | 'uint8';
/** A number of elements, or the name of a free one. */
export type Dimension = number | string;
/** int: a whole number; floats and ints by name of the field. */
export type Attribute = number | readonly number[] | string | { float: number };

const ELEMENT = {
  float32: DataType.FLOAT,
  float16: DataType.FLOAT16,
  int64: DataType.INT64,
  int32: DataType.INT32,
  uint8: DataType.UINT8,
} as const;

/** Builds one graph; every method returns the name of a value. Same calls, same bytes. */
export class OnnxGraph {
  readonly #nodes: Onnx.INodeProto[] = [];
  readonly #constants: Onnx.ITensorProto[] = [];
  readonly #inputs: Onnx.IValueInfoProto[] = [];
  readonly #outputs: Onnx.IValueInfoProto[] = [];
  #count = 0;

  constructor(private readonly name: string) {}

  input(name: string, dims: readonly Dimension[], type: ElementType = 'float32'): string {
    this.#inputs.push(valueInfo(name, type, dims));
    return name;
  }

  /** @param dims shape; empty for a scalar */
  floats(values: ArrayLike<number>, dims: readonly number[]): string {
    const rawData = new Uint8Array(4 * values.length);
    const view = new DataView(rawData.buffer);
    for (let i = 0; i < values.length; i++) view.setFloat32(4 * i, values[i]!, true);
    return this.#constant(DataType.FLOAT, dims, rawData);
  }

  scalar(value: number): string {
    return this.floats([value], []);
  }

  int64s(values: readonly number[], dims: readonly number[] = [values.length]): string {
    const rawData = new Uint8Array(8 * values.length);
    const view = new DataView(rawData.buffer);
    values.forEach((value, i) => view.setBigInt64(8 * i, BigInt(value), true));
    return this.#constant(DataType.INT64, dims, rawData);
  }

  /** Adds a node with one output. An empty input name leaves an optional input out. */
  node(op: string, inputs: readonly string[], attributes: Readonly<Record<string, Attribute>> = {}): string {
    return this.nodes(op, inputs, attributes, 1)[0]!;
  }

  cast(value: string, type: ElementType): string {
    return this.node('Cast', [value], { to: ELEMENT[type] });
  }

  /** Adds a node with several outputs. */
  nodes(
    op: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>>,
    outputs: number,
  ): string[] {
    const id = this.#count++;
    const names = Array.from({ length: outputs }, (_, i) => `v${id}_${i}`);
    const attribute = Object.entries(attributes).map(([name, value]) => attributeProto(name, value));
    this.#nodes.push({ opType: op, name: `n${id}`, input: [...inputs], output: names, attribute });
    return names;
  }

  /** Declares a value as a model output under a name. */
  output(value: string, name: string, type: ElementType, dims: readonly Dimension[]): void {
    this.#nodes.push({
      opType: 'Identity',
      name: `out_${name}`,
      input: [value],
      output: [name],
      attribute: [],
    });
    this.#outputs.push(valueInfo(name, type, dims));
  }

  encode(): Uint8Array {
    const bytes = onnx.ModelProto.encode({
      irVersion: IR_VERSION,
      producerName: 'sidemark-phantom',
      opsetImport: [{ domain: '', version: OPSET }],
      graph: {
        name: this.name,
        node: this.#nodes,
        initializer: this.#constants,
        input: this.#inputs,
        output: this.#outputs,
      },
    }).finish();
    return Uint8Array.from(bytes);
  }

  #constant(dataType: number, dims: readonly number[], rawData: Uint8Array): string {
    const name = `c${this.#constants.length}`;
    this.#constants.push({ name, dataType, dims: [...dims], rawData });
    return name;
  }
}

/** SHA-256 in lower-case hex. */
export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function valueInfo(name: string, type: ElementType, dims: readonly Dimension[]): Onnx.IValueInfoProto {
  const dim = dims.map((side) => (typeof side === 'number' ? { dimValue: side } : { dimParam: side }));
  return { name, type: { tensorType: { elemType: ELEMENT[type], shape: { dim } } } };
}

function attributeProto(name: string, value: Attribute): Onnx.IAttributeProto {
  if (typeof value === 'number') return { name, type: AttributeType.INT, i: value };
  if (typeof value === 'string')
    return { name, type: AttributeType.STRING, s: new TextEncoder().encode(value) };
  if ('float' in value) return { name, type: AttributeType.FLOAT, f: value.float };
  return { name, type: AttributeType.INTS, ints: [...value] };
}
