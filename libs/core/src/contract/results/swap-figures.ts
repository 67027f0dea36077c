// What the glyphs of a library do to the scores of one binary classifier, drawn on films whose markers are gone.
import { z } from 'zod';
import { GlyphLetter, GlyphLook } from '../marker-swap.ts';
import { AucEstimate, ChangeMoments, VarianceEstimate } from './estimates.ts';
import { FlipCounts } from './score-figures.ts';

export const SwapResult = z.strictObject({
  glyphs: z.int().min(1).max(96).describe('that were drawn on every film, one at a time'),
  changes: z
    .array(
      z.strictObject({
        letter: GlyphLetter,
        look: GlyphLook,
        change: ChangeMoments.describe(
          'logit with the glyph minus logit without, per film the mean over its corners and sizes; beyond 20 it counts as 20',
        ),
      }),
    )
    .min(1)
    .max(4),
  flips: FlipCounts.describe('decisions that some glyph changes, at the shipped threshold, by the truth'),
  worst: z
    .strictObject({ auc: AucEstimate, variance: VarianceEstimate })
    .describe(
      'each positive film by its lowest score over no glyph and all of them, each negative one by its highest',
    ),
});
export type SwapResult = z.infer<typeof SwapResult>;
