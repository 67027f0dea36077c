// The report: the privacy boundary. It has no field that can hold pixels, UIDs, names, free text or a value of one
// image; a test walks the schema to prove it. `result` holds every figure, `header` says of what, by whom, with what.
import { z } from 'zod';
import { Arm } from '../arms.ts';
import {
  AucEstimate,
  CovarianceEstimate,
  DifferenceEstimate,
  Kept,
  ShownCount,
  VarianceEstimate,
  Withheld,
} from './estimates.ts';
import { MarkerCensus } from './census.ts';
import { FilmChecksResult } from './film-checks.ts';
import { InpaintingResult } from './inpainting.ts';
import { CamResult, SegmentationResult } from './film-figures.ts';
import { Calibration, MarkerReliance, ScoreGrid } from './score-figures.ts';
import { JointCovariance, LabelFromMarker, PlaceboCounts, StratumResult } from './site-figures.ts';
import { SwapResult } from './swap-figures.ts';
import { Count, Id, Instant, KeyId, Sha256, Version } from '../ids.ts';

export const SkipReason = z.enum([
  'unreadable',
  'unsupported-syntax',
  'truncated',
  'bad-geometry',
  'constant-image',
  'multi-frame',
  'split-not-used',
  'view-not-allowed',
  'polarity-not-allowed',
  'orientation-not-allowed',
  'non-finite-output',
  'inference-failed',
]);
export type SkipReason = z.infer<typeof SkipReason>;

const size = z.strictObject({ images: Count, patients: Count });
const arms = z.array(Arm).min(1).max(4);
const perArm = <T extends z.ZodType>(schema: T) => z.array(schema).min(1).max(4);
const tableOf = <T extends z.ZodType>(cell: T) => z.array(z.array(cell).min(2).max(20)).min(2).max(20);

export const RowsSeen = z
  .enum(['all', 'test', 'fold'])
  .describe('rows behind the figures: all, those of no training, or the fold that the classifier held out');
export type RowsSeen = z.infer<typeof RowsSeen>;

/** Score-based figures of one binary classifier, on the images every arm could score. */
export const BinaryResult = z.strictObject({
  kind: z.literal('binary'),
  classifier: Sha256.describe('of the ONNX bytes'),
  positives: size,
  negatives: size,
  clustered: z.boolean().describe('variances by patient (Obuchowski 1997) instead of by image (DeLong 1988)'),
  arms,
  auc: perArm(AucEstimate),
  covariance: perArm(perArm(CovarianceEstimate)).describe('arms x arms; the diagonal holds the variances'),
  decisions: perArm(
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('counts'), tp: Count, fp: Count, tn: Count, fn: Count }),
      Withheld,
    ]),
  ).describe('at the shipped threshold; none of the four is of 1 to floor - 1 patients'),
  grid: perArm(ScoreGrid).optional(),
  calibration: perArm(Calibration).optional(),
  reliance: MarkerReliance.optional().describe('absent without the arms original and inpainted'),
  swap: SwapResult.optional().describe('absent where the protocol asks for no glyphs'),
  strata: z.array(StratumResult).max(30).optional(),
  segmentation: SegmentationResult.optional().describe('of a multi-task classifier'),
  cam: CamResult.optional().describe('of a classifier that gives activation maps'),
  rows: RowsSeen.optional(),
});
export type BinaryResult = z.infer<typeof BinaryResult>;

/** Answers of a multi-class classifier on two arms, by who is right. */
export const PairedCorrectness = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('counts'),
    both: Count,
    onlyA: Count,
    onlyB: Count,
    neither: Count,
  }),
  Kept,
]);
export type PairedCorrectness = z.infer<typeof PairedCorrectness>;

/** Class counts of one multi-class classifier. Rows and columns are the classes in manifest order. */
export const MulticlassResult = z.strictObject({
  kind: z.literal('multiclass'),
  classifier: Sha256,
  classes: z.array(size).min(2).max(20),
  arms,
  confusion: perArm(tableOf(ShownCount)).describe('truth x predicted'),
  right: perArm(ShownCount).describe('films answered rightly; null: it would give a cell away'),
  paired: z
    .array(
      z.strictObject({
        a: Arm,
        b: Arm,
        against: Sha256.optional().describe('classifier of arm b, as the protocol asks; absent: this one'),
        table: tableOf(Count).describe('whole, since it says nothing of the truth'),
        correct: PairedCorrectness.optional().describe(
          'films that are right; absent: of an older agent, or of the placebo',
        ),
      }),
    )
    .max(56)
    .describe('predicted on arm a x predicted on arm b'),
  cam: CamResult.optional().describe('of a classifier that gives activation maps'),
  rows: RowsSeen.optional(),
});
export type MulticlassResult = z.infer<typeof MulticlassResult>;

