// A classifier's output as what is ranked and decided on: logits in float64.
import type { ClassifierManifest } from '@sidemark/core/contract';

// below the smallest float32 above 0, and below the distance of 1 to its neighbour: distinct floats stay distinct
const SMALLEST = 1e-46;
const NEAREST_TO_ONE = 1e-9;

/**
 * Binary: one number, higher = more abnormal (of two outputs, positive minus other). Multi-class: one per label.
 * Multi-label: the judged label's.
 * @throws RangeError when the model gives another number of outputs
 */
export function logitsOf(
  output: Float32Array,
  semantic: 'logits' | 'probs',
  { decode, labels }: Pick<ClassifierManifest, 'decode' | 'labels'>,
): number[] {
  const values = Array.from(output);
  if (decode.variant === 'multiclass') {
    if (values.length !== labels.length) throw wrongCount(values.length, `${labels.length}`);
    return semantic === 'logits' ? values : values.map((p) => Math.log(Math.max(p, SMALLEST)));
  }
  if (decode.variant === 'multilabel') {
    if (values.length !== labels.length) throw wrongCount(values.length, `${labels.length}`);
    const judged = values[labels.indexOf(decode.judged)]!;
    return [semantic === 'logits' ? judged : logit(judged)];
  }
  if (values.length === 1) return [semantic === 'logits' ? values[0]! : logit(values[0]!)];
  if (values.length !== 2) throw wrongCount(values.length, '1 or 2');
  const positive = values[decode.positiveIndex]!;
  return [semantic === 'logits' ? positive - values[1 - decode.positiveIndex]! : logit(positive)];
}

/**
 * What an activation map of the film explains, as one factor for each output of the model: the logit that is ranked; of a
 * multi-class model that of the class it predicts.
 * @param outputs how many the model gives. @param logits of `logitsOf`
 */
export function targetOf(
  outputs: number,
  logits: readonly number[],
  { decode, labels }: Pick<ClassifierManifest, 'decode' | 'labels'>,
): number[] {
  const only = (index: number): number[] => Array.from({ length: outputs }, (_, i) => (i === index ? 1 : 0));
  if (decode.variant === 'multiclass') return only(argmax(logits));
  if (decode.variant === 'multilabel') return only(labels.indexOf(decode.judged));
  return outputs === 1 ? [1] : only(decode.positiveIndex).map((one) => (one === 1 ? 1 : -1));
}

/** Label of what `targetOf` explains. */
export function explainedLabel(
  logits: readonly number[],
  { decode, labels }: Pick<ClassifierManifest, 'decode' | 'labels'>,
): string {
  if (decode.variant === 'multiclass') return labels[argmax(logits)] ?? '';
  return decode.variant === 'multilabel' ? decode.judged : (labels[0] ?? 'positive');
}

/** Index of the largest; the lowest one on ties. */
export function argmax(values: readonly number[]): number {
  return values.reduce((best, value, i) => (value > values[best]! ? i : best), 0);
}

function logit(p: number): number {
  return Math.log(Math.max(p, SMALLEST)) - Math.log(Math.max(1 - p, NEAREST_TO_ONE));
}

function wrongCount(found: number, expected: string): RangeError {
  return new RangeError(`invalid classifier output; length must be ${expected}: ${found}`);
}
