// Predictions of one multi-class classifier on two arms: the tables of all sites, added.
import { z } from 'zod';
import { Arm } from '../arms.ts';
import { Count, Slug } from '../ids.ts';
import { NotEstimableReason } from './estimates.ts';
import { siteIdentity } from './pooled-figure.ts';

const finite = z.number();
const p = finite.min(0).max(1);

export const AgreementAnalysis = z.strictObject({
  classifier: Slug,
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
        difference: z.int().describe('films right on a minus films right on b'),
        discordantAtMost: Count.describe('films with two predictions: no more can be right on one arm alone'),
        exact: z.boolean().describe('two classes: the two numbers are the table itself'),
        statistic: finite.min(0).describe('difference squared over that: the true one is at least this'),
        p: p.describe('at most this'),
        accuracyDifference: finite.min(-1).max(1),
      }),
      z.strictObject({ kind: z.literal('not-estimable'), reason: NotEstimableReason }),
    ])
    .describe('McNemar on right predictions, from the totals that sites may give; sites with both tables'),
});
export type AgreementAnalysis = z.infer<typeof AgreementAnalysis>;
