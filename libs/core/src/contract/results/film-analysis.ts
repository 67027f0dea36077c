// Figures over films and over folds, site by site and pooled. Description: no test and no interval.
import { z } from 'zod';
import { Arm } from '../arms.ts';
import { AucEstimate, DifferenceMoments, ShareMoments } from './estimates.ts';
import { Count, Id, Sha256, Slug } from '../ids.ts';

const siteOf = {
  site: Id,
  siteName: Slug,
  payloadDigest: Sha256.describe('the signed report it was read from'),
};

/** Films of all sites taken together: n-weighted mean, and the variance within sites. Null where no site gives a mean. */
const PooledMoments = z
  .strictObject({
    sites: Count,
    images: Count,
    mean: z.number().min(-1).max(1),
    variance: z.number().min(0).max(2).nullable().describe('within sites; null with one film a site'),
  })
  .nullable();
export type PooledMoments = z.infer<typeof PooledMoments>;

const shares = z.strictObject({
  sites: z.array(z.strictObject({ ...siteOf, value: ShareMoments })),
  pooled: PooledMoments,
});

export const SegmentationAnalysis = z.strictObject({
  classifier: Slug,
  dice: z.array(z.strictObject({ arm: Arm, ...shares.shape })),
  differences: z.array(
    z.strictObject({
      a: Arm,
      b: Arm,
      sites: z.array(z.strictObject({ ...siteOf, value: DifferenceMoments })),
      pooled: PooledMoments,
    }),
  ),
});
export type SegmentationAnalysis = z.infer<typeof SegmentationAnalysis>;

export const CamAnalysis = z.strictObject({
  classifier: Slug,
  arm: Arm,
  marker: shares,
  lesion: shares,
  elsewhere: shares,
});
export type CamAnalysis = z.infer<typeof CamAnalysis>;

/** The folds of one cross-validation on one arm at one site. */
export const FoldsAnalysis = z.strictObject({
  foldOf: Slug,
  arm: Arm,
  ...siteOf,
  rows: z
    .enum(['fold', 'test', 'all', 'mixed'])
    .describe(
      'fold: each on what it held out; else the folds share their films, and differ by training alone',
    ),
  folds: z.array(z.strictObject({ classifier: Slug, auc: AucEstimate })).max(24),
  mean: z.number().min(0).max(1).nullable(),
  sd: z.number().min(0).max(1).nullable().describe('ddof 1; null with fewer than two values'),
});
export type FoldsAnalysis = z.infer<typeof FoldsAnalysis>;
