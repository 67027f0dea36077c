// How one hospital differs from another: who comes, how films are marked, how the machine renders.
import { z } from 'zod';
import { type FilmClass } from '../lesion/lesion.ts';
import { markerProtocolSchema } from '../markers/protocol.ts';
import { rangeSchema, scannerSchema } from '../scanner/style.ts';

const share = z.number().min(0).max(1);

/** The site profile file of `sidemark phantom make`; unknown keys are refused. */
export const siteProfileSchema = z.strictObject({
  schema: z.literal('sidemark.phantom-site/1').default('sidemark.phantom-site/1'),
  /** lower case, used in file names and patient ids */
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'lower case letters, digits and dashes'),
  /** everything at the site derives from it */
  seed: z.string().min(1),
  films: z.int().min(1).max(1_000_000),
  film: z
    .strictObject({
      /** px along each side */
      side: z.int().min(128).max(2048).default(512),
      /** bits stored; png8 and jpeg keep the upper 8 */
      bits: z.int().min(8).max(16).default(12),
      photometric: z.enum(['MONOCHROME1', 'MONOCHROME2']).default('MONOCHROME2'),
      format: z.enum(['dicom', 'png16', 'png8', 'jpeg']).default('dicom'),
    })
    .prefault({}),
  patients: z
    .strictObject({
      /** share of patients with more than one film (2 or 3) */
      severalFilms: share.default(0.1),
      /** share of patients for the training of models, in five folds; the others are for tests */
      trained: share.default(0.5),
      female: share.default(0.5),
      age: rangeSchema.default([20, 90]),
    })
    .prefault({}),
  /** share of films of each lesion class; the rest has none */
  prevalence: z
    .strictObject({ opacity: share.default(0), effusion: share.default(0), nodules: share.default(0) })
    .refine((one) => one.opacity + one.effusion + one.nodules <= 1, 'the shares add up to more than 1')
    .prefault({}),
  /** how plainly lesions show: 1 = plain to see */
  strength: rangeSchema.default([0.5, 1]),
  scanner: scannerSchema.prefault({}),
  markers: z
    .strictObject({
      /** how far marker and label go together: 0 not at all, 1 always, below 0 the other way round */
      correlation: z.number().min(-1).max(1).default(0),
      /** none: films without markers */
      protocols: z.array(markerProtocolSchema).max(64).default([]),
    })
    .prefault({}),
});

/** As written in a file. */
export type SiteProfileInput = z.input<typeof siteProfileSchema>;
/** With its defaults. */
export type SiteProfile = z.infer<typeof siteProfileSchema>;

/**
 * A profile with its defaults filled in.
 * @throws RangeError naming the first field that does not hold
 */
export function siteProfile(input: unknown): SiteProfile {
  const parsed = siteProfileSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  const first = parsed.error.issues[0]!;
  throw new RangeError(`invalid ${first.path.join('.') || 'profile'}; ${first.message}`);
}

/** Class drawn from the site's prevalence by one uniform number. */
export function classAt({ prevalence }: SiteProfile, uniform: number): FilmClass {
  let edge = 0;
  for (const kind of ['opacity', 'effusion', 'nodules'] as const) {
    edge += prevalence[kind];
    if (uniform < edge) return kind;
  }
  return 'none';
}
