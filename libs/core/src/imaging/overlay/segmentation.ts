// What a model segments, on the grid of the ground truth. The truth is never resampled.
import { requireFinite } from '../non-finite.ts';
import { resize } from '../tensor/resize.ts';

export interface Grid {
  /** columns */
  width: number;
  /** rows */
  height: number;
}

export interface SegmentationRule {
  /** `softmax`: over the planes, background among them; `none`: the output holds probabilities already */
  activation: 'sigmoid' | 'softmax' | 'none';
  /** of the output, one for each class; default 1 */
  planes?: number | undefined;
  /** which of them is the lesion; default 0 */
  plane?: number | undefined;
  /** on the probability: lesion where it is reached */
  threshold: number;
}

/** Pixels; the true negatives are the rest of the film. */
export interface Overlap {
  tp: number;
  fp: number;
  fn: number;
}

/**
 * Probabilities, brought to the film bilinearly (half-pixel centres, no antialias), then thresholded.
 * @param output [planes, from.height, from.width], over the whole field of the film (fit `stretch`)
 * @returns row-major, film size, 1 = lesion
 * @throws NonFiniteError for an output with NaN or an infinity, RangeError for another length
 */
export function predictedMask(
  output: Float32Array,
  from: Grid,
  film: Grid,
  rule: SegmentationRule,
): Uint8Array {
  requireFinite(output, 'segmentation');
  const probabilities = lesionProbabilities(output, from.width * from.height, rule);
  const { threshold } = rule;
  const onFilm = resize(probabilities, from.width, from.height, film.width, film.height, {
    interpolation: 'bilinear',
    antialias: false,
  });
  const mask = new Uint8Array(onFilm.length);
  for (let i = 0; i < mask.length; i++) if (onFilm[i]! >= threshold) mask[i] = 1;
  return mask;
}

/** Of the lesion's plane. */
function lesionProbabilities(
  output: Float32Array,
  cells: number,
  { activation, planes = 1, plane = 0 }: SegmentationRule,
): Float32Array {
  if (output.length !== planes * cells || plane >= planes)
    throw new RangeError(`invalid segmentation; length must be ${planes * cells}: ${output.length}`);
  const own = output.slice(plane * cells, (plane + 1) * cells);
  if (activation === 'none') return own;
  if (activation === 'sigmoid') return own.map((logit) => 1 / (1 + Math.exp(-logit)));
  // 1 / sum of exp(other - own): no plane is too large for it
  return own.map((logit, i) => {
    let sum = 0;
    for (let at = i; at < output.length; at += cells) sum += Math.exp(output[at]! - logit);
    return 1 / sum;
  });
}

/**
 * Pixels that both, only the prediction and only the truth call lesion.
 * @param predicted @param truth of one length, non-zero = lesion
 * @throws RangeError when their lengths differ
 */
export function overlapOf(predicted: Uint8Array, truth: Uint8Array): Overlap {
  if (predicted.length !== truth.length)
    throw new RangeError(`invalid truth; length must be ${predicted.length}: ${truth.length}`);
  const found = { tp: 0, fp: 0, fn: 0 };
  for (let i = 0; i < truth.length; i++) {
    if (predicted[i] !== 0) found[truth[i] !== 0 ? 'tp' : 'fp']++;
    else if (truth[i] !== 0) found.fn++;
  }
  return found;
}
