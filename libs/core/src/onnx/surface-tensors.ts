// Lets a session give tensors from inside a graph. In memory, and only after the bytes had their digest.
import { graphField, modelField, valueField } from './onnx-fields.ts';
import { bytesField, joined } from './wire-writer.ts';

/**
 * The model with these tensors as further outputs; their types are inferred. Protobuf joins a message that occurs twice
 * field by field, so a second graph that holds outputs alone is added to the first.
 * @param names of tensors that the graph makes and does not give out yet
 */
export function withOutputs(bytes: Uint8Array, names: readonly string[]): Uint8Array {
  if (names.length === 0) return bytes;
  const outputs = names.map((name) => bytesField(graphField.output, bytesField(valueField.name, name)));
  return joined([bytes, bytesField(modelField.graph, joined(outputs))]);
}
