// How the films of a site lie: polarity and orientation, counted. Flags are of files; none says which.
import { z } from 'zod';
import { Withheld } from './estimates.ts';
import { Count } from '../ids.ts';

const flagged = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('counts'), images: Count }),
  Withheld,
]);

export const FilmChecksResult = z.strictObject({
  judged: z.strictObject({ images: Count, patients: Count }).describe('films that could be read'),
  inverted: flagged.describe('bone is black, judged from the picture'),
  undecided: flagged.describe('the picture does not tell whether bone is white'),
  mirrored: flagged.describe('by Patient Orientation'),
  rotated: flagged.describe('by Patient Orientation'),
  lateral: flagged.describe('by View Position or Patient Orientation'),
  undeclared: flagged.describe('nothing says how the film hangs'),
  markerDisagrees: flagged.describe(
    'a side letter, as the detector read it, lies on the other side or contradicts Image Laterality; of films evaluated',
  ),
  corrected: flagged.describe('turned upright, or its polarity exchanged, as the protocol says'),
});
export type FilmChecksResult = z.infer<typeof FilmChecksResult>;
