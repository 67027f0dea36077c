// A qualification pack: digital phantoms that every site of a run evaluates before its own films, and the answers they
// have at the trial office. Sites get the films; the answers stay with the coordinator, who judges.
import { z } from 'zod';
import { Instant, Sha256, Slug } from '../ids.ts';
import { ProtocolDocument } from '../protocol.ts';
import { FilmAnswer } from './answers.ts';

const edge = z.int().min(0).max(65_535);

/** Half-open rectangle, native px. */
export const PackBox = z.strictObject({ x1: edge, y1: edge, x2: edge, y2: edge });
export type PackBox = z.infer<typeof PackBox>;

export const PackFilm = z.strictObject({
  name: Slug,
  dicom: z.base64().max(24_000_000).describe('base64 of the DICOM file'),
  around: z
    .array(PackBox)
    .max(16)
    .describe('generous boxes round the markers; outside them arms are compared bit for bit'),
});
export type PackFilm = z.infer<typeof PackFilm>;

/** The file that sites fetch, named by the SHA-256 of its bytes. */
export const Pack = z.strictObject({
  schema: z.literal('sidemark.pack/1'),
  films: z.array(PackFilm).min(4).max(64),
});
export type Pack = z.infer<typeof Pack>;

/** What of a protocol the answers do not depend on. */
const elsewhere = {
  study: true,
  name: true,
  version: true,
  comparisons: true,
  agreements: true,
  disclosure: true,
  views: true,
  segmentation: true,
  analysis: true,
  swap: true,
  qualification: true,
} as const;

/** The part of a protocol that the answers depend on: models, masks, arms and all that is done to a film. */
export const Recipe = ProtocolDocument.omit(elsewhere);
export type Recipe = z.infer<typeof Recipe>;

export function recipeOf(document: ProtocolDocument): Recipe {
  const kept = Object.entries(document).filter(([name]) => !(name in elsewhere));
  return Recipe.parse(Object.fromEntries(kept));
}

/** What the trial office's own agent answered. */
export const PackReference = z.strictObject({
  schema: z.literal('sidemark.pack-reference/1'),
  pack: Sha256.describe('of the bytes of the pack'),
  recipe: Sha256.describe('of the canonical JSON of the recipe'),
  positive: z
    .array(z.boolean())
    .min(4)
    .max(64)
    .describe('whether the film shows disease, in order of the films'),
  films: z.array(FilmAnswer).min(4).max(64),
});
export type PackReference = z.infer<typeof PackReference>;

/** A registered pack as the coordinator lists it. */
export const RegisteredPack = z.strictObject({
  sha256: Sha256,
  recipe: Sha256,
  films: z.int().min(4).max(64),
  sizeBytes: z.int().min(1),
  createdAt: Instant,
});
export type RegisteredPack = z.infer<typeof RegisteredPack>;
export const RegisteredPackList = z.array(RegisteredPack);
