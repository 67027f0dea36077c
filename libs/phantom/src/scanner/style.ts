// What a department's machine makes of the same chest.
import { z } from 'zod';

const share = z.number().min(0).max(1);
/** Two numbers, the lower first: a value is drawn between them for every film. */
export const rangeSchema = z
  .tuple([z.number(), z.number()])
  .refine(([low, high]) => low <= high, 'lower bound first');

export const scannerSchema = z.strictObject({
  /** above 1 darkens the mid-tones */
  gamma: z.number().min(0.2).max(5).default(1),
  /** attenuation shown black and shown white, before gamma */
  window: rangeSchema.default([0.02, 0.95]),
  /** standard deviation of the quantum noise at mean attenuation, as a fraction of full scale */
  noise: share.default(0.012),
  /** standard deviation of the unsharpness, fraction of the film's side */
  blur: z.number().min(0).max(0.02).default(0.0012),
  /** amount of unsharp masking */
  sharpen: z.number().min(0).max(4).default(0),
  /** share of films with a collimated border, and its greatest width as a fraction of the side */
  collimation: z
    .strictObject({ share: share, width: z.number().min(0).max(0.3) })
    .default({ share: 0, width: 0 }),
  /** exposure of a film against the mean */
  exposure: rangeSchema.default([0.96, 1.04]),
});

export type ScannerStyle = z.infer<typeof scannerSchema>;
