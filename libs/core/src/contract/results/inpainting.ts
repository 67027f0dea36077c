// What became of the holes of a site: how many, how large, how often the fill had to be held back, and how its rim looks.
import { z } from 'zod';
import { Withheld } from './estimates.ts';
import { Count } from '../ids.ts';

const pixels = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

export const InpaintingFigures = z.strictObject({
  kind: z.literal('inpainted'),
  films: z.strictObject({ images: Count, patients: Count }).describe('films with a hole, and their patients'),
  holes: Count,
  area: pixels.describe('of all holes, px, three significant digits'),
  clamped: pixels.describe('of it, px whose fill lay beyond the range of the ring; three significant digits'),
  seam: z
    .strictObject({
      mean: z.number().min(0).max(100).describe('in steps of about a tenth of its standard error'),
      variance: z.number().min(0).max(10_000).describe('between films, ddof 1, three significant digits'),
    })
    .describe('mean step across the rim of the holes over that among the known pixels around, film by film'),
});
export type InpaintingFigures = z.infer<typeof InpaintingFigures>;

export const InpaintingResult = z.discriminatedUnion('kind', [InpaintingFigures, Withheld]);
export type InpaintingResult = z.infer<typeof InpaintingResult>;
