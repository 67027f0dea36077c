// `detr-set` (DETR, Deformable DETR, RT-DETR, RF-DETR): boxes [1, Q, 4] cx cy w h as fractions of the frame, logits
// [1, Q, C]; a set needs no suppression.
import { requireFinite } from '../non-finite.ts';
import {
  bestFirst,
  boxAround,
  type Candidate,
  classesAbove,
  type DecodeContext,
  sigmoid,
} from './candidate.ts';
import type { SpecOf } from './decode-spec.ts';
import { type DetectorOutputs, outputOf, requireClasses, rowCount } from './output-tensors.ts';

/**
 * softmax: a query's best class but the background (Carion et al. 2020). sigmoid: every class of every query, the best
 * `max` of them (Zhu et al. 2021).
 * @throws RangeError on other shapes or another number of classes, NonFiniteError
 */
export function decodeDetrSet(
  outputs: DetectorOutputs,
  { activation, background, max }: SpecOf<'detr-set'>,
  { frame, threshold, classes }: DecodeContext,
): Candidate[] {
  const [boxes, logits] = [outputOf(outputs, 'boxes'), outputOf(outputs, 'logits')];
  const slots = logits.dims.at(-1) ?? 0;
  requireClasses(slots - (background === 'none' ? 0 : 1), classes);
  const queries = rowCount(boxes, 4);
  if (rowCount(logits, slots) !== queries)
    throw new RangeError(`invalid logits; must be one row a box, ${queries}: [${logits.dims.join(', ')}]`);
  requireFinite(boxes.data, 'detection boxes');
  requireFinite(logits.data, 'detection logits');
  const first = background === 'first' ? 1 : 0;
  const rule = activation === 'softmax' ? 'best' : 'every';
  const found: Candidate[] = [];
  for (let i = 0; i < queries; i++) {
    const row = logits.data.subarray(i * slots, (i + 1) * slots);
    const probability = activation === 'softmax' ? softmax(row) : Array.from(row, sigmoid);
    const scoreOf = (c: number): number => probability[first + c]!;
    const across = (k: number): number => boxes.data[4 * i + k]! * frame.width;
    const down = (k: number): number => boxes.data[4 * i + k]! * frame.height;
    for (const one of classesAbove(scoreOf, { classes, rule, least: threshold }))
      found.push({ box: boxAround(across(0), down(1), across(2), down(3)), ...one });
  }
  return found.sort(bestFirst).slice(0, max);
}

function softmax(row: Float32Array): number[] {
  const highest = row.reduce((most, value) => Math.max(most, value), -Infinity);
  const powers = Array.from(row, (value) => Math.exp(value - highest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}
