// What an ONNX file says of itself, for people: nothing is judged here and nothing is run.
import { DomainError } from '../errors/index.ts';
import { modelLimits, refusalOf } from './model-guard.ts';
import {
  dimensionField,
  elementTypeNames,
  graphField,
  modelField,
  nodeField,
  opsetField,
  propertyField,
  tensorField,
  typeField,
  valueField,
} from './onnx-fields.ts';
import { WireError, type WireMessage, WireReader } from './wire.ts';

export interface TensorDescription {
  readonly name: string;
  /** as onnxruntime names it; undefined for what is no tensor */
  readonly type: string | undefined;
  /** numbers, or names of free dimensions ('?' without one); undefined where the file does not say */
  readonly shape: readonly (number | string)[] | undefined;
}

export interface ModelDescription {
  readonly sizeBytes: number;
  readonly irVersion: number;
  /** who wrote the file, as it says */
  readonly producer: string;
  readonly opsets: readonly { readonly domain: string; readonly version: number }[];
  readonly metadata: Readonly<Record<string, string>>;
  /** without those that have a stored value */
  readonly inputs: readonly TensorDescription[];
  readonly outputs: readonly TensorDescription[];
  /** operators by how often they occur */
  readonly operators: Readonly<Record<string, number>>;
  /** what global pooling is fed with: where the features of activation maps usually are */
  readonly pooled: readonly string[];
  /** stored tensors that a linear layer multiplies with */
  readonly linearWeights: readonly string[];
}

const pools: readonly string[] = ['GlobalAveragePool', 'ReduceMean'];
const linears: readonly string[] = ['Gemm', 'MatMul'];

/** @throws DomainError `model-not-onnx`, `model-too-large` */
export function describeModel(bytes: Uint8Array, limits = modelLimits): ModelDescription {
  if (bytes.length > limits.bytes) throw new DomainError('model-too-large', { limitBytes: limits.bytes });
  try {
    return described(bytes, new WireReader(limits.fields));
  } catch (error) {
    throw refusalOf(error, limits.fields);
  }
}

function described(bytes: Uint8Array, reader: WireReader): ModelDescription {
  const model = reader.message(bytes);
  const found = model.one(modelField.graph);
  if (found === undefined) throw new WireError('it has no graph');
  const graph = reader.message(found);
  const nodes = graph.many(graphField.node).map((node) => reader.message(node));
  const stored = new Set(
    graph.many(graphField.initializer).map((tensor) => reader.message(tensor).text(tensorField.name)),
  );
  const values = (field: number): TensorDescription[] =>
    graph.many(field).map((value) => tensorOf(reader.message(value), reader));
  const inputsOf = (kinds: readonly string[]): string[][] =>
    nodes
      .filter((node) => kinds.includes(node.text(nodeField.opType)))
      .map((node) => node.texts(nodeField.input));
  const producer = `${model.text(modelField.producerName)} ${model.text(modelField.producerVersion)}`;
  return {
    sizeBytes: bytes.length,
    irVersion: model.number(modelField.irVersion, 0),
    producer: producer.trim(),
    opsets: model.many(modelField.opsetImport).map((opset) => {
      const fields = reader.message(opset);
      return { domain: fields.text(opsetField.domain), version: fields.number(opsetField.version, 0) };
    }),
    metadata: Object.fromEntries(
      model.many(modelField.metadataProps).map((property) => {
        const fields = reader.message(property);
        return [fields.text(propertyField.key), fields.text(propertyField.value)];
      }),
    ),
    inputs: values(graphField.input).filter(({ name }) => !stored.has(name)),
    outputs: values(graphField.output),
    operators: countOf(nodes.map((node) => node.text(nodeField.opType))),
    pooled: [...new Set(inputsOf(pools).flatMap((names) => names.slice(0, 1)))],
    linearWeights: [...new Set(inputsOf(linears).flatMap((names) => names.slice(0, 2)))].filter((name) =>
      stored.has(name),
    ),
  };
}

function tensorOf(value: WireMessage, reader: WireReader): TensorDescription {
  const name = value.text(valueField.name);
  const type = value.one(valueField.type);
  const tensor = type && reader.message(type).one(typeField.tensorType);
  if (tensor === undefined) return { name, type: undefined, shape: undefined };
  const fields = reader.message(tensor);
  const number = fields.number(typeField.elementType, 0);
  const shape = fields.one(typeField.shape);
  return {
    name,
    type: elementTypeNames[number] ?? `type ${number}`,
    shape:
      shape &&
      reader
        .message(shape)
        .many(typeField.dimension)
        .map((side) => sideOf(reader.message(side))),
  };
}

function sideOf(side: WireMessage): number | string {
  const fixed = side.number(dimensionField.value, -1);
  return fixed >= 0 ? fixed : side.text(dimensionField.name) || '?';
}

function countOf(names: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
}
