// Counterfactual marker swap: on every film whose markers are gone, each glyph of a small library is drawn in turn. The protocol chooses
// from the library; nothing but the choice travels.
import { z } from 'zod';

export const GlyphLetter = z.enum(['left', 'right']);
export const GlyphLook = z
  .enum(['digital', 'lead'])
  .describe('as white as the film gets and sharp, or shimmering through and soft');
const corner = z.enum(['top-left', 'top-right', 'bottom-left', 'bottom-right']);

const each = <T extends z.ZodType>(one: T, most: number) =>
  z
    .array(one)
    .min(1)
    .max(most)
    .refine((all) => new Set(all).size === all.length, 'none is named twice');

export const MarkerSwap = z.strictObject({
  library: z.literal('sidemark-glyphs/1').describe('drawings by `core/imaging`'),
  letters: each(GlyphLetter, 2).default(['left', 'right']),
  looks: each(GlyphLook, 2).default(['digital', 'lead']),
  corners: each(corner, 4).default(['top-left', 'top-right', 'bottom-left', 'bottom-right']),
  sizes: each(z.number().min(0.01).max(0.2), 6)
    .default([0.03, 0.05, 0.08])
    .describe('height of the letter, as a share of the shorter side of the film'),
});
export type MarkerSwap = z.infer<typeof MarkerSwap>;
