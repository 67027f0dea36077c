// What every manifest says, whatever the role of the model.
import { z } from 'zod';
import { Arm } from '../arms.ts';
import { Sha256, Slug, Version } from '../ids.ts';
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

/** Fields of every role. */
export const manifestCommon = {
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
