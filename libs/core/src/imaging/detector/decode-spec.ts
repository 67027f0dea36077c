// `decode` of a detector's manifest, as far as pixel arithmetic needs it.

export interface SuppressionSpec {
  /** hard: Neubeck & Van Gool 2006; gaussian: soft-NMS, Bodla et al. 2017, Eq. 3 */
  method: 'hard' | 'gaussian';
  /** hard: a worse box whose IoU with a kept one is above this is dropped */
  iou: number;
  /** gaussian: a worse score is multiplied by exp(-iou^2 / sigma) */
  sigma: number;
  /** gaussian: scores at or below are given up */
  floor: number;
  /** boxes suppress those of their own class only */
  perClass: boolean;
  /** best candidates that enter */
  preTopK: number;
  /** boxes that leave */
  max: number;
}

/** A place gives a box for its best class only, or one for every class above the threshold. */
export type ClassRule = 'best' | 'every';
export type Activation = 'sigmoid' | 'none';

export interface AnchorSpec {
  /** the grid of level l has a stride of 2^l px */
  minLevel: number;
  maxLevel: number;
  /** in the order of the export */
  scales: readonly number[];
  /** in the order of the export; pairs are [width, height] */
  ratios:
    | { of: 'width-over-height' | 'height-over-width'; values: readonly number[] }
    | { of: 'pairs'; values: readonly (readonly [number, number])[] };
  /** side over stride at scale 1 */
  anchorScale: number;
  levelOrder: 'fine-first' | 'coarse-first';
  /** at one place: which of the two changes more slowly, named first */
  anchorOrder: 'scale-ratio' | 'ratio-scale';
}

export type DecodeSpec =
  | { variant: 'nms-xyxy-padded' }
  | { variant: 'nms-variable' | 'tf-od' | 'effdet-rows6' | 'yolo-e2e' | 'mmdeploy'; labelOffset: number }
  | {
      variant: 'automl-rows7';
      /** image, xmin, ymin, xmax, ymax, score and class, in the order of the export */
      columns: readonly string[];
      labelOffset: number;
    }
  | {
      variant: 'effdet-raw';
      heads: 'concatenated' | 'maps-nchw' | 'maps-nhwc';
      anchors: AnchorSpec;
      regression: { kind: 'center-exp-yxhw' } | { kind: 'corner-std'; std: number };
      activation: Activation;
      classes: ClassRule;
      nms: SuppressionSpec;
    }
  | {
      variant: 'yolo-grid';
      layout: 'channels-first' | 'boxes-first';
      classes: ClassRule;
      nms: SuppressionSpec;
    }
  | {
      variant: 'yolo-obj';
      /** false: offsets to be put on the grids of `strides` */
      decoded: boolean;
      strides: readonly number[];
      activation: Activation;
      classes: ClassRule;
      nms: SuppressionSpec;
    }
  | {
      variant: 'detr-set';
      activation: 'sigmoid' | 'softmax';
      background: 'first' | 'last' | 'none';
      max: number;
    }
  | { variant: 'trt-nms' };

export type DecodeVariant = DecodeSpec['variant'];
/** The entry of one variant. */
export type SpecOf<V extends DecodeVariant> = Extract<DecodeSpec, { variant: V }>;
