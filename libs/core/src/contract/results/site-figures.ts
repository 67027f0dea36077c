// Figures of a site that are of no one classifier, or of parts of its patients.
import { z } from 'zod';
import { Arm } from '../arms.ts';
import { AucEstimate, ShownCount, VarianceEstimate } from './estimates.ts';
import { Count } from '../ids.ts';

const size = z.strictObject({ images: Count, patients: Count });
const perArm = <T extends z.ZodType>(schema: T) => z.array(schema).min(1).max(4);

/** Makers of radiography systems by name; a report holds no free text. */
export const Vendor = z.enum([
  ...['agfa', 'canon', 'carestream', 'fujifilm', 'ge', 'hologic', 'konica-minolta', 'philips', 'samsung'],
  ...['shimadzu', 'siemens', 'other'],
] as const);
export type Vendor = z.infer<typeof Vendor>;

export const StratumOf = z.enum(['view', 'sex', 'age', 'vendor', 'fold']);
export type StratumOf = z.infer<typeof StratumOf>;

export const StratumLevel = z.enum([
  ...['PA', 'AP', 'LATERAL', 'UNKNOWN'],
  ...['female', 'male'],
  ...['0-17', '18-39', '40-59', '60-79', '80+'],
  ...Vendor.options,
  ...['fold-1', 'fold-2', 'fold-3', 'fold-4', 'fold-5'],
] as const);
export type StratumLevel = z.infer<typeof StratumLevel>;

/** One part of the rows of a classifier. Parts that are not shown hold the floor or more patients together, or nobody. */
export const StratumResult = z.strictObject({
  of: StratumOf,
  level: StratumLevel,
  positives: size,
  negatives: size,
  auc: perArm(AucEstimate),
  variance: perArm(VarianceEstimate),
});
export type StratumResult = z.infer<typeof StratumResult>;

/** AUCs of all binary classifiers that are judged on the same rows, together: for contrasts and ranks of any of them. */
export const JointCovariance = z.strictObject({
  cells: z
    .array(
      z.strictObject({
        classifier: z.int().min(0).max(23).describe('place in the list of classifiers'),
        arm: Arm,
      }),
    )
    .min(1)
    .max(96),
  covariance: z
    .array(z.array(z.number().min(-1).max(1).nullable()).min(1).max(96))
    .min(1)
    .max(96)
    .describe(
      'row i holds cells 0 to i: the lower triangle with the variances, three significant digits; null: not shown',
    ),
});
export type JointCovariance = z.infer<typeof JointCovariance>;

/** How much of the label the markers alone give away: a model of marker features alone, cross-fitted by patients. */
export const LabelFromMarker = z.strictObject({
  positives: size,
  negatives: size,
  folds: z.int().min(2).max(10),
  auc: AucEstimate.describe('of pairs within a fold, weighted by their number'),
  variance: VarianceEstimate,
});
export type LabelFromMarker = z.infer<typeof LabelFromMarker>;

/** Films with a marker, by what became of their placebo. */
export const PlaceboCounts = z.strictObject({
  filled: ShownCount.describe('a hole of the same shape was filled where no marker is'),
  withoutPlace: ShownCount.describe('the film has no such place: the arm is the original'),
});
export type PlaceboCounts = z.infer<typeof PlaceboCounts>;
