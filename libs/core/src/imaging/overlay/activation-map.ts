// Class activation maps from the features of a layer and one weight per channel, and those weights without gradients:
// by moving each channel a little and looking what the logit does.
import { requireFinite } from '../non-finite.ts';

/** Of the root mean square of the features: large enough for float32, small beside the bends of a ReLU. */
const STEP = 1e-2;

/**
 * ReLU(sum over k of weight k times feature map k), row-major.
 * @param features [K, cells], of one film. @param weights one for each channel
 * @throws NonFiniteError for NaN or an infinity; RangeError for another number of weights
 * Source: Zhou et al. 2016 (CAM), eq. 2, with the weights of the last layer; Selvaraju et al. 2017 (Grad-CAM), eq. 2,
 * with the mean gradients of the logit. After average pooling and one linear layer the two differ by the factor 1/cells.
 */
export function activationMap(features: Float32Array, weights: ArrayLike<number>): Float32Array {
  const cells = features.length / weights.length;
  if (!Number.isInteger(cells) || cells === 0)
    throw new RangeError(`invalid features; length must be a multiple of ${weights.length}`);
  const sums = new Float64Array(cells);
  for (let k = 0; k < weights.length; k++) {
    const weight = weights[k]!;
    for (let i = 0; i < cells; i++) sums[i]! += weight * features[k * cells + i]!;
  }
  const map = new Float32Array(cells);
  for (let i = 0; i < cells; i++) map[i] = Math.max(0, sums[i]!);
  // what is above float32 would be an infinity, and Math.max keeps NaN
  requireFinite(map, 'activation map');
  return map;
}

/** How far each channel is moved, in units of the features; never 0. */
export function bumpStep(features: Float32Array): number {
  let squares = 0;
  for (let i = 0; i < features.length; i++) squares += features[i]! ** 2;
  return STEP * (Math.sqrt(squares / features.length) || 1);
}

/**
 * Copies of the features, two for each of `count` channels from `first` on: the channel moved up, then moved down.
 * @param features [K, cells] @returns [2 count, K, cells]
 */
export function bumpedCopies(
  features: Float32Array,
  channels: number,
  { first, count, step }: { first: number; count: number; step: number },
): Float32Array {
  const cells = features.length / channels;
  const copies = new Float32Array(2 * count * features.length);
  for (let copy = 0; copy < 2 * count; copy++) {
    const base = copy * features.length;
    copies.set(features, base);
    const channel = first + Math.floor(copy / 2);
    const moved = copy % 2 === 0 ? step : -step;
    const start = base + channel * cells;
    for (let i = start; i < start + cells; i++) copies[i]! += moved;
  }
  return copies;
}

/**
 * Mean gradient of the logit over the cells of each channel, by central differences: adding a constant to a channel
 * changes the logit by the sum of its gradients there, and their mean is Grad-CAM's weight (Selvaraju et al. 2017, eq. 1).
 * @param logits of the copies, up and down by turns
 */
export function bumpWeights(logits: readonly number[], step: number, cells: number): number[] {
  return Array.from(
    { length: logits.length / 2 },
    (_, k) => (logits[2 * k]! - logits[2 * k + 1]!) / (2 * step * cells),
  );
}
