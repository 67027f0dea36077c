// A model is somebody else's code. What may reach onnxruntime is decided here, from the bytes alone: nothing is run, and
// no more is allocated than the file's own size allows.
import { DomainError, isDomainError } from '../errors/index.ts';
import { allowedDomains, type GraphInterface, type GraphValue, guardGraph } from './graph-guard.ts';
import { modelField, opsetField } from './onnx-fields.ts';
import { shown } from './tensor-guard.ts';
import { WireBudgetError, WireError, type WireMessage, WireReader } from './wire.ts';

/** What a manifest promises of the file; a manifest fits as it is. */
export interface PromisedModel {
  readonly opset: number;
  readonly input: {
    readonly image: PromisedInput;
    readonly extra: readonly PromisedInput[];
  };
  readonly outputs: readonly { readonly name: string }[];
  readonly decode?: { readonly variant: string };
}

interface PromisedInput {
  readonly name: string;
  readonly dtype: 'float32' | 'float16' | 'uint8';
}

export interface ModelLimits {
  /** of the file */
  readonly bytes: number;
  /** protobuf fields of all messages together */
  readonly fields: number;
}

/** No ONNX file of a trial comes near these. */
export const modelLimits: ModelLimits = { bytes: 512 * 1024 * 1024, fields: 8_000_000 };

const elementTypes = { float32: 1, uint8: 2, float16: 10 } as const;

/**
 * Passes a file whose structure is that of a self-contained, loop-free model with the promised inputs and outputs.
 * @throws DomainError `model-not-onnx`, `model-too-large`, `model-external-data`, `model-domain`, `model-control-flow`,
 * `model-functions`, `model-tensor-invalid`, `model-opset-mismatch`, `model-interface-mismatch`,
 * `model-decode-unsupported`
 */
export function guardModel(bytes: Uint8Array, promised: PromisedModel, limits = modelLimits): void {
  // before the domain of its operator is refused: this remedy is the better one
  if (promised.decode?.variant === 'trt-nms') throw new DomainError('model-decode-unsupported');
  if (bytes.length > limits.bytes) throw new DomainError('model-too-large', { limitBytes: limits.bytes });
  try {
    const reader = new WireReader(limits.fields);
    const model = reader.message(bytes);
    const graph = model.one(modelField.graph);
    if (graph === undefined || model.number(modelField.irVersion, 0) < 1)
      throw new WireError('it has no graph or no version of its format');
    if (model.has(modelField.functions) || model.has(modelField.trainingInfo))
      throw new DomainError('model-functions');
    guardOpsets(model, reader, promised.opset);
    guardInterface(guardGraph(graph, reader), promised);
  } catch (error) {
    throw refusalOf(error, limits.fields);
  }
}

/** What a reader threw, as a refusal. */
export function refusalOf(error: unknown, limitFields: number): unknown {
  if (isDomainError(error)) return error;
  if (error instanceof WireError)
    return new DomainError('model-not-onnx', { reason: error.message }, { cause: error });
  if (error instanceof WireBudgetError)
    return new DomainError('model-too-large', { limitFields }, { cause: error });
  return error;
}

function guardOpsets(model: WireMessage, reader: WireReader, promised: number): void {
  const imports = new Map<string, number>();
  for (const bytes of model.many(modelField.opsetImport)) {
    const opset = reader.message(bytes);
    const said = opset.text(opsetField.domain);
    if (!allowedDomains.includes(said)) throw new DomainError('model-domain', { domain: shown(said) });
    // two names of one domain
    const domain = said === 'ai.onnx' ? '' : said;
    if (imports.has(domain)) throw new WireError('an operator set is imported twice');
    imports.set(domain, opset.number(opsetField.version, 0));
  }
  const found = imports.get('') ?? 0;
  if (found !== promised) throw new DomainError('model-opset-mismatch', { promised, found });
}

function guardInterface({ inputs, outputs }: GraphInterface, promised: PromisedModel): void {
  const wanted = [promised.input.image, ...promised.input.extra];
  requireSameNames('input', inputs, wanted);
  requireSameNames('output', outputs, promised.outputs);
  for (const { name, dtype } of wanted) {
    const found = inputs.find((input) => input.name === name)?.elementType;
    if (found !== elementTypes[dtype])
      throw mismatch(`input ${shown(name)} is not ${dtype}, as the manifest says`);
  }
}

function requireSameNames(
  what: 'input' | 'output',
  found: readonly GraphValue[],
  promised: readonly { readonly name: string }[],
): void {
  const names = found.map(({ name }) => name);
  const missing = promised.find(({ name }) => !names.includes(name));
  if (missing) throw mismatch(`the model has no ${what} ${shown(missing.name)}`);
  const surplus = names.find((name) => !promised.some((one) => one.name === name));
  if (surplus !== undefined) throw mismatch(`the manifest does not name ${what} ${shown(surplus)}`);
  if (new Set(names).size !== names.length) throw mismatch(`two ${what}s have one name`);
}

function mismatch(reason: string): DomainError {
  return new DomainError('model-interface-mismatch', { reason });
}
