// What a file does not say of an inpainter: how it is asked and what its answer means, one question for each field of
// `decode`. Fields that may be absent say what absent means: who wants just that deletes the line.
import type { ModelDescription, TensorDescription } from '@sidemark/core/onnx';
import { ask } from './question.ts';

const leaveOut = (what: string): string => `Delete the line for ${what}.`;

/** Fields that the file itself settles are filled in: the type of the answer where it is no float32. */
export function inpainterPart({ inputs, outputs }: ModelDescription): object {
  const [image] = inputs;
  const [answer] = outputs;
  return {
    outputs: outputs.map(({ name }) => ({ name, semantic: 'inpainted' })),
    labels: [],
    decode: {
      ...variantPart(inputs),
      holeContent: ask(
        `What does the hole hold when the model sees it: known-mean, kept (the marker), zero or {"value": x} of the tensor after normalise, or noise? ${leaveOut('known-mean')}`,
      ),
      outRange: ask('Which values of the output mean the low and the high end of intensity.out?'),
      ...(answer?.type === 'uint8' || answer?.type === 'float16' ? { outDtype: answer.type } : {}),
      outLayout: ask(
        `NCHW or NHWC? The output is [${answer?.shape?.join(', ') ?? 'unknown'}]. ${leaveOut('the layout of the image')}`,
      ),
      ...(isOneChannel(answer)
        ? {}
        : {
            outGrey: ask(
              `What is the grey of several output channels: first-channel or mean? ${leaveOut('the first')}`,
            ),
          }),
      composited: ask(
        `Do known pixels come back as they went in? true is held against the canaries. ${leaveOut('no')}`,
      ),
      context: ask(`Side of the patch, in sides of the hole, 1.25 to 8? ${leaveOut('2')}`),
      ...(image && hasOpenSides(image)
        ? {
            maxSide: ask(
              `The largest patch to ask, px: 16 to 1024? A larger one is scaled down. ${leaveOut('256')}`,
            ),
          }
        : {}),
      ...(mayHaveEdges(inputs)
        ? {
            canny: ask(`sigma, low and high of the edges? ${leaveOut('no edges, and those of EdgeConnect')}`),
          }
        : {}),
    },
    thresholds: {},
  };
}

function variantPart(inputs: readonly TensorDescription[]): object {
  if (inputs.length > 1)
    return {
      variant: ask(
        'image-mask (the image and its masks are tensors of their own) or concatenated (one tensor, with channels)? There are several inputs.',
      ),
    };
  return {
    variant: ask(
      'concatenated (image and mask in one tensor, with channels) or image-mask? There is one input.',
    ),
    channels: ask(
      `Of the one tensor, in order, each masked-image, image, ones, mask or edge? Its sizes are [${inputs[0]?.shape?.join(', ') ?? 'unknown'}].`,
    ),
    hole: ask(`Which value of the mask channel says "inpaint here": 1, 255 or 0? ${leaveOut('1')}`),
    known: ask(`Which value says "known"? ${leaveOut('0, and 1 where hole is 0')}`),
  };
}

const isOneChannel = (answer: TensorDescription | undefined): boolean =>
  answer?.shape?.[1] === 1 || answer?.shape?.[3] === 1;

function hasOpenSides({ shape }: TensorDescription): boolean {
  return shape === undefined || shape.filter((side) => typeof side !== 'number').length > 1;
}

/** Two planes beside the image, or one tensor that holds all of them. */
const mayHaveEdges = (inputs: readonly TensorDescription[]): boolean => inputs.length !== 2;
