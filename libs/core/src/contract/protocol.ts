// The protocol: the frozen, signed evaluation recipe. Its digest is the SHA-256 of its canonical JSON.
import { z } from 'zod';
import { AnalysisPlan } from './analysis-plan.ts';
import { Arm } from './arms.ts';
import { MarkerSwap } from './marker-swap.ts';
import { Envelope } from './trust/envelope.ts';
import { Id, Instant, Sha256, Slug, Version } from './ids.ts';

export const ModelRef = z.strictObject({
  name: Slug,
  version: Version,
  sha256: Sha256,
  manifestSha256: Sha256,
});
export type ModelRef = z.infer<typeof ModelRef>;

const fraction = z.number().min(0).max(1);

const dilatedBoxes = {
  scoreThreshold: fraction.nullable().describe('null: the threshold shipped with the detector'),
  dilateMinPx: z.int().min(0).max(200).default(4),
  dilateFraction: fraction.default(0.1).describe('of the box side, at native resolution'),
  maxAreaFraction: fraction.default(0.08).describe('of the film; a larger box is not inpainted but counted'),
};

/** Version 2 adds what a marker is drawn from, and when it is left to a person; its defaults but one are version 1. */
const MaskPolicy2 = z.strictObject({
  version: z.literal(2),
  ...dilatedBoxes,
  sameObject: z
    .strictObject({
      iou: fraction.default(0.5).describe('detections of two classes that overlap more are one marker'),
      maskFrom: z.enum(['union', 'best']).default('union').describe('of its boxes, the mask is drawn from'),
    })
    .prefault({}),
  refine: z
    .strictObject({
      method: z.literal('otsu').describe('only what is brighter than the Otsu cut of the dilated box'),
      closePx: z
        .int()
        .min(1)
        .max(31)
        .refine((side) => side % 2 === 1, 'closePx is odd')
        .default(3)
        .describe('side of the square that closes gaps; native px, odd'),
      growPx: z.int().min(0).max(50).default(3).describe('grown by as many native px, inside the box'),
      maxBorderShare: fraction
        .default(0.1)
        .describe(
          'of the border of the box above the cut: beyond it the ground is as bright, the box stays whole',
        ),
    })
    .nullable()
    .default(null)
    .describe('null: the hole is the dilated box'),
  maxTruthShare: fraction
    .nullable()
    .default(0.2)
    .describe(
      'a box with a larger share on the ground-truth mask of its film is not inpainted but counted; null: no such rule',
    ),
});

export const MaskPolicy = z.discriminatedUnion('version', [
  z.strictObject({ version: z.literal(1), ...dilatedBoxes }),
  MaskPolicy2,
]);
export type MaskPolicy = z.infer<typeof MaskPolicy>;

export const Tiling = z.strictObject({
  scale: z
    .number()
    .min(0.05)
    .max(8)
    .default(1)
    .describe('px of the detector for one px of the film; a tile is the detector’s input divided by it'),
  overlap: z
    .number()
    .min(0)
    .max(0.9)
    .default(0.25)
    .describe('least share of a tile that its neighbour sees too'),
  wholeFilm: z.boolean().default(true).describe('the film as a whole is looked at too, for large markers'),
  merge: fraction
    .default(0.5)
    .describe(
      'boxes of one class are one marker above this IoU; for a box cut by its tile, above this share of it',
    ),
});
export type Tiling = z.infer<typeof Tiling>;

export const CellRef = z.strictObject({ classifier: Slug, arm: Arm });
export type CellRef = z.infer<typeof CellRef>;

export const Comparison = z.strictObject({
  id: Slug,
  a: CellRef,
  b: CellRef,
  primary: z.boolean().default(false),
});
export type Comparison = z.infer<typeof Comparison>;

export const AgreementAsked = z.strictObject({ id: Slug, a: CellRef, b: CellRef });
export type AgreementAsked = z.infer<typeof AgreementAsked>;
const agreements = z
  .array(AgreementAsked)
  .max(50)
  .describe(
    'cells of two multi-class classifiers with the same labels, whose answers are laid against each other',
  );

const foldOf = Slug.optional().describe(
  'classifiers of one name here are the folds of one cross-validation, summarised together',
);

const judgedLabel = z
  .string()
  .min(1)
  .max(60)
  .optional()
  .describe(
    'which label of a multi-label classifier is judged against the dataset’s label; absent: the one that its manifest names',
  );

export const Segmentation = z.strictObject({
  bothEmpty: z
    .enum(['one', 'excluded'])
    .describe('Dice of a film without lesion on which none is predicted: 1, or left out and counted'),
});
export type Segmentation = z.infer<typeof Segmentation>;

