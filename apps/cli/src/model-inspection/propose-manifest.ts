// A manifest as far as an ONNX file can fill it: names, types and sizes. What a file cannot say (scales, meanings,
// polarities, thresholds) is asked, and nothing is assumed.
import { Manifest, ModelRole } from '@sidemark/core/contract';
import type { ModelDescription, TensorDescription } from '@sidemark/core/onnx';
import { variantsThatFit } from './detector-fits.ts';
import { inpainterPart } from './inpainter-questions.ts';
import { ask, type Question } from './question.ts';

const COPY = 'sidemark.manifest';

/** Roles whose number and rank of inputs and outputs the file has. */
export function rolesThatFit({ inputs, outputs }: ModelDescription): ModelRole[] {
  const pictures = inputs.filter(({ shape }) => shape === undefined || shape.length === 4);
  const fits: Record<ModelRole, boolean> = {
    detector: inputs.length === 1 && pictures.length === 1 && variantsThatFit(outputs).length > 0,
    inpainter: pictures.length >= 1 && outputs.length === 1 && (outputs[0]!.shape?.length ?? 4) === 4,
    classifier:
      inputs.length === 1 &&
      pictures.length === 1 &&
      outputs.filter(({ shape }) => shape === undefined || shape.length <= 2).length === 1,
  };
  return ModelRole.options.filter((role) => fits[role]);
}

/** @returns a draft with `Question`s in it, or the whole manifest where the file brings it along */
export function proposeManifest(model: ModelDescription, sha256: string, role?: ModelRole): object {
  const brought = broughtAlong(model, sha256);
  if (brought) return brought;
  const opset = model.opsets.find(({ domain }) => domain === '' || domain === 'ai.onnx')?.version;
  const { image, extra, sure } = inputsOf(model);
  const names = model.inputs.map(({ name }) => name).join(', ');
  return {
    schema: 'sidemark.model/1',
    role: role ?? ask('What is it: detector, inpainter or classifier?'),
    name: ask('A short name: a-z, 0-9 and hyphens.'),
    version: ask('Three numbers with dots, such as 1.0.0.'),
    sha256,
    opset: opset ?? ask('Which operator set? The file names none.'),
    license: ask('An SPDX expression, such as Apache-2.0.'),
    trainedArm: ask(
      'Trained on films as they are (original), with markers inpainted, or clipped? null: unknown.',
    ),
    input: {
      image: image
        ? {
            ...imageInput(image, role),
            ...(sure
              ? {}
              : { name: ask(`Which input is the image: ${names}? What follows is of the first.`) }),
          }
        : ask('Which input is the image? The file names none.'),
      extra: extra.map((input) => ({
        ...extraInput(input),
        ...(sure ? {} : { name: ask(`Which input: ${names}?`) }),
      })),
    },
    ...ofRole(model, role),
    canary: ask('Filled in by `sidemark model seal`, which runs the model.'),
  };
}

/** The manifest that the author put into the file's own metadata; its digest cannot be in it. */
function broughtAlong({ metadata }: ModelDescription, sha256: string): Manifest | undefined {
  try {
    const { success, data } = Manifest.safeParse({ ...JSON.parse(metadata[COPY] ?? 'null'), sha256 });
    return success ? data : undefined;
  } catch {
    return undefined;
  }
}

/** Of several inputs the only one of three channels is the image; otherwise their order says nothing. */
function inputsOf({ inputs }: ModelDescription): {
  image: TensorDescription | undefined;
  extra: readonly TensorDescription[];
  sure: boolean;
} {
  const coloured = inputs.filter(({ shape }) => shape?.[1] === 3 || shape?.[3] === 3);
  const [image] = coloured.length === 1 ? coloured : inputs;
  const extra = inputs.filter((input) => input !== image);
  return { image, extra, sure: extra.length === 0 || coloured.length === 1 };
}

/** Patches of an inpainter are resized in one way, whatever is said here. */
const unused = { fit: 'stretch', interpolation: 'bilinear', antialias: true } as const;

function imageInput({ name, type, shape }: TensorDescription, role: ModelRole | undefined): object {
  const channels = (side: number | string | undefined): boolean => side === 1 || side === 3;
  const first = shape?.length === 4 && channels(shape[1]);
  const last = shape?.length === 4 && channels(shape[3]);
  const known = first !== last && shape !== undefined;
  const [c, h, w] = first ? [shape[1], shape[2], shape[3]] : [shape?.[3], shape?.[1], shape?.[2]];
  const sized = known && typeof h === 'number' && typeof w === 'number';
  return {
    name,
    dtype:
      type === 'float32' || type === 'float16' || type === 'uint8'
        ? type
        : ask(`float32, float16 or uint8? The file says ${type ?? 'nothing'}, which cannot be fed.`),
    layout: known ? (first ? 'NCHW' : 'NHWC') : ask('Channels before the sides (NCHW) or after them (NHWC)?'),
    channels: known ? c : ask('1, or 3 with the grey film in each?'),
    size: sized
      ? { h, w }
      : ask('Fixed {h, w}; or with dynamic: true, and multipleOf where the sides must be multiples?'),
    ...(role === 'inpainter' ? unused : fitPart()),
    intensity: {
      scale: ask(
        'Which values of the film become the ends of the range: minmax, percentile (with percentiles), bits-stored or fixed (with fixed)?',
      ),
      out: ask('The range that they become before normalise, such as [0, 1] or [0, 255].'),
      quantise: ask(
        'uint8 where the pipeline works on whole grey levels from here on (with `rounding` and, beside interpolation, `resizeRounding`), or null?',
      ),
    },
    normalise: ask(
      '(x * scale - mean) / std: {} for none, or scale, mean and std (one, or one per channel), or perImageZ: true.',
    ),
    channelOrder: c === 1 ? 'GRAY' : ask('RGB or BGR? mean and std are listed in this order.'),
  };
}

