// What became of one film that a site harmonizes for its own use: the line of the journal, and the row of the CSV.
import { SkipReason } from '@sidemark/core/contract';
import { z } from 'zod';

export const HarmonizeArm = z.enum(['inpainted', 'clipped']);
export type HarmonizeArm = z.infer<typeof HarmonizeArm>;
export const HarmonizeFormat = z.enum(['dicom', 'png']);
export type HarmonizeFormat = z.infer<typeof HarmonizeFormat>;

const pixel = z.number();
const digest = z.string();
const values = z.strictObject({ min: z.int(), max: z.int() });

export const HarmonizedMarker = z.strictObject({
  box: z.strictObject({ x1: pixel, y1: pixel, x2: pixel, y2: pixel }),
  label: z.string(),
  score: z.number(),
  look: z.enum(['digital', 'lead']).describe('by the plateau test of the census'),
  size: z.number().describe('longer side as a share of the film’s'),
  intensity: z.number().describe('mean of the foreground within the range of the film, 0 to 1'),
  hole: z.int().min(0).describe('px of the hole that the marker lies in; 0: it was left alone'),
});
export type HarmonizedMarker = z.infer<typeof HarmonizedMarker>;

export const WrittenFilm = z.strictObject({
  kind: z.literal('written'),
  /** below the output folder */
  output: z.string(),
  source: digest.describe('SHA-256 of the file read'),
  written: digest.describe('SHA-256 of the file written'),
  markers: z.array(HarmonizedMarker),
  before: values.describe('lowest and highest value, as the file written counts them'),
  after: values,
  inert: z.boolean().describe('no pixel differs from the source'),
  review: z
    .enum(['marker-too-large'])
    .nullable()
    .describe('why a person should look; the film was left alone'),
  foundAfter: z.int().min(0).nullable().describe('markers that the detector finds on what was written'),
});
export type WrittenFilm = z.infer<typeof WrittenFilm>;

export const RefusedReason = z.enum([
  ...SkipReason.options,
  'colour',
  'overlay-bits',
  'no-way-back',
  'not-a-file',
]);
export type RefusedReason = z.infer<typeof RefusedReason>;

export const RefusedFilm = z.strictObject({ kind: z.literal('refused'), reason: RefusedReason });
export type RefusedFilm = z.infer<typeof RefusedFilm>;

export type HarmonizedFilm = WrittenFilm | RefusedFilm;

/** What an inference child answers; `same`: source and output are as the journal says. */
export type HarmonizeAnswer = HarmonizedFilm | { kind: 'same' };
