// What becomes of one image: scores, or the reason for none. Lives in the journal, never leaves the site.
import { SkipReason } from '@sidemark/core/contract';
import { z } from 'zod';

const count = z.int().min(0);

export const ScoredImage = z.strictObject({
  kind: z.literal('scored'),
  scores: z
    .array(z.array(z.array(z.number()).min(1)))
    .describe('classifier x arm of the protocol x logit; one logit for a binary classifier'),
  inert: z.strictObject({ inpainted: z.boolean(), clipped: z.boolean() }),
  markers: z.strictObject({ left: count, right: count, other: count, needsReview: z.boolean() }),
});
export type ScoredImage = z.infer<typeof ScoredImage>;

export const ImageOutcome = z.discriminatedUnion('kind', [
  ScoredImage,
  z.strictObject({ kind: z.literal('skipped'), reason: SkipReason }),
]);
export type ImageOutcome = z.infer<typeof ImageOutcome>;