/** A classifier with fewer patients in a class of its rows than the floor, beside others that reach it. */
export const WithheldResult = z.strictObject({
  kind: z.literal('withheld'),
  classifier: Sha256,
  arms,
  reason: z.literal('below-floor'),
});
export type WithheldResult = z.infer<typeof WithheldResult>;

const cell = z.strictObject({ classifier: Sha256, arm: Arm });

export const ComparisonResult = z.strictObject({
  a: cell,
  b: cell,
  positives: size,
  negatives: size,
  difference: DifferenceEstimate.describe('AUC of a minus AUC of b'),
  variance: VarianceEstimate.describe('from squared placement differences'),
});
export type ComparisonResult = z.infer<typeof ComparisonResult>;

export const ReportResult = z.strictObject({
  schema: z.literal('sidemark.result/1'),
  images: z.strictObject({
    registered: size,
    evaluated: size,
    skipped: z.array(z.strictObject({ reason: SkipReason, images: Count })).max(SkipReason.options.length),
  }),
  inert: z
    .strictObject({ inpainted: Count, clipped: Count, placebo: Count.optional() })
    .describe('images on which the arm equals the original, bit for bit'),
  markers: z
    .strictObject({
      ...{ images: Count, left: ShownCount, right: ShownCount, other: ShownCount },
      needsReview: Count,
    })
    .describe('images with a marker, and markers by letter; null: withheld, as in the census'),
  census: MarkerCensus.optional().describe('what the markers are like; absent: of an older agent'),
  checks: FilmChecksResult.optional(),
  inpainting: InpaintingResult.optional().describe('of the holes that were filled; absent: none was'),
  classifiers: z
    .array(z.discriminatedUnion('kind', [BinaryResult, MulticlassResult, WithheldResult]))
    .min(1)
    .max(24),
  comparisons: z.array(ComparisonResult).max(100).describe('in the order of the protocol'),
  joint: z
    .array(JointCovariance)
    .max(24)
    .optional()
    .describe('for each set of rows that binary classifiers are judged on'),
  labelFromMarker: LabelFromMarker.optional(),
  placebo: PlaceboCounts.optional().describe('absent where the protocol has no placebo arm'),
});
export type ReportResult = z.infer<typeof ReportResult>;

export const ReportHeader = z.strictObject({
  schema: z.literal('sidemark.report/1'),
  contract: z.int().min(1).max(1000),
  study: Id,
  run: Id,
  job: Id,
  site: Id,
  siteKeyId: KeyId,
  sequence: z.int().min(1).max(1_000_000_000),
  protocolDigest: Sha256,
  models: z.array(Sha256).min(3).max(26).describe('detector, inpainter, classifiers in protocol order'),
  datasetDigest: Sha256.describe('keyed with a site secret, so that it cannot be guessed'),
  agentVersion: Version,
  nodeVersion: Version,
  onnxruntimeVersion: Version,
  platform: z.enum(['linux', 'darwin', 'win32', 'other']),
  architecture: z.enum(['x64', 'arm64', 'other']),
  finishedAt: Instant,
});
export type ReportHeader = z.infer<typeof ReportHeader>;

export const Report = z.strictObject({
  header: ReportHeader,
  result: ReportResult,
  resultDigest: Sha256.describe('of the canonical JSON of result'),
});
export type Report = z.infer<typeof Report>;

/** Signed by the on-line key: this payload is stored. */
export const Receipt = z.strictObject({
  schema: z.literal('sidemark.receipt/1'),
  job: Id,
  site: Id,
  payloadDigest: Sha256.describe('SHA-256 of the exact signed bytes: the identity of a report'),
  sequence: z.int().min(1),
  receivedAt: Instant,
  auditHead: Sha256,
});
export type Receipt = z.infer<typeof Receipt>;