export const Qualification = z.strictObject({
  pack: Sha256.describe('of the pack of phantoms that every site evaluates first'),
  sizeBytes: z.int().min(1),
});
export type Qualification = z.infer<typeof Qualification>;

const fate = z.enum(['flag', 'exclude', 'correct']);

/** What is done about films that do not lie as they should. Each is flagged and counted in any case. */
export const OrientationPolicy = z.strictObject({
  inverted: fate
    .default('flag')
    .describe('bone is black, judged from the picture; right on upright frontal chests'),
  mirrored: fate.default('flag').describe('by Patient Orientation; a letter alone says nothing'),
  rotated: fate.default('flag').describe('by Patient Orientation'),
  lateral: z.enum(['flag', 'exclude']).default('flag').describe('by View Position or Patient Orientation'),
});
export type OrientationPolicy = z.infer<typeof OrientationPolicy>;

/** model: the inpainter; the others need none, and are there to compare with. */
export const HoleFill = z.enum(['model', 'harmonic', 'border-median', 'blackout']);
export type HoleFill = z.infer<typeof HoleFill>;
const featherPx = z.int().min(0).max(8);

export const ProtocolDocument = z.strictObject({
  schema: z.literal('sidemark.protocol/1'),
  study: Id,
  name: Slug,
  version: z.int().min(1),
  detector: ModelRef,
  inpainter: ModelRef,
  classifiers: z
    .array(z.strictObject({ id: Slug, model: ModelRef, foldOf, label: judgedLabel }))
    .min(1)
    .max(24),
  maskPolicy: MaskPolicy,
  tiling: Tiling.optional().describe(
    'the detector also looks at the film in tiles, for markers under its size limit; absent: at the film as a whole',
  ),
  arms: z.array(Arm).min(1).max(4),
  comparisons: z
    .array(Comparison)
    .max(100)
    .describe('a minus b, any two cells; the paper’s diagonal compares two models'),
  agreements: agreements
    .optional()
    .describe('absent: each multi-class classifier between its own arms alone'),
  disclosure: z.strictObject({ minPatientsPerClass: z.int().min(5).max(1000) }),
  views: z
    .array(z.enum(['PA', 'AP', 'LATERAL', 'UNKNOWN']))
    .min(1)
    .describe('films of other views are skipped and counted'),
  segmentation: Segmentation.optional().describe('of multi-task classifiers; absent: one'),
  orientation: OrientationPolicy.optional().describe(
    'of inverted, mirrored, rotated and lateral films; absent: flagged, none excluded or corrected',
  ),
  fill: HoleFill.optional().describe(
    'what the holes are filled with; a fill other than model runs no inpainter; absent: model',
  ),
  featherPx: featherPx
    .optional()
    .describe('inside the hole, over which the fill of a model fades into what was there; absent: 0'),
  analysis: z.strictObject({
    level: z.number().min(0.5).max(0.999).default(0.95),
    plan: AnalysisPlan.optional().describe(
      'absent: primary comparisons are the one confirmatory family, at all sites, without margins',
    ),
  }),
  swap: MarkerSwap.optional().describe(
    'glyphs drawn in turn on the inpainted film, for binary classifiers; absent: none',
  ),
  qualification: Qualification.optional().describe('absent: sites count without one'),
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
    .array(
      z.strictObject({ id: Slug, model: z.string().describe('NAME@VERSION'), foldOf, label: judgedLabel }),
    )
    .min(1)
    .max(24),
  maskPolicy: MaskPolicy.default({
    version: 1,
    scoreThreshold: null,
    dilateMinPx: 4,
    dilateFraction: 0.1,
    maxAreaFraction: 0.08,
  }),
  tiling: Tiling.nullable().default(null),
  arms: z.array(Arm).min(1).max(4).default(['original', 'inpainted', 'clipped']),
  comparisons: z.array(Comparison).max(100).default([]),
  agreements: agreements.default([]),
  disclosure: z
    .strictObject({ minPatientsPerClass: z.int().min(5).max(1000) })
    .default({ minPatientsPerClass: 10 }),
  views: ProtocolDocument.shape.views.default(['PA', 'AP', 'UNKNOWN']),
  segmentation: Segmentation.default({ bothEmpty: 'one' }),
  orientation: OrientationPolicy.default({
    inverted: 'flag',
    mirrored: 'flag',
    rotated: 'flag',
    lateral: 'flag',
  }),
  fill: HoleFill.default('model'),
  featherPx: featherPx.default(0),
  analysis: ProtocolDocument.shape.analysis.default({ level: 0.95 }),
  swap: MarkerSwap.nullable().default(null),
  qualification: Sha256.optional().describe('SHA-256 of a registered pack made for this recipe'),
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
