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
  /** `none`: the output holds probabilities already */
  activation: 'sigmoid' | 'none';
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
 * @param output row-major, `from` in size, over the whole field of the film (fit `stretch`)
 * @returns row-major, film size, 1 = lesion
 * @throws NonFiniteError for an output with NaN or an infinity, RangeError for another length
 */
export function predictedMask(
  output: Float32Array,
  from: Grid,
  film: Grid,
  { activation, threshold }: SegmentationRule,
): Uint8Array {
  requireFinite(output, 'segmentation');
  const probabilities = activation === 'none' ? output : output.map((logit) => 1 / (1 + Math.exp(-logit)));
  const onFilm = resize(probabilities, from.width, from.height, film.width, film.height, {
    interpolation: 'bilinear',
    antialias: false,
  });
  const mask = new Uint8Array(onFilm.length);
  for (let i = 0; i < mask.length; i++) if (onFilm[i]! >= threshold) mask[i] = 1;
  return mask;
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
