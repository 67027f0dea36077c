// The pooled result over the accepted reports of a run.
import { z } from 'zod';
import { Arm } from '../arms.ts';
import { AucEstimate, DifferenceEstimate, NotEstimableReason } from './estimates.ts';
import { AgreementAnalysis } from './agreement-analysis.ts';
import {
  DecompositionAnalysis,
  LabelFromMarkerRow,
  RankingAnalysis,
  RelianceAnalysis,
  SwapAnalysis,
} from './effect-analysis.ts';
import { CamAnalysis, FoldsAnalysis, SegmentationAnalysis } from './film-analysis.ts';
import { PooledFigure, SiteGroups } from './pooled-figure.ts';
import { SiteExclusion, SiteHistory } from './site-account.ts';
import {
  CalibrationAnalysis,
  GridsAnalysis,
  StratumAnalysis,
  ThresholdAnalysis,
} from './transfer-analysis.ts';
import { AnalysisPlan, SiteScope } from '../analysis-plan.ts';
import { Count, Id, Instant, Sha256, Slug } from '../ids.ts';
import { RefusalCode } from '../runs.ts';

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
  meta: PooledFigure.describe('by the rule of the number of sites; what to report'),
  groups: SiteGroups,
});
export type CellAnalysis = z.infer<typeof CellAnalysis>;

/** What the plan asks of a comparison, and the answer among all that it asks. */
export const PlannedQuestion = z.strictObject({
  status: z
    .enum(['primary', 'secondary', 'exploratory'])
    .describe('exploratory: the plan of the frozen protocol does not name it'),
  family: Slug.nullable(),
  sites: SiteScope,
  p: finite.min(0).max(1).nullable().describe('two-sided against 0, or twice the one-sided p of the margin'),
  pAdjusted: finite.min(0).max(1).nullable().describe('compare with 1 - level; null: there is no p'),
  correction: z
    .enum(['gatekeeping-holm', 'benjamini-hochberg'])
    .describe('the second over all exploratory comparisons'),
  margin: z
    .strictObject({
      question: z.enum(['superiority', 'non-inferiority']),
      margin: finite,
      pOneSided: finite.min(0).max(1),
      established: z.boolean().describe('alone, before other questions are counted'),
    })
    .nullable(),
});
export type PlannedQuestion = z.infer<typeof PlannedQuestion>;

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
  meta: PooledFigure.describe('by the rule of the number of sites; what to report'),
  groups: SiteGroups,
  question: PlannedQuestion,
});
export type ComparisonAnalysis = z.infer<typeof ComparisonAnalysis>;

export const MulticlassAnalysis = z.strictObject({
  classifier: Slug,
  arm: Arm,
  labels: z.array(z.string()),
  confusion: z
    .array(z.array(Count))
    .describe('truth x predicted, summed over the sites whose table is whole'),
  tables: Count.describe('sites whose table is whole'),
  accuracy: z
    .strictObject({ correct: Count, total: Count, lower: finite, upper: finite, sites: Count })
    .nullable()
    .describe('Wilson interval, over the sites that tell how many are right'),
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
  refusal: RefusalCode.nullable().default(null).describe('why its job ended without a report'),
  imagesEvaluated: Count,
  imagesSkipped: Count,
  imagesWithMarker: Count,
  inertInpainted: Count,
  inertClipped: Count,
});
export type SiteSummary = z.infer<typeof SiteSummary>;

/** The plan that the analysis followed. */
export const EffectivePlan = z.strictObject({
  declared: z.boolean().describe('false: the protocol carries none, its primary comparisons are the plan'),
  families: z.array(AnalysisPlan.shape.families.element),
  sites: SiteScope,
  margins: AnalysisPlan.shape.margins.unwrap(),
  internal: z
    .array(z.strictObject({ classifier: Slug, sites: z.array(Slug) }))
    .describe('of the sites of the run, those whose data trained the model'),
});
export type EffectivePlan = z.infer<typeof EffectivePlan>;

export const Analysis = z.strictObject({
  schema: z.literal('sidemark.analysis/2'),
  run: Id,
  protocolDigest: Sha256,
  level: finite,
  computedAt: Instant.describe('receipt of the newest report: the same reports give the same bytes'),
  plan: EffectivePlan,
  sites: z.array(SiteSummary),
  cells: z.array(CellAnalysis),
  comparisons: z.array(ComparisonAnalysis),
  multiclass: z.array(MulticlassAnalysis),
  segmentation: z.array(SegmentationAnalysis).default([]).describe('of multi-task classifiers'),
  cam: z.array(CamAnalysis).default([]).describe('of classifiers that give activation maps'),
  folds: z.array(FoldsAnalysis).default([]).describe('of classifiers that the protocol calls folds'),
  decomposition: z.array(DecompositionAnalysis).describe('of classifiers with the three arms'),
  ranking: z.array(RankingAnalysis).describe('of classifiers with two arms and more'),
  reliance: z.array(RelianceAnalysis),
  swap: z.array(SwapAnalysis).default([]).describe('of protocols that ask for glyphs'),
  labelFromMarker: z.array(LabelFromMarkerRow),
  thresholds: z.array(ThresholdAnalysis),
  calibration: z.array(CalibrationAnalysis),
  grids: z.array(GridsAnalysis),
  strata: z.array(StratumAnalysis),
  agreement: z.array(AgreementAnalysis).describe('of multi-class classifiers, two arms each'),
  exclusions: z.array(SiteExclusion),
  history: z.array(SiteHistory).describe('of sites that reported'),
});
export type Analysis = z.infer<typeof Analysis>;
