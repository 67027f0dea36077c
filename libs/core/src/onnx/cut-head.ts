// The last part of a model as a model of its own: from one tensor of the graph to another, with the same nodes and
// weights, byte for byte. Whoever runs it can ask how the end of a network answers to changes in the middle of it.
import { DomainError } from '../errors/index.ts';
import { modelLimits } from './model-guard.ts';
import {
  attributeField,
  dimensionField,
  graphField,
  modelField,
  nodeField,
  tensorField,
  typeField,
  valueField,
} from './onnx-fields.ts';
import { shown } from './tensor-guard.ts';
import { type WireMessage, WireReader } from './wire.ts';
import { bytesField, joined, numberField } from './wire-writer.ts';

const FLOAT = 1;

/** A node as it stands in the file, and read. */
interface Node {
  readonly bytes: Uint8Array;
  readonly fields: WireMessage;
  readonly inputs: readonly string[];
}

/**
 * A model with the one input `from`, float32 of four free dimensions, and the one output `to`.
 * @param bytes of a model that passed `guardModel`
 * @throws DomainError `model-map-unavailable` where one of the two is not in the graph, where `to` needs anything of the
 * film that does not pass through `from`, or where a branch lies between them
 */
export function cutHead(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const reader = new WireReader(modelLimits.fields);
  const model = reader.message(bytes);
  const graph = reader.message(model.one(modelField.graph) ?? new Uint8Array());
  const nodes = graph.many(graphField.node).map((node) => readNode(node, reader));
  const stored = new Map(
    graph
      .many(graphField.initializer)
      .map((tensor) => [reader.message(tensor).text(tensorField.name), tensor]),
  );
  const needed = neededBetween(nodes, new Set(stored.keys()), from, to);
  const kept = nodes.filter((node) => needed.nodes.has(node));
  const branch = kept.find(({ fields }) => hasBranches(fields, reader));
  if (branch) throw refuse('a branch lies between the two', from, to);
  const cut = joined([
    ...kept.map((node) => bytesField(graphField.node, node.bytes)),
    bytesField(graphField.name, 'head'),
    ...[...needed.stored].map((name) => bytesField(graphField.initializer, stored.get(name)!)),
    bytesField(graphField.input, freeTensor(from)),
    bytesField(graphField.output, bytesField(valueField.name, to)),
  ]);
  return joined([
    numberField(modelField.irVersion, model.number(modelField.irVersion, 0)),
    ...model.many(modelField.opsetImport).map((opset) => bytesField(modelField.opsetImport, opset)),
    bytesField(modelField.graph, cut),
  ]);
}

function readNode(bytes: Uint8Array, reader: WireReader): Node {
  const fields = reader.message(bytes);
  return { bytes, fields, inputs: fields.texts(nodeField.input) };
}

/** What `to` is made of, walking back from it and stopping at `from`. */
function neededBetween(
  nodes: readonly Node[],
  stored: ReadonlySet<string>,
  from: string,
  to: string,
): { nodes: ReadonlySet<Node>; stored: ReadonlySet<string> } {
  const makers = new Map(
    nodes.flatMap((node) => node.fields.texts(nodeField.output).map((name) => [name, node] as const)),
  );
  if (!makers.has(from)) throw refuse('no node of the graph makes the features', from, to);
  if (!makers.has(to)) throw refuse('no node of the graph makes the logits', from, to);
  const needed = { nodes: new Set<Node>(), stored: new Set<string>() };
  const seen = new Set<string>();
  const open = [to];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name) || name === '') continue;
    seen.add(name);
    if (name === from) continue;
    const maker = makers.get(name);
    if (maker) {
      needed.nodes.add(maker);
      open.push(...maker.inputs);
    } else if (stored.has(name)) needed.stored.add(name);
    else throw refuse('the logits are not made of the features alone', from, to);
  }
  if (!seen.has(from)) throw refuse('the logits are not made of the features', from, to);
  return needed;
}

function hasBranches(node: WireMessage, reader: WireReader): boolean {
  return node
    .many(nodeField.attribute)
    .map((attribute) => reader.message(attribute))
    .some((attribute) => attribute.has(attributeField.graph) || attribute.has(attributeField.graphs));
}

/** A float32 value of four dimensions that may have any size. */
function freeTensor(name: string): Uint8Array {
  const shape = ['n', 'k', 'h', 'w'].map((side) =>
    bytesField(typeField.dimension, bytesField(dimensionField.name, side)),
  );
  const tensor = joined([
    numberField(typeField.elementType, FLOAT),
    bytesField(typeField.shape, joined(shape)),
  ]);
  return joined([
    bytesField(valueField.name, name),
    bytesField(valueField.type, bytesField(typeField.tensorType, tensor)),
  ]);
}

function refuse(reason: string, features: string, logits: string): DomainError {
  return new DomainError('model-map-unavailable', {
    reason,
    features: shown(features),
    logits: shown(logits),
  });
}
