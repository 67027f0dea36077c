// Predictions of one multi-class classifier on two arms, or of two with the same labels: the tables of all sites, added.
import { z } from 'zod';
import { Arm } from '../arms.ts';
import { Count, Slug } from '../ids.ts';
import { McNemarAnalysis } from './effect-analysis.ts';
import { NotEstimableReason } from './estimates.ts';
import { siteIdentity } from './pooled-figure.ts';

const finite = z.number();
const p = finite.min(0).max(1);

export const AgreementAnalysis = z.strictObject({
  classifier: Slug.describe('of arm a'),
  against: Slug.optional().describe('classifier of arm b; absent: the same'),
  a: Arm,
  b: Arm,
  labels: z.array(z.string()),
  sites: z.array(z.strictObject(siteIdentity)),
  table: z.array(z.array(Count)).describe('predicted on a x predicted on b, summed over sites'),
  margins: z
    .strictObject({
      tests: z
        .literal('predicted-class-margins')
        .describe('whether the classes are used equally often, not who is right'),
      statistic: finite.min(0),
      df: Count.describe('rank'),
      p: p.nullable(),
      nominalDf: Count.describe('k - 1'),
      nominalP: p,
    })
    .nullable()
    .describe('Stuart-Maxwell; null: no site gives a table'),
  correctness: z
    .discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('mcnemar'),
        test: McNemarAnalysis,
        accuracyDifference: finite.min(-1).max(1).describe('a minus b'),
        sites: z.array(z.string()).min(1).describe('that give the table of right and wrong, by name'),
      }),
      z.strictObject({
        kind: z.literal('bound'),
        difference: z.int().describe('films right on a minus films right on b'),
        discordantAtMost: Count.describe('films with two predictions: no more can be right on one arm alone'),
        statistic: finite.min(0).describe('difference squared over that: the true one is at least this'),
        p: p.describe('at most this'),
        accuracyDifference: finite.min(-1).max(1),
        sites: z.array(z.string()).min(1).describe('that give both class tables, by name'),
      }),
      z.strictObject({ kind: z.literal('not-estimable'), reason: NotEstimableReason }),
    ])
    .describe(
      'McNemar on right predictions; where no site gives who is right on both, what their totals leave possible',
    ),
});
export type AgreementAnalysis = z.infer<typeof AgreementAnalysis>;
