// How a model wants its image: size, fit, intensity and normalisation. Declared by the author, never guessed.
import { z } from 'zod';

const factor = z.number().min(-1e9).max(1e9);
export const tensorName = z.string().min(1).max(200);

const Size = z.strictObject({
  h: z.int().min(1).max(8192),
  w: z.int().min(1).max(8192),
  dynamic: z.boolean().default(false),
  multipleOf: z.int().min(1).max(256).default(1),
});

const Intensity = z.strictObject({
  from: z.enum(['modality', 'voi']).default('modality'),
  polarity: z.literal('bone-white').default('bone-white'),
  scale: z.enum(['minmax', 'percentile', 'bits-stored', 'fixed']),
  percentiles: z.tuple([z.number().min(0).max(100), z.number().min(0).max(100)]).optional(),
  fixed: z.tuple([factor, factor]).optional().describe('native values mapped to out, for scale `fixed`'),
  out: z.tuple([factor, factor]),
  quantise: z.enum(['uint8']).nullable().default(null),
  rounding: z
    .enum(['half-up', 'half-even', 'truncate'])
    .optional()
    .describe('to the whole numbers of uint8: truncate is a cast; absent: half-up'),
});

const Normalise = z.strictObject({
  order: z.literal('scale-mean-std').default('scale-mean-std'),
  scale: factor.default(1),
  mean: z.array(factor).min(1).max(3).default([0]),
  std: z
    .array(factor.refine((s) => s !== 0, 'std is not 0'))
    .min(1)
    .max(3)
    .default([1]),
  perImageZ: z.boolean().default(false),
});

export const ImageInput = z.strictObject({
  name: tensorName,
  dtype: z.enum(['float32', 'float16', 'uint8']),
  layout: z.enum(['NCHW', 'NHWC']),
  channels: z.union([z.literal(1), z.literal(3)]),
  replicateGray: z.boolean().default(true),
  size: Size,
  fit: z.enum(['stretch', 'letterbox-center', 'letterbox-topleft', 'crop']),
  interpolation: z
    .enum(['bilinear', 'area', 'nearest', 'nearest-floor', 'bicubic'])
    .describe(
      'nearest: under the centre (Pillow, nearest-exact); nearest-floor: INTER_NEAREST, torch nearest',
    ),
  antialias: z.boolean(),
  cubic: z
    .number()
    .min(-1)
    .max(0)
    .optional()
    .describe('coefficient a of bicubic: -0.75 in OpenCV and in torch without antialias; absent: -0.5'),
  resizeRounding: z
    .enum(['none', 'once', 'each-pass'])
    .optional()
    .describe('of an 8-bit picture that is resized: once in OpenCV, each-pass in Pillow; absent: none'),
  roundSize: z.enum(['floor', 'round', 'half-even']).default('round'),
  shorterSide: z
    .int()
    .min(1)
    .max(8192)
    .optional()
    .describe('crop: of the film before the crop, px; absent: it just fills the frame'),
  pad: z.strictObject({ value: factor, stage: z.enum(['before-normalise', 'after-normalise']) }).optional(),
  intensity: Intensity,
  normalise: Normalise,
  channelOrder: z
    .enum(['RGB', 'BGR', 'GRAY'])
    .default('GRAY')
    .describe('of the tensor; mean and std are listed in this order'),
});
export type ImageInput = z.infer<typeof ImageInput>;

const planeValue = z.union([z.literal(0), z.literal(1), z.literal(255)]);

export const ExtraInput = z.strictObject({
  name: tensorName,
  kind: z.enum(['mask', 'edge']).default('mask').describe('edge: Canny edges of what is known'),
  dtype: z.enum(['float32', 'float16', 'uint8']),
  shape: z
    .array(z.union([z.int().min(1), z.enum(['h', 'w', 'n'])]))
    .max(5)
    .describe('numbers are 1, or channels that repeat the plane'),
  hole: planeValue.default(1).describe('mask: value that says "inpaint here"; edge: value of an edge'),
  known: planeValue
    .optional()
    .describe('value elsewhere; absent: 0, and where hole is 0, 255 for uint8 and 1 for floats'),
});
export type ExtraInput = z.infer<typeof ExtraInput>;

export const Output = z.strictObject({
  name: tensorName,
  semantic: z.enum([
    'boxes',
    'scores',
    'labels',
    'count',
    'raw',
    'logits',
    'probs',
    'seg',
    'features',
    'cam',
    'inpainted',
  ]),
});
export type Output = z.infer<typeof Output>;
