// How a department marks its films: which pieces, in which look, how often, where.
import { z } from 'zod';
import { FILM_CLASSES } from '../lesion/lesion.ts';
import { rangeSchema } from '../scanner/style.ts';

const share = z.number().min(0).max(1);

export const LOOKS = ['digital', 'lead', 'disc', 'ring', 'plate', 'cutout', 'arrow'] as const;
export const FONTS = ['sans', 'bold', 'oblique', 'condensed', 'serif', 'mono', 'light'] as const;

/**
 * One thing put on a film. `digital`: flat letters, written after the exposure; `lead`: metal letters in the beam, with
 * initials or an inclination ball if wished; `disc`: white ring and letter on a black disc; `ring`: the same without the
 * disc; `plate`: a letter on a flat grey plate; `cutout`: a bright plate with a dark letter; `arrow`: an arrow.
 */
export const markerPieceSchema = z.strictObject({
  look: z.enum(LOOKS),
  /** `side`: the letter of the side it lies on; a list: one of these texts */
  text: z.union([z.literal('side'), z.array(z.string().min(1).max(16)).min(1)]).default('side'),
  /** letters for the patient's right and left */
  letters: z.strictObject({ right: z.string().min(1).max(8), left: z.string().min(1).max(8) }).default({
    right: 'R',
    left: 'L',
  }),
  /** share of films on which it is there at all */
  share: share.default(1),
  /** which of the patient's sides is marked; `either` draws one */
  side: z.enum(['right', 'left', 'either']).default('right'),
  /** share of films on which the letter names the other side */
  swapped: share.default(0),
  font: z.array(z.enum(FONTS)).min(1).default(['bold']),
  /** height of the letter, fraction of the film's side */
  size: rangeSchema.default([0.05, 0.06]),
  /** brightness, fraction of full scale; 1 saturates */
  level: rangeSchema.default([1, 1]),
  /** degrees, clockwise */
  rotation: rangeSchema.default([0, 0]),
  /** share of films on which it is seen from behind */
  mirrored: share.default(0),
  /** share of lead letters with the radiographer's initials */
  initials: share.default(0),
  /** share of lead letters with an inclination ball */
  ball: share.default(0),
  /** share of digital letters with a dark rim */
  rimmed: share.default(0),
  /** centre for the patient's right, fractions of the side; the left is its mirror image. Beyond 0..1 it is cut by the edge */
  x: rangeSchema.default([0.06, 0.1]),
  y: rangeSchema.default([0.06, 0.1]),
});
export type MarkerPiece = z.infer<typeof markerPieceSchema>;

export const markerProtocolSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/),
  /** how often, relative to the other protocols, when the label does not decide */
  weight: z.number().positive().default(1),
  /** the classes whose films this protocol marks where marker and label go together */
  goesWith: z.array(z.enum(FILM_CLASSES)).default([]),
  pieces: z.array(markerPieceSchema).max(8),
});
export type MarkerProtocol = z.infer<typeof markerProtocolSchema>;