function fitPart(): object {
  return {
    fit: ask(
      'How is a film brought to that size: stretch, letterbox-center, letterbox-topleft or crop? Letterbox also needs `pad` (value, and the stage where it is added), and `roundSize` where it is not round.',
    ),
    interpolation: ask('bilinear, area, nearest, nearest-floor or bicubic (with cubic, its coefficient)?'),
    antialias: ask(
      'Is it filtered when a film gets smaller: true (Pillow) or false (OpenCV, torch by default)?',
    ),
  };
}

function extraInput({ name, type, shape }: TensorDescription): object {
  return {
    name,
    kind: ask('Is it the mask of the hole, or an edge map?'),
    dtype:
      type === 'float32' || type === 'float16' || type === 'uint8' ? type : ask('float32, float16 or uint8?'),
    shape:
      shape?.length === 4 ? [1, ...shape.slice(1, 2), 'h', 'w'] : ask('Its sizes; h and w for the sides.'),
    hole: ask('Which value says "inpaint here": 1, 255 or 0? Of an edge map: which is an edge?'),
    known: ask(
      'Which value is elsewhere: 0, 1 or 255? Delete the line for 0, or where hole is 0 for 255 (uint8) and 1 (floats).',
    ),
  };
}

function ofRole(model: ModelDescription, role: ModelRole | undefined): object {
  switch (role) {
    case 'detector':
      return detectorPart(model);
    case 'inpainter':
      return inpainterPart(model);
    case 'classifier':
      return classifierPart(model);
    case undefined: {
      const outputs = meant(model.outputs, 'What is in it?');
      return { outputs, ...after('Depends on the role: run `model inspect` again with --role.') };
    }
  }
}

const after = (words: string): Record<string, Question> => ({
  labels: ask(words),
  decode: ask(words),
  thresholds: ask(words),
});

const shapeOf = ({ type, shape }: TensorDescription): string =>
  `${type ?? 'no tensor'} [${shape?.join(', ') ?? 'unknown'}]`;

function meant(outputs: readonly TensorDescription[], words: string): object[] {
  return outputs.map((output) => ({
    name: output.name,
    semantic: ask(`${words} It is ${shapeOf(output)}.`),
  }));
}

function detectorPart({ outputs }: ModelDescription): object {
  const variants = variantsThatFit(outputs);
  return {
    outputs: meant(outputs, 'boxes, scores, labels, count, raw (rows that hold all of it) or logits?'),
    labels: ask('Names of the classes in the order of their numbers, such as ["left", "right"].'),
    decode: ask(
      variants.length > 0
        ? `Which convention? Of these shapes are: ${variants.join(', ')}. Fields of each: docs/models.md, Detectors.`
        : 'Which convention? None has outputs of these shapes: see docs/models.md, Detectors.',
    ),
    thresholds: { score: ask('From which score on is a box a marker, 0 to 1?') },
  };
}

function classifierPart({ outputs, pooled, linearWeights }: ModelDescription): object {
  const answer = outputs.find(({ shape }) => shape !== undefined && shape.length <= 2);
  const numbers = answer?.shape?.at(-1);
  const variants =
    numbers === 1
      ? 'binary'
      : numbers === 2
        ? 'binary with positiveIndex, multiclass or multilabel'
        : 'multiclass, or multilabel with judged';
  const maps =
    pooled.length > 0
      ? ` For activation maps, pooling is fed with ${pooled.join(', ')}; linear layers hold ${linearWeights.join(', ') || 'no stored weight'}.`
      : '';
  return {
    outputs: outputs.map((output) => ({
      name: output.name,
      semantic: ask(
        output.shape?.length === 4
          ? `seg, features or cam? It is ${shapeOf(output)}.`
          : `logits, or probs (after sigmoid or softmax)? It is ${shapeOf(output)}.`,
      ),
    })),
    labels: ask(`Names of its answers in their order${typeof numbers === 'number' ? `: ${numbers}` : ''}.`),
    decode: ask(
      `Which variant: ${variants}; or multitask with seg? Fields: docs/models.md, Classifiers.${maps}`,
    ),
    thresholds: ask('decision: positive from which logit on? {} means 0.'),
  };
}
