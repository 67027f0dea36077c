// The pooled result over the accepted reports of a run.
import { z } from 'zod';
import { Arm } from '../arms.ts';
import { AucEstimate, DifferenceEstimate, NotEstimableReason } from './estimates.ts';
import { CamAnalysis, FoldsAnalysis, SegmentationAnalysis } from './film-analysis.ts';
import { Count, Id, Instant, Sha256, Slug } from '../ids.ts';

const finite = z.number();

/** One method's answer on one scale. Interval and estimate are on the scale of the question (AUC or AUC difference). */
export const PooledEstimate = z.strictObject({
  method: z.enum(['fixed-effect', 'dersimonian-laird', 'reml', 'paule-mandel']),
  scale: z.enum(['plain', 'logit']),
  estimate: finite,
  lower: finite,
  upper: finite,
  standardError: finite.min(0).describe('on the scale that was pooled'),
  tau2: finite.min(0),
  q: finite.min(0),
  qDf: z.int().min(0),
  qP: finite.min(0).max(1).nullable(),
  i2: finite.min(0).max(100).describe('percent'),
});
export type PooledEstimate = z.infer<typeof PooledEstimate>;

export const SiteRow = z.strictObject({
  site: Id,
  siteName: Slug,
  payloadDigest: Sha256.describe('the signed report this row was read from'),
  positives: z.strictObject({ images: Count, patients: Count }),
  negatives: z.strictObject({ images: Count, patients: Count }),
  estimate: z.union([AucEstimate, DifferenceEstimate]),
  standardError: finite.min(0).nullable(),
  lower: finite.nullable(),
  upper: finite.nullable(),
  weightPercent: finite.min(0).max(100).nullable().describe('DerSimonian-Laird weight'),
  excluded: NotEstimableReason.nullable().describe('why the site does not enter the pooled figure'),
});
export type SiteRow = z.infer<typeof SiteRow>;

const pooled = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pooled'), estimates: z.array(PooledEstimate).min(1) }),
  z.strictObject({ kind: z.literal('not-estimable'), reason: NotEstimableReason }),
]);

export const CellAnalysis = z.strictObject({
  classifier: Slug,
  arm: Arm,
  diagonal: z.boolean().describe('the arm is the one the model was trained on: the paper’s comparison'),
  sites: z.array(SiteRow),
  pooled,
});
export type CellAnalysis = z.infer<typeof CellAnalysis>;

export const ComparisonAnalysis = z.strictObject({
  id: Slug,
  primary: z.boolean(),
  a: z.strictObject({ classifier: Slug, arm: Arm }),
  b: z.strictObject({ classifier: Slug, arm: Arm }),
  sites: z.array(SiteRow),
  pooled,
  zTest: z
    .strictObject({ z: finite, pTwoSided: finite.min(0).max(1) })
    .nullable()
    .describe('of the DerSimonian-Laird difference'),
});
export type ComparisonAnalysis = z.infer<typeof ComparisonAnalysis>;

export const MulticlassAnalysis = z.strictObject({
  classifier: Slug,
  arm: Arm,
  labels: z.array(z.string()),
  confusion: z.array(z.array(Count)).describe('truth x predicted, summed over sites'),
  accuracy: z
    .strictObject({ correct: Count, total: Count, lower: finite, upper: finite })
    .nullable()
    .describe('Wilson interval'),
});
export type MulticlassAnalysis = z.infer<typeof MulticlassAnalysis>;

export const SiteSummary = z.strictObject({
  site: Id,
  siteName: Slug,
  role: z.enum(['internal', 'external']),
  reported: z.boolean(),
  qualification: z
    .enum(['not-asked', 'qualified', 'not-qualified', 'missing'])
    .default('not-asked')
    .describe(
      'of its machine by the pack of the protocol; only a qualified site is pooled where one is asked for',
    ),
  imagesEvaluated: Count,
  imagesSkipped: Count,
  imagesWithMarker: Count,
  inertInpainted: Count,
  inertClipped: Count,
});
export type SiteSummary = z.infer<typeof SiteSummary>;

export const Analysis = z.strictObject({
  run: Id,
  protocolDigest: Sha256,
  level: finite,
  computedAt: Instant,
  sites: z.array(SiteSummary),
  cells: z.array(CellAnalysis),
  comparisons: z.array(ComparisonAnalysis),
  multiclass: z.array(MulticlassAnalysis),
  segmentation: z.array(SegmentationAnalysis).default([]).describe('of multi-task classifiers'),
  cam: z.array(CamAnalysis).default([]).describe('of classifiers that give activation maps'),
  folds: z.array(FoldsAnalysis).default([]).describe('of classifiers that the protocol calls folds'),
});
export type Analysis = z.infer<typeof Analysis>;
