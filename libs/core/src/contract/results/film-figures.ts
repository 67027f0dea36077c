// Figures that are a number per film before they are a mean: overlap with the ground truth, shares of activation maps.
import { z } from 'zod';
import { Arm } from '../arms.ts';
import { DifferenceMoments, ShareMoments, Withheld } from './estimates.ts';
import { Count } from '../ids.ts';
import { MapMethod } from '../models/manifest-classifier.ts';

const perArm = <T extends z.ZodType>(schema: T) => z.array(schema).min(1).max(4);
const pixels = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

/** A segmentation against the ground truth, on the films that have one. Arms in the order of the classifier's. */
export const SegmentationResult = z.strictObject({
  bothEmpty: z.enum(['one', 'excluded']).describe('what a film counts that is empty on both sides'),
  withoutTruth: Count.describe('films without ground truth, left out'),
  dice: perArm(ShareMoments).describe('mean Dice of films'),
  pixels: perArm(
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('counts'), tp: pixels, fp: pixels, fn: pixels }),
      Withheld,
    ]),
  ).describe('summed over films, three significant digits'),
  empty: perArm(
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('counts'), both: Count, truth: Count, prediction: Count }),
      Withheld,
    ]),
  ).describe('films with neither, without a true lesion, and without a predicted one'),
  differences: z
    .array(z.strictObject({ a: Arm, b: Arm, dice: DifferenceMoments }))
    .max(6)
    .describe('Dice on arm a minus Dice on arm b, film by film'),
});
export type SegmentationResult = z.infer<typeof SegmentationResult>;

/** Where the class activation maps lie, as shares of their mass. The marker is the original film's on every arm. */
export const CamResult = z.strictObject({
  method: MapMethod.optional().describe('how the maps were made; absent: exported'),
  marker: perArm(ShareMoments).describe('in the dilated markers, of films with one'),
  lesion: perArm(ShareMoments).describe('in the ground truth, of films with a true lesion'),
  elsewhere: perArm(ShareMoments).describe('in neither, of all films'),
  zeroMaps: perArm(
    z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('counts'), images: Count }), Withheld]),
  ).describe('films whose map has no mass, left out of the means'),
  withoutMap: perArm(
    z.discriminatedUnion('kind', [z.strictObject({ kind: z.literal('counts'), images: Count }), Withheld]),
  )
    .optional()
    .describe(
      'films whose map could not be made: it came out as no number. Left out of the means; absent: of a model that gives out its maps',
    ),
});
export type CamResult = z.infer<typeof CamResult>;
