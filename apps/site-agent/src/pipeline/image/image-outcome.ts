// What becomes of one image: scores, or the reason for none. Lives in the journal, never leaves the site.
import { SkipReason } from '@sidemark/core/contract';
import { polarities } from '@sidemark/core/imaging';
import { z } from 'zod';

const count = z.int().min(0);

/** 48 bits of the SHA-256 of a mask or a map; 0 for an empty one. Equal pictures have equal prints. */
const print = z
  .int()
  .min(0)
  .max(2 ** 48 - 1);

const share = z.number().min(0).max(1);

/** Prediction against ground truth on one arm, in pixels of the film. */
export const SegmentedArm = z.strictObject({ tp: count, fp: count, fn: count, print });
export type SegmentedArm = z.infer<typeof SegmentedArm>;

/** The activation map on one arm. No shares: it has no mass. */
export const MappedArm = z.strictObject({
  print,
  shares: z
    .strictObject({
      marker: share.nullable().describe('null without a marker'),
      lesion: share.nullable().describe('null without a true lesion'),
      elsewhere: share,
    })
    .nullable(),
  unavailable: z.literal(true).optional().describe('no map could be made: it came out as no number'),
});
export type MappedArm = z.infer<typeof MappedArm>;

/** How the film lies, as it was judged before anything was computed. */
export const FilmFlags = z.strictObject({
  polarity: z.enum(polarities),
  faults: z.array(z.enum(['inverted', 'mirrored', 'rotated', 'lateral'])),
  undeclared: z.boolean().describe('no header says how it hangs'),
  corrected: z.boolean(),
  markerDisagrees: z.boolean(),
});
export type FilmFlags = z.infer<typeof FilmFlags>;

/** One marker of a film, for the site's census. */
export const MarkerFacts = z.strictObject({
  letter: z.enum(['left', 'right', 'other']),
  look: z.enum(['digital', 'lead']),
  x: share.describe('centre, as a share of the width of the film'),
  y: share,
  size: share.describe('longer side, as a share of the film’s'),
  intensity: share.describe('mean of the foreground between the lowest and the highest value of the film'),
});
export type MarkerFacts = z.infer<typeof MarkerFacts>;

/** Of a film without a marker, or with one that needs review, there is none. */
export const PlaceboOutcome = z.enum(['none', 'filled', 'no-place']);
export type PlaceboOutcome = z.infer<typeof PlaceboOutcome>;

export const ScoredImage = z.strictObject({
  kind: z.literal('scored'),
  scores: z
    .array(z.array(z.array(z.number()).min(1)))
    .describe(
      'classifier x arm of the protocol x logit; one logit for a binary classifier, no arm where it does not see the image',
    ),
  segmented: z
    .array(z.array(SegmentedArm))
    .optional()
    .describe('classifier x arm; no arm without segmentation or ground truth'),
  mapped: z.array(z.array(MappedArm)).optional().describe('classifier x arm; no arm without a map'),
  swapped: z
    .array(z.array(z.number()))
    .optional()
    .describe(
      'classifier x glyph of the protocol; no glyph of a classifier that is not binary or does not see the image',
    ),
  inert: z.strictObject({ inpainted: z.boolean(), clipped: z.boolean(), placebo: z.boolean().optional() }),
  placebo: PlaceboOutcome.optional().describe('absent without the arm'),
  markers: z.strictObject({ left: count, right: count, other: count, needsReview: z.boolean() }),
  flags: FilmFlags.optional(),
  holes: z
    .strictObject({
      count,
      area: count.describe('px'),
      clamped: count.describe('px of it whose fill was held back'),
      seam: z.number().min(0).max(100).nullable().describe('null without known pixels around'),
    })
    .optional()
    .describe('that were filled; absent: none was'),
  census: z.array(MarkerFacts).optional().describe('one entry a marker'),
});
export type ScoredImage = z.infer<typeof ScoredImage>;

export const ImageOutcome = z.discriminatedUnion('kind', [
  ScoredImage,
  z.strictObject({
    kind: z.literal('skipped'),
    reason: SkipReason,
    flags: FilmFlags.optional().describe('of a film that was read, and excluded for them'),
  }),
]);
export type ImageOutcome = z.infer<typeof ImageOutcome>;
