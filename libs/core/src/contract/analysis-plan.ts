// The analysis plan of a protocol: which questions are confirmatory, in which order, at which sites. It is signed with the
// protocol, so it is fixed before data; whatever it does not name is exploratory.
import { z } from 'zod';
import { Slug } from './ids.ts';

export const SiteScope = z
  .enum(['all', 'internal', 'external'])
  .describe('internal: sites whose data trained a model of the question');
export type SiteScope = z.infer<typeof SiteScope>;

export const AnalysisPlan = z.strictObject({
  families: z
    .array(z.strictObject({ name: Slug, comparisons: z.array(Slug).min(1).max(100) }))
    .min(1)
    .max(20)
    .describe(
      'comparisons in the order of their gates: Holm inside a family, and one is opened only by all of those before it; the first is primary',
    ),
  sites: SiteScope.default('all').describe('that the confirmatory questions are about'),
  margins: z
    .array(
      z.strictObject({
        comparison: Slug,
        question: z.enum(['superiority', 'non-inferiority']),
        margin: z.number().min(0).max(1).describe('of the AUC difference'),
      }),
    )
    .max(100)
    .default([])
    .describe('a comparison without one is tested against 0, two-sided'),
  internalSites: z
    .array(z.strictObject({ classifier: Slug, sites: z.array(Slug).max(1000) }))
    .max(24)
    .default([])
    .describe(
      'by classifier, the names of internal sites; for others the sites that its manifest was trained on, or else the role of the site',
    ),
});
export type AnalysisPlan = z.infer<typeof AnalysisPlan>;
