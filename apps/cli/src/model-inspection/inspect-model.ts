// An ONNX file looked at without running it: what it is, whether a site would take it, and what its manifest must say.
import type { ModelRole } from '@sidemark/core/contract';
import { type ErrorDetails, isDomainError } from '@sidemark/core/errors';
import { describeModel, guardModel, type ModelDescription } from '@sidemark/core/onnx';
import { sha256 } from '@sidemark/core/signing';
import { proposeManifest, rolesThatFit } from './propose-manifest.ts';
import { questionsOf } from './question.ts';

export interface Inspection extends ModelDescription {
  readonly sha256: string;
  /** why a site would refuse the file, whatever its manifest says; null: it would not */
  readonly refused: {
    readonly code: string;
    readonly message: string;
    readonly details: ErrorDetails;
  } | null;
  readonly rolesThatFit: readonly ModelRole[];
  readonly manifest: object;
  readonly questions: readonly { readonly path: string; readonly question: string }[];
}

/** @throws DomainError `model-not-onnx`, `model-too-large` */
export function inspectModel(bytes: Uint8Array, role?: ModelRole): Inspection {
  const described = describeModel(bytes);
  const fitting = rolesThatFit(described);
  const digest = sha256(bytes);
  const manifest = proposeManifest(
    described,
    digest,
    role ?? (fitting.length === 1 ? fitting[0] : undefined),
  );
  return {
    ...described,
    sha256: digest,
    refused: refusalOf(bytes, described),
    rolesThatFit: fitting,
    manifest,
    questions: questionsOf(manifest),
  };
}

/** The guard's word on a manifest that promises just what is in the file. */
function refusalOf(bytes: Uint8Array, { inputs, outputs, opsets }: ModelDescription): Inspection['refused'] {
  const dtypes = ['float32', 'float16', 'uint8'] as const;
  const promisedInputs = inputs.map(({ name, type }) => ({
    name,
    // what cannot be fed is promised as what can be, and refused
    dtype: dtypes.find((dtype) => dtype === type) ?? 'float32',
  }));
  const [image = { name: 'image', dtype: 'float32' as const }, ...extra] = promisedInputs;
  const opset = opsets.find(({ domain }) => domain === '' || domain === 'ai.onnx')?.version ?? 0;
  try {
    guardModel(bytes, { opset, input: { image, extra }, outputs });
    return null;
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return { code: error.code, message: error.message, details: error.details };
  }
}
