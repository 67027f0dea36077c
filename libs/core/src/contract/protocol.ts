// The protocol: the frozen, signed evaluation recipe. Its digest is the SHA-256 of its canonical JSON.
import { z } from 'zod';
import { Arm } from './arms.ts';
import { Envelope } from './trust/envelope.ts';
import { Id, Instant, Sha256, Slug, Version } from './ids.ts';

export const ModelRef = z.strictObject({
  name: Slug,
  version: Version,
  sha256: Sha256,
  manifestSha256: Sha256,
});
export type ModelRef = z.infer<typeof ModelRef>;

export const MaskPolicy = z.strictObject({
  version: z.literal(1),
  scoreThreshold: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .describe('null: the threshold shipped with the detector'),
  dilateMinPx: z.int().min(0).max(200).default(4),
  dilateFraction: z.number().min(0).max(1).default(0.1).describe('of the box side, at native resolution'),
  maxAreaFraction: z
    .number()
    .min(0)
    .max(1)
    .default(0.08)
    .describe('a larger box is not inpainted but counted'),
});
export type MaskPolicy = z.infer<typeof MaskPolicy>;

export const CellRef = z.strictObject({ classifier: Slug, arm: Arm });
export type CellRef = z.infer<typeof CellRef>;

export const Comparison = z.strictObject({
  id: Slug,
  a: CellRef,
  b: CellRef,
  primary: z.boolean().default(false),
});
export type Comparison = z.infer<typeof Comparison>;

const foldOf = Slug.optional().describe(
  'classifiers of one name here are the folds of one cross-validation, summarised together',
);

export const Segmentation = z.strictObject({
  bothEmpty: z
    .enum(['one', 'excluded'])
    .describe('Dice of a film without lesion on which none is predicted: 1, or left out and counted'),
});
export type Segmentation = z.infer<typeof Segmentation>;

export const ProtocolDocument = z.strictObject({
  schema: z.literal('sidemark.protocol/1'),
  study: Id,
  name: Slug,
  version: z.int().min(1),
  detector: ModelRef,
  inpainter: ModelRef,
  classifiers: z
    .array(z.strictObject({ id: Slug, model: ModelRef, foldOf }))
    .min(1)
    .max(24),
  maskPolicy: MaskPolicy,
  arms: z.array(Arm).min(1).max(4),
  comparisons: z
    .array(Comparison)
    .max(100)
    .describe('a minus b, any two cells; the paper’s diagonal compares two models'),
  disclosure: z.strictObject({ minPatientsPerClass: z.int().min(5).max(1000) }),
  views: z
    .array(z.enum(['PA', 'AP', 'LATERAL', 'UNKNOWN']))
    .min(1)
    .describe('films of other views are skipped and counted'),
  segmentation: Segmentation.optional().describe('of multi-task classifiers; absent: one'),
  analysis: z.strictObject({ level: z.number().min(0.5).max(0.999).default(0.95) }),
});
export type ProtocolDocument = z.infer<typeof ProtocolDocument>;

export const ProtocolState = z.enum(['draft', 'frozen', 'retired']);
export type ProtocolState = z.infer<typeof ProtocolState>;

/** What a person writes: model references by name and version; the coordinator fills in digests and study. */
export const ProtocolDraft = z.strictObject({
  name: Slug,
  detector: z.string().describe('NAME@VERSION'),
  inpainter: z.string().describe('NAME@VERSION'),
  classifiers: z
    .array(z.strictObject({ id: Slug, model: z.string().describe('NAME@VERSION'), foldOf }))
    .min(1)
    .max(24),
  maskPolicy: MaskPolicy.default({
    version: 1,
    scoreThreshold: null,
    dilateMinPx: 4,
    dilateFraction: 0.1,
    maxAreaFraction: 0.08,
  }),
  arms: z.array(Arm).min(1).max(4).default(['original', 'inpainted', 'clipped']),
  comparisons: z.array(Comparison).max(100).default([]),
  disclosure: z
    .strictObject({ minPatientsPerClass: z.int().min(5).max(1000) })
    .default({ minPatientsPerClass: 10 }),
  views: ProtocolDocument.shape.views.default(['PA', 'AP', 'UNKNOWN']),
  segmentation: Segmentation.default({ bothEmpty: 'one' }),
  analysis: ProtocolDocument.shape.analysis.default({ level: 0.95 }),
});
export type ProtocolDraft = z.infer<typeof ProtocolDraft>;

export const Protocol = z.strictObject({
  id: Id,
  study: Id,
  name: Slug,
  version: z.int().min(1),
  state: ProtocolState,
  digest: Sha256,
  document: ProtocolDocument,
  envelope: Envelope.nullable(),
  createdAt: Instant,
});
export type Protocol = z.infer<typeof Protocol>;
export const ProtocolList = z.array(Protocol);
export const SignedProtocol = z.strictObject({ digest: Sha256, envelope: Envelope });
export type SignedProtocol = z.infer<typeof SignedProtocol>;
