// How an inpainter is asked and what its answer means. Declared by the author, never guessed.
import { z } from 'zod';

const factor = z.number().min(-1e9).max(1e9);

/** What the hole holds when the model sees it. The value is one of the tensor, after normalisation. */
const HoleContent = z
  .union([z.enum(['known-mean', 'kept', 'zero', 'noise']), z.strictObject({ value: factor })])
  .describe(
    'known-mean: the mean of the known pixels; kept: the marker itself; zero, value: of the tensor, after normalise; noise: uniform, the same every time',
  );

const answer = {
  outRange: z
    .tuple([factor, factor])
    .refine(([low, high]) => low !== high, 'the two ends differ')
    .describe('values of the output that mean the low and the high end of intensity.out'),
  outDtype: z
    .enum(['float32', 'float16', 'uint8'])
    .optional()
    .describe('absent: float32 or float16, as the model says'),
  outLayout: z.enum(['NCHW', 'NHWC']).optional().describe('absent: that of the image'),
  outGrey: z
    .enum(['first-channel', 'mean'])
    .optional()
    .describe('what is taken of several channels; absent: the first'),
  composited: z
    .boolean()
    .optional()
    .describe(
      'known pixels come back as they went in, and the canaries must show it; the agent composites anyway',
    ),
};

const question = {
  holeContent: HoleContent.optional().describe('absent: known-mean'),
  context: z
    .number()
    .min(1.25)
    .max(8)
    .optional()
    .describe('side of the patch, in sides of the hole; absent: 2'),
  maxSide: z
    .int()
    .min(16)
    .max(1024)
    .optional()
    .describe('dynamic models: px, a larger patch is scaled down to it; absent: 256'),
  canny: z
    .strictObject({ sigma: z.number().min(0.1).max(10), low: z.number().min(0), high: z.number().min(0) })
    .optional()
    .describe('of edges, on the patch in [0, 1]; absent: those of EdgeConnect, sigma 2, 0.1, 0.2'),
};

export const ChannelRole = z.enum(['masked-image', 'image', 'ones', 'mask', 'edge']);
export type ChannelRole = z.infer<typeof ChannelRole>;

const maskValue = z.union([z.literal(0), z.literal(1), z.literal(255)]);

export const InpainterDecode = z.discriminatedUnion('variant', [
  z.strictObject({ variant: z.literal('image-mask'), ...answer, ...question }),
  z
    .strictObject({
      variant: z.literal('concatenated'),
      channels: z
        .array(ChannelRole)
        .min(2)
        .max(8)
        .describe(
          'of the one tensor, in order; masked-image has holeContent, image the marker; the k-th of a role has the k-th mean and std',
        ),
      hole: maskValue.optional().describe('value of the mask channel that says "inpaint here"; absent: 1'),
      known: maskValue.optional().describe('value elsewhere; absent: 0, and 1 where hole is 0'),
      ...answer,
      ...question,
    })
    .refine(
      ({ channels }) => channels.includes('masked-image') || channels.includes('image'),
      'one channel at least is the image',
    ),
]);
export type InpainterDecode = z.infer<typeof InpainterDecode>;
