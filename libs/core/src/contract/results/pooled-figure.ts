// One figure pooled over sites, by the rule of the number of sites: one is not pooled; two by fixed effect, without a word
// on how much sites differ; three and more by REML with floored Knapp-Hartung and a prediction interval.
import { z } from 'zod';
import { Count, Id, Sha256, Slug } from '../ids.ts';
import { NotEstimableReason } from './estimates.ts';

const finite = z.number();
const p = finite.min(0).max(1);
const interval = { lower: finite, upper: finite };
const percent = finite.min(0).max(100);

export const PoolingTestName = z
  .enum(['normal', 'floored-knapp-hartung', 'student-t'])
  .describe('student-t: k - 1 df, of a part by the weights of its total');

/** On the scale of the question: an AUC, not its logit. */
export const PooledAnswer = z.strictObject({
  method: z
    .enum(['none', 'fixed-effect', 'dersimonian-laird', 'reml'])
    .describe('none: one site, its own figure, nothing is pooled'),
  test: PoolingTestName,
  estimate: finite,
  ...interval,
  standardError: finite.min(0).describe('on the scale that was pooled'),
  df: Count.nullable().describe('of t; null: normal'),
  pTwoSided: p.nullable().describe('against 0; null of an AUC'),
});
export type PooledAnswer = z.infer<typeof PooledAnswer>;

export const PooledFigure = z.strictObject({
  scale: z.enum(['plain', 'logit']).describe('that was pooled'),
  members: z
    .array(z.strictObject({ siteName: Slug, weightPercent: percent }))
    .describe('the sites that were pooled, by the weights of the answer'),
  answer: PooledAnswer.nullable().describe('to report; null: no site has the figure'),
  heterogeneity: z
    .strictObject({
      q: finite.min(0),
      qDf: Count,
      qP: p,
      i2: percent,
      i2Lower: percent,
      i2Upper: percent,
      tau2: finite.min(0),
      tau2Lower: finite.min(0),
      tau2Upper: finite.min(0),
    })
    .nullable()
    .describe('tau2 by REML with its Q-profile interval; null: fewer than three sites, nothing is said'),
  prediction: z
    .strictObject(interval)
    .nullable()
    .describe('where a new site would lie (t, k - 2 df); null: fewer than three sites'),
  sensitivity: z.array(PooledAnswer).describe('normal intervals of other methods; not to be reported alone'),
  leaveOneOut: z
    .array(z.strictObject({ without: Slug, estimate: finite, ...interval, pTwoSided: p.nullable() }))
    .describe(
      'by the method of the answer; empty: fewer than three sites, more than 50, or a group that the plan does not ask about',
    ),
  pairWeighted: z
    .strictObject({
      estimate: finite,
      ...interval,
      standardError: finite.min(0),
      sites: Count,
      inert: Count.describe('of these, sites with difference 0 and variance 0'),
      leftOut: Count.describe('of these, sites that the answer leaves out'),
    })
    .nullable()
    .describe('by pairs of patients inside sites (stratified), over all sites with a variance, 0 included'),
});
export type PooledFigure = z.infer<typeof PooledFigure>;

/** Sites whose data trained a model of the figure, and the others. */
export const SiteGroups = z.strictObject({
  internal: PooledFigure.nullable().describe('null: no such site reported'),
  external: PooledFigure.nullable(),
  test: z
    .strictObject({ q: finite.min(0), df: Count, p })
    .nullable()
    .describe('do the two differ (Q between them); null: one of them is missing'),
});
export type SiteGroups = z.infer<typeof SiteGroups>;

export const siteIdentity = {
  site: Id,
  siteName: Slug,
  payloadDigest: Sha256.describe('the signed report it was read from'),
};

/** One site's figure of any kind. */
export const FigureRow = z.strictObject({
  ...siteIdentity,
  estimate: finite.nullable(),
  standardError: finite.min(0).nullable(),
  lower: finite.nullable(),
  upper: finite.nullable(),
  excluded: NotEstimableReason.nullable().describe('why it does not enter the pooled figure'),
});
export type FigureRow = z.infer<typeof FigureRow>;

export const FigureOverSites = z.strictObject({ sites: z.array(FigureRow), meta: PooledFigure });
export type FigureOverSites = z.infer<typeof FigureOverSites>;
