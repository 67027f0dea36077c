// What a detector's outputs mean: one entry for each convention that exporters use. Declared by the author, because
// tensors of one name and shape mean different things in different conventions.
import { z } from 'zod';
import type { Output } from './manifest-input.ts';

const labelOffset = (usual: number) =>
  z.int().min(-1000).max(1000).default(usual).describe('subtracted from a class number to index `labels`');

const Suppression = z
  .strictObject({
    method: z.enum(['hard', 'gaussian']).default('hard').describe('gaussian: soft-NMS of Bodla et al. 2017'),
    iou: z.number().min(0).max(1).default(0.5).describe('hard: a worse box that overlaps more is dropped'),
    sigma: z
      .number()
      .min(0.01)
      .max(10)
      .default(0.5)
      .describe('gaussian: a worse score is multiplied by exp(-iou^2 / sigma); twice TensorFlow’s sigma'),
    floor: z.number().min(0).max(1).default(0.001).describe('gaussian: scores below are given up'),
    perClass: z.boolean().default(true).describe('false: boxes of all classes suppress each other'),
    preTopK: z.int().min(1).max(100_000).default(5000),
    max: z.int().min(1).max(1000).default(300),
  })
  .prefault({});

const classes = (usual: 'best' | 'every') =>
  z
    .enum(['best', 'every'])
    .default(usual)
    .describe('a place gives a box for its best class only, or one for every class above the threshold');

const activation = z
  .enum(['sigmoid', 'none'])
  .describe('what makes probabilities of the scores; none: they are probabilities');

const Anchors = z
  .strictObject({
    minLevel: z.int().min(1).max(9).default(3),
    maxLevel: z.int().min(1).max(9).default(7),
    scales: z.array(z.number().min(0.01).max(100)).min(1).max(10).describe('in the order of the export'),
    ratios: z
      .union([
        z.strictObject({
          of: z.enum(['width-over-height', 'height-over-width']),
          values: z.array(z.number().min(0.01).max(100)).min(1).max(10),
        }),
        z.strictObject({
          of: z.literal('pairs'),
          values: z
            .array(z.tuple([z.number().min(0.01).max(100), z.number().min(0.01).max(100)]))
            .min(1)
            .max(10)
            .describe('[width, height], such as [1.4, 0.7]'),
        }),
      ])
      .describe('in the order of the export'),
    anchorScale: z.number().min(0.01).max(100).default(4).describe('side over stride at scale 1'),
    levelOrder: z.enum(['fine-first', 'coarse-first']).default('fine-first'),
    anchorOrder: z
      .enum(['scale-ratio', 'ratio-scale'])
      .describe('at one place: which of the two changes more slowly, named first'),
  })
  .refine(({ minLevel, maxLevel }) => minLevel <= maxLevel, 'minLevel is not above maxLevel');

const rowColumns = ['image', 'xmin', 'ymin', 'xmax', 'ymax', 'score', 'class'] as const;

export const DetectorDecode = z.discriminatedUnion('variant', [
  z.strictObject({ variant: z.literal('nms-xyxy-padded') }),
  z.strictObject({ variant: z.literal('nms-variable'), labelOffset: labelOffset(1) }),
  z.strictObject({ variant: z.literal('tf-od'), labelOffset: labelOffset(1) }),
  z.strictObject({
    variant: z.literal('automl-rows7'),
    columns: z
      .array(z.enum(rowColumns))
      .length(7)
      .refine((names) => new Set(names).size === 7, 'every column is named once'),
    labelOffset: labelOffset(1),
  }),
  z.strictObject({ variant: z.literal('effdet-rows6'), labelOffset: labelOffset(1) }),
  z.strictObject({
    variant: z.literal('effdet-raw'),
    heads: z
      .enum(['concatenated', 'maps-nchw', 'maps-nhwc'])
      .describe('one output of scores and one of boxes, or one each for every level'),
    anchors: Anchors,
    regression: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('center-exp-yxhw') }),
      z.strictObject({ kind: z.literal('corner-std'), std: z.number().min(0.001).max(10).default(0.2) }),
    ]),
    activation,
    classes: classes('every'),
    nms: Suppression,
  }),
  z.strictObject({
    variant: z.literal('yolo-grid'),
    layout: z.enum(['channels-first', 'boxes-first']).describe('[1, 4 + k, A] or [1, A, 4 + k]'),
    classes: classes('best'),
    nms: Suppression,
  }),
  z.strictObject({
    variant: z.literal('yolo-obj'),
    decoded: z
      .boolean()
      .describe('true: boxes in px (YOLOv5, YOLOX decoded in the graph); false: YOLOX offsets'),
    strides: z
      .array(z.int().min(1).max(256))
      .min(1)
      .max(8)
      .default([8, 16, 32])
      .describe('where not decoded'),
    activation,
    classes: classes('best'),
    nms: Suppression,
  }),
  z.strictObject({ variant: z.literal('yolo-e2e'), labelOffset: labelOffset(0) }),
  z.strictObject({ variant: z.literal('mmdeploy'), labelOffset: labelOffset(0) }),
  z.strictObject({
    variant: z.literal('detr-set'),
    activation: z.enum(['sigmoid', 'softmax']),
    background: z.enum(['first', 'last', 'none']).describe('the slot of the logits that means no object'),
    max: z.int().min(1).max(1000).default(300),
  }),
  // named so that it can be refused with its remedy: the operator runs on NVIDIA's runtime only
  z.strictObject({ variant: z.literal('trt-nms') }),
]);
export type DetectorDecode = z.infer<typeof DetectorDecode>;
export type DetectorVariant = DetectorDecode['variant'];

/** What the outputs of a variant must be said to be; `effdet-raw` may name `scores` and `boxes` once a level. */
export const detectorOutputs: Readonly<Record<DetectorVariant, readonly Output['semantic'][]>> = {
  'nms-xyxy-padded': ['boxes', 'scores', 'labels'],
  'nms-variable': ['boxes', 'scores', 'labels'],
  'tf-od': ['boxes', 'scores', 'labels', 'count'],
  'automl-rows7': ['raw'],
  'effdet-rows6': ['raw'],
  'effdet-raw': ['boxes', 'scores'],
  'yolo-grid': ['raw'],
  'yolo-obj': ['raw'],
  'yolo-e2e': ['raw'],
  mmdeploy: ['boxes', 'labels'],
  'detr-set': ['boxes', 'logits'],
  'trt-nms': ['boxes', 'scores', 'labels', 'count'],
};

/** Why the named outputs are not those of the variant, or undefined. */
export function detectorOutputProblem(
  decode: DetectorDecode,
  outputs: readonly Output[],
): string | undefined {
  const times = (semantic: Output['semantic']): number =>
    outputs.filter((output) => output.semantic === semantic).length;
  for (const semantic of detectorOutputs[decode.variant]) {
    const wanted =
      decode.variant === 'effdet-raw' && decode.heads !== 'concatenated'
        ? decode.anchors.maxLevel - decode.anchors.minLevel + 1
        : 1;
    if (times(semantic) === 0) return `no output is said to be ${semantic}`;
    if (times(semantic) !== wanted)
      return `${times(semantic)} outputs are said to be ${semantic}: the variant ${decode.variant} has ${wanted}`;
  }
  return undefined;
}
