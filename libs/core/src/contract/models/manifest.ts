// The model manifest: everything an agent needs to run an ONNX file that it has never seen. Strict: an unknown
// field is refused, because a field that is not understood may change the meaning of all others.
import { z } from 'zod';
import { DetectorDecode, detectorOutputProblem } from './detector-decode.ts';
import { InpainterDecode } from './inpainter-decode.ts';
import { ClassifierManifest } from './manifest-classifier.ts';
import { manifestCommon } from './manifest-common.ts';

const probability = z.number().min(0).max(1);

export const DetectorManifest = z
  .strictObject({
    ...manifestCommon,
    role: z.literal('detector'),
    decode: DetectorDecode,
    thresholds: z.strictObject({ score: probability }),
  })
  .superRefine(({ decode, outputs }, context) => {
    const problem = detectorOutputProblem(decode, outputs);
    if (problem) context.addIssue({ code: 'custom', path: ['outputs'], message: problem });
  });

export const InpainterManifest = z.strictObject({
  ...manifestCommon,
  role: z.literal('inpainter'),
  decode: InpainterDecode,
  thresholds: z.strictObject({}).default({}),
});

export const Manifest = z.discriminatedUnion('role', [
  DetectorManifest,
  InpainterManifest,
  ClassifierManifest,
]);
export type Manifest = z.infer<typeof Manifest>;
export type DetectorManifest = z.infer<typeof DetectorManifest>;
export type InpainterManifest = z.infer<typeof InpainterManifest>;
export const ModelRole = z.enum(['detector', 'inpainter', 'classifier']);
export type ModelRole = z.infer<typeof ModelRole>;
