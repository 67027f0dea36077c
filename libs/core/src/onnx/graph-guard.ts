// The graph of a model (GraphProto of onnx.proto3): which operators it may hold, and what it calls its inputs and outputs.
import { DomainError } from '../errors/index.ts';
import { attributeField, graphField, nodeField, typeField, valueField } from './onnx-fields.ts';
import { guardTensor, shown } from './tensor-guard.ts';
import { WireError, type WireMessage, type WireReader } from './wire.ts';

/** Standard operators, which every conforming runtime has. Vendors' operators have no version and no specification. */
export const allowedDomains: readonly string[] = ['', 'ai.onnx', 'ai.onnx.ml'];
/** Operators that run other graphs, over and over or once for each element. */
const loops: readonly string[] = ['Loop', 'Scan', 'SequenceMap'];
/** Operators that may bring graphs: `If` runs one of two, once. */
const branches: readonly string[] = ['If'];
const MOST_DEPTH = 4;

/** A graph input or output: TensorProto.DataType of its elements, 0 where not said. */
export interface GraphValue {
  readonly name: string;
  readonly elementType: number;
}

export interface GraphInterface {
  readonly inputs: readonly GraphValue[];
  readonly outputs: readonly GraphValue[];
}

/**
 * @returns inputs without those that have a stored value, and outputs
 * @throws DomainError `model-domain`, `model-control-flow`, `model-external-data`, `model-tensor-invalid`
 */
export function guardGraph(bytes: Uint8Array, reader: WireReader, depth = 0): GraphInterface {
  if (depth > MOST_DEPTH) throw new DomainError('model-control-flow', { reason: 'branches nest too deep' });
  const graph = reader.message(bytes);
  if (graph.has(graphField.sparseInitializer)) throw sparse();
  const stored = new Set(
    graph.many(graphField.initializer).map((tensor) => guardTensor(reader.message(tensor))),
  );
  for (const node of graph.many(graphField.node)) guardNode(reader.message(node), reader, depth);
  const values = (field: number): GraphValue[] =>
    graph.many(field).map((value) => readValue(reader.message(value), reader, depth === 0));
  return {
    inputs: values(graphField.input).filter(({ name }) => !stored.has(name)),
    outputs: values(graphField.output),
  };
}

function guardNode(node: WireMessage, reader: WireReader, depth: number): void {
  const operator = node.text(nodeField.opType);
  const domain = node.text(nodeField.domain);
  if (!allowedDomains.includes(domain))
    throw new DomainError('model-domain', { domain: shown(domain), operator: shown(operator) });
  if (operator === '') throw new WireError('a node has no operator');
  if (loops.includes(operator)) throw new DomainError('model-control-flow', { operator });
  const brings = branches.includes(operator);
  for (const bytes of node.many(nodeField.attribute)) {
    const attribute = reader.message(bytes);
    if (attribute.has(attributeField.sparse) || attribute.has(attributeField.sparses)) throw sparse();
    const only = attribute.one(attributeField.tensor);
    for (const tensor of [...(only ? [only] : []), ...attribute.many(attributeField.tensors)])
      guardTensor(reader.message(tensor));
    const body = attribute.one(attributeField.graph);
    if ((body && !brings) || attribute.has(attributeField.graphs))
      throw new DomainError('model-control-flow', { operator: shown(operator) });
    if (body) guardGraph(body, reader, depth + 1);
  }
}

/** @param typed a graph of its own says what type its inputs and outputs have; a branch need not */
function readValue(value: WireMessage, reader: WireReader, typed: boolean): GraphValue {
  const name = value.text(valueField.name);
  const type = value.one(valueField.type);
  const tensor = type && reader.message(type).one(typeField.tensorType);
  if (tensor) return { name, elementType: reader.message(tensor).number(typeField.elementType, 0) };
  if (type === undefined && !typed) return { name, elementType: 0 };
  throw new DomainError('model-control-flow', {
    value: shown(name),
    reason: 'an input or output is no tensor',
  });
}

function sparse(): DomainError {
  return new DomainError('model-tensor-invalid', { reason: 'sparse tensors are not read' });
}
