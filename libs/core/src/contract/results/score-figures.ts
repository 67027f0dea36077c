// What the scores of a binary classifier say beyond their order: counts by truth on a grid of thresholds, calibration, and
// what filling the markers does to them. Grids are fixed; no score leaves as a threshold, minimum or maximum.
import { z } from 'zod';
import {
  ChangeDifferenceMoments,
  ChangeMoments,
  ChangeSizeMoments,
  InterceptEstimate,
  InterceptVariance,
  Kept,
  LogLossMoments,
  ShareMoments,
  SlopeEstimate,
  SlopeVariance,
} from './estimates.ts';
import { Count } from '../ids.ts';

/** Bins of the score grid: 27 edges, `scoreEdges` of core/stats. */
const SCORE_BINS = 28;
/** Bins of differences of logits: 14 edges, `changeEdges` of core/stats. */
const CHANGE_BINS = 15;

const upTo = (bins: number) =>
  z
    .int()
    .min(1)
    .max(bins)
    .describe('number of the edge at its upper end; the cell starts where the one before it ends');

const decided = { tp: Count, fp: Count, tn: Count, fn: Count };

/**
 * One arm. ROC points are sums of the cells from an edge on; reliability is the share of positives beside the mean
 * prediction; the counts are the histograms of the two classes.
 */
export const ScoreGrid = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('cells'),
    cells: z
      .array(
        z.strictObject({
          upTo: upTo(SCORE_BINS),
          positives: Count,
          negatives: Count,
          predicted: z
            .number()
            .min(0)
            .max(1)
            .describe('mean probability, in steps of about a tenth of its standard error'),
        }),
      )
      .min(1)
      .max(SCORE_BINS)
      .describe('ascending; each of the floor or more patients, in each class of none or as many'),
    youden: z
      .strictObject({ from: upTo(SCORE_BINS - 1).describe('positive from this edge on'), ...decided })
      .optional()
      .describe(
        'the edge between cells of the largest sensitivity + specificity, the lowest of equals; absent with one cell',
      ),
  }),
  Kept,
]);
export type ScoreGrid = z.infer<typeof ScoreGrid>;

/** One arm. Logits count as 9.21 from 0 at most (probabilities of 0.0001 to 0.9999). What is observed: the class sizes. */
export const Calibration = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('calibration'),
    predicted: ShareMoments.describe('probability'),
    brier: ShareMoments.describe('squared error of the probability'),
    logLoss: LogLossMoments.describe('natural logarithm'),
    intercept: InterceptEstimate.describe(
      'calibration in the large: of the logistic regression with the logit as offset',
    ),
    interceptVariance: InterceptVariance,
    slope: SlopeEstimate.describe('of the logistic regression of the truth on the logit'),
    slopeVariance: SlopeVariance,
  }),
  Kept,
]);
export type Calibration = z.infer<typeof Calibration>;

const flips = z.strictObject({
  toPositive: Count.describe('negative before, positive after'),
  toNegative: Count,
  same: Count,
});

/** Decisions that change, by the truth. */
export const FlipCounts = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('counts'), positives: flips, negatives: flips }),
  Kept,
]);
export type FlipCounts = z.infer<typeof FlipCounts>;

/** What one arm does to the scores of the films that it fills, beside the original. */
export const ScoreChange = z.strictObject({
  change: ChangeMoments.describe(
    'logit on the original minus logit on the arm, of the filled films; beyond 20 it counts as 20',
  ),
  size: ChangeSizeMoments.describe('its absolute value'),
  bins: z
    .discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('cells'),
        cells: z
          .array(z.strictObject({ upTo: upTo(CHANGE_BINS), images: Count }))
          .min(1)
          .max(CHANGE_BINS),
      }),
      Kept,
    ])
    .describe('of the change; each cell of the floor or more patients'),
  flips: FlipCounts.describe(
    'decisions at the shipped threshold, original before and arm after, by the truth',
  ),
});
export type ScoreChange = z.infer<typeof ScoreChange>;

/** How much of the score hangs on the markers; the same for holes where no marker is, and the one less the other. */
export const MarkerReliance = z.strictObject({
  marker: ScoreChange.describe('inpainted arm'),
  placebo: ScoreChange.optional().describe('placebo arm; absent where the protocol has none'),
  difference: ChangeDifferenceMoments.optional().describe(
    'size of the change by the marker minus size of that by the placebo, of films with both',
  ),
});
export type MarkerReliance = z.infer<typeof MarkerReliance>;
