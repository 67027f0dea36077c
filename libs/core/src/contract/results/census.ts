// What the markers of a site are like, counted in films: the part of a report that tells one site's films from another's.
import { z } from 'zod';
import { ShareMoments, ShownCount } from './estimates.ts';

/** Rows and columns of the map. */
export const censusGrid = 8;

export const MarkerCensus = z.strictObject({
  letters: z
    .strictObject({ left: ShownCount, right: ShownCount, other: ShownCount })
    .describe('films with such a marker, as the detector labels it'),
  looks: z
    .strictObject({ digital: ShownCount, lead: ShownCount })
    .describe('films with such a marker; digital where 60 % of its foreground has one value'),
  map: z
    .array(z.array(ShownCount).length(censusGrid))
    .length(censusGrid)
    .describe('films with the centre of a marker there, row by row from the upper left'),
  size: ShareMoments.describe('longer side as a share of the film’s, mean over the markers of a film'),
  intensity: ShareMoments.describe(
    'mean of the foreground between the film’s lowest and highest value, mean over the markers of a film',
  ),
});
export type MarkerCensus = z.infer<typeof MarkerCensus>;
