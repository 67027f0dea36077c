// What a site answers to a qualification pack. The films are phantoms, the same at every site: these figures say how its
// machine computes, and nothing of a patient.
import { z } from 'zod';
import { SkipReason, ReportHeader } from '../results/report.ts';
import { Sha256, Slug } from '../ids.ts';

const finite = z.number();
const pixel = z.number().min(-1e6).max(1e6);

export const BoxAnswer = z.strictObject({
  x1: pixel,
  y1: pixel,
  x2: pixel,
  y2: pixel,
  score: z.number().min(0).max(1),
});
export type BoxAnswer = z.infer<typeof BoxAnswer>;

export const FilmAnswer = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('answered'),
    film: Slug,
    stored: Sha256.describe(
      'of the grey film as it was read: values as little-endian 16-bit, in reading order',
    ),
    outside: Sha256.describe('of the inpainted film, the boxes round the markers set to 0'),
    boxes: z.array(BoxAnswer).max(64).describe('detections above the cut of the protocol, native px'),
    logits: z
      .array(z.array(z.array(finite).min(1).max(20)).max(4))
      .max(24)
      .describe('classifier x arm x logit, in protocol order'),
  }),
  z.strictObject({ kind: z.literal('skipped'), film: Slug, reason: SkipReason }),
]);
export type FilmAnswer = z.infer<typeof FilmAnswer>;

export const Answers = z.strictObject({
  pack: Sha256.describe('of the bytes of the pack'),
  films: z.array(FilmAnswer).min(4).max(64),
});
export type Answers = z.infer<typeof Answers>;

export const QualificationHeader = ReportHeader.omit({ datasetDigest: true }).extend({
  schema: z.literal('sidemark.qualification/1'),
});
export type QualificationHeader = z.infer<typeof QualificationHeader>;

/** Signed by a site's key: what its machine made of the pack. */
export const QualificationReport = z.strictObject({
  header: QualificationHeader,
  answers: Answers,
  answersDigest: Sha256.describe('of the canonical JSON of answers'),
});
export type QualificationReport = z.infer<typeof QualificationReport>;
