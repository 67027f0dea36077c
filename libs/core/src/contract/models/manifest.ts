// The model manifest: everything an agent needs to run an ONNX file that it has never seen. Strict: an unknown
// field is refused, because a field that is not understood may change the meaning of all others.
import { z } from 'zod';
import { Arm } from '../arms.ts';
import { Sha256, Slug, Version } from '../ids.ts';
import { DetectorDecode, detectorOutputProblem } from './detector-decode.ts';
import { ExtraInput, ImageInput, Output } from './manifest-input.ts';

/** A built-in input with known answers, run by every site before it trusts the model on its runtime. */
export const Canary = z.strictObject({
  pattern: z
    .enum(['ramp', 'checker', 'plateau'])
    .describe('deterministic tensor, see imaging/canary-pattern'),
  range: z.tuple([z.number(), z.number()]).describe('lowest and highest value of the image tensor'),
  inputSha256: Sha256.describe('SHA-256 of the image tensor, float32 little-endian'),
  outputs: z.record(
    z.string(),
    z.strictObject({
      indices: z.array(z.int().min(0)).min(1).max(64),
      values: z.array(z.number()).min(1).max(64),
    }),
  ),
  atol: z.number().min(0).max(1),
  rtol: z.number().min(0).max(1),
});
export type Canary = z.infer<typeof Canary>;

const common = {
  schema: z.literal('sidemark.model/1'),
  name: Slug,
  version: Version,
  sha256: Sha256.describe('of the ONNX bytes'),
  opset: z.int().min(7).max(30),
  license: z.string().min(1).max(60).describe('SPDX expression'),
  trainedArm: Arm.nullable(),
  trainedOnSites: z.array(Slug).max(100).default([]),
  input: z.strictObject({ image: ImageInput, extra: z.array(ExtraInput).max(2).default([]) }),
  outputs: z.array(Output).min(1).max(16),
  labels: z.array(z.string().min(1).max(60)).max(200),
  canary: z.array(Canary).min(1).max(3),
};

const probability = z.number().min(0).max(1);

export const DetectorManifest = z
  .strictObject({
    ...common,
    role: z.literal('detector'),
    decode: DetectorDecode,
    thresholds: z.strictObject({ score: probability }),
  })
  .superRefine(({ decode, outputs }, context) => {
    const problem = detectorOutputProblem(decode, outputs);
    if (problem) context.addIssue({ code: 'custom', path: ['outputs'], message: problem });
  });

export const InpainterManifest = z.strictObject({
  ...common,
  role: z.literal('inpainter'),
  decode: z.strictObject({ variant: z.literal('image-mask'), outRange: z.tuple([z.number(), z.number()]) }),
  thresholds: z.strictObject({}).default({}),
});

/** A binary classifier that also segments: one output is said to be `seg`, [1, 1, h, w] over the film's own field. */
const Multitask = z.strictObject({
  variant: z.literal('multitask'),
  positiveIndex: z.int().min(0).max(1).default(0),
  seg: z.strictObject({
    activation: z
      .enum(['sigmoid', 'none'])
      .describe('what makes probabilities of the output; none: it holds probabilities'),
    threshold: probability.describe('lesion where the probability reaches it, after the resize'),
    resize: z
      .literal('bilinear')
      .default('bilinear')
      .describe('of the probabilities to the grid of the ground truth'),
  }),
});

/** Which part of the training sites' patients the model has not seen. */
const Fold = z
  .strictObject({
    k: z.int().min(2).max(10).describe('folds of the cross-validation'),
    heldOut: z.int().min(1).max(10).describe('the fold that was not trained on, from 1'),
  })
  .refine(({ k, heldOut }) => heldOut <= k, 'heldOut is one of the k folds');

export const ClassifierManifest = z.strictObject({
  ...common,
  role: z.literal('classifier'),
  decode: z.discriminatedUnion('variant', [
    z.strictObject({ variant: z.literal('binary'), positiveIndex: z.int().min(0).max(1).default(0) }),
    z.strictObject({ variant: z.literal('multiclass') }),
    Multitask,
  ]),
  fold: Fold.optional(),
  thresholds: z.strictObject({
    decision: z.number().optional().describe('on the logit; positive if logit >= it'),
  }),
});

export const Manifest = z.discriminatedUnion('role', [
  DetectorManifest,
  InpainterManifest,
  ClassifierManifest,
]);
export type Manifest = z.infer<typeof Manifest>;
export type DetectorManifest = z.infer<typeof DetectorManifest>;
export type InpainterManifest = z.infer<typeof InpainterManifest>;
export type ClassifierManifest = z.infer<typeof ClassifierManifest>;
export const ModelRole = z.enum(['detector', 'inpainter', 'classifier']);
export type ModelRole = z.infer<typeof ModelRole>;
