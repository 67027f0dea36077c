// Detector tensors -> boxes in native pixels, in one order whatever the convention. The registry of the variants.
import { boxArea } from '../box.ts';
import { type FitTransform, toNativeBox } from '../tensor/fit.ts';
import { bestFirst, type Candidate, type DecodeContext } from './candidate.ts';
import type { DecodeSpec, DecodeVariant, SpecOf } from './decode-spec.ts';
import { decodeAutomlRows, decodeRows6 } from './detection-rows.ts';
import { decodeDetrSet } from './detr-set.ts';
import { decodeEffdetRaw } from './effdet-raw.ts';
import { decodeMmdeploy } from './mmdeploy.ts';
import { decodeNmsPadded, decodeNmsVariable } from './nms-padded.ts';
import type { DetectorOutputs } from './output-tensors.ts';
import { decodeTfOd } from './tf-od.ts';
import { decodeYoloGrid } from './yolo-grid.ts';
import { decodeYoloObj } from './yolo-obj.ts';

/** Boxes in px of the model's frame. */
type Decoder<V extends DecodeVariant> = (
  outputs: DetectorOutputs,
  spec: SpecOf<V>,
  context: DecodeContext,
) => Candidate[];

const decoders: { [V in DecodeVariant]: Decoder<V> } = {
  'nms-xyxy-padded': decodeNmsPadded,
  'nms-variable': decodeNmsVariable,
  'tf-od': decodeTfOd,
  'automl-rows7': decodeAutomlRows,
  'effdet-rows6': decodeRows6,
  'effdet-raw': decodeEffdetRaw,
  'yolo-grid': decodeYoloGrid,
  'yolo-obj': decodeYoloObj,
  'yolo-e2e': decodeRows6,
  mmdeploy: decodeMmdeploy,
  'detr-set': decodeDetrSet,
  'trt-nms': () => {
    throw new RangeError('invalid decode; trt-nms runs on TensorRT only');
  },
};

export interface DetectorReading {
  decode: DecodeSpec;
  /** how many classes the manifest names */
  classes: number;
  /** least score, in [0, 1] */
  threshold: number;
}

/**
 * What a detector says of a film, each class for itself: half-open boxes in native px, clipped to the film, of some
 * area; best first (ties: x1, then y1).
 * @param transform of the film into the model's frame
 * @throws RangeError when the outputs do not have the shapes of their variant
 * @throws NonFiniteError when they hold NaN or an infinity
 */
export function decodeDetections(
  outputs: DetectorOutputs,
  transform: FitTransform,
  { decode, classes, threshold }: DetectorReading,
): Candidate[] {
  const frame = { width: transform.frameWidth, height: transform.frameHeight };
  // the variant picks the decoder, so the two agree; TypeScript cannot see it through the union
  const decoder = decoders[decode.variant] as Decoder<DecodeVariant>;
  return decoder(outputs, decode, { frame, threshold, classes })
    .map((one) => ({ ...one, box: toNativeBox(transform, one.box) }))
    .filter(({ box }) => boxArea(box) > 0)
    .sort(bestFirst);
}
