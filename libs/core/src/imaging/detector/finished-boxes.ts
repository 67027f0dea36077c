// The variants whose boxes have been through suppression in the graph come down to this: rows, some of them padding.
import { requireFinite } from '../non-finite.ts';
import type { Candidate } from './candidate.ts';

export interface FinishedRows {
  rows: number;
  /** x1, y1, x2, y2 of row i in px of the model's frame */
  corners: (i: number) => readonly [number, number, number, number];
  score: (i: number) => number;
  /** index into the labels; below 0 marks padding or background */
  label: (i: number) => number;
}

/**
 * Rows of a score that is above 0 and at least `threshold`, and of a label that is one.
 * @throws NonFiniteError when a score, or a number of a kept row, is NaN or an infinity
 */
export function finishedBoxes({ rows, corners, score, label }: FinishedRows, threshold: number): Candidate[] {
  const found: Candidate[] = [];
  for (let i = 0; i < rows; i++) {
    const [own, named] = [score(i), label(i)];
    requireFinite([own], 'detection score');
    if (own <= 0 || own < threshold || named < 0) continue;
    const [x1, y1, x2, y2] = corners(i);
    requireFinite([x1, y1, x2, y2, named], 'detection box');
    found.push({ box: { x1, y1, x2, y2 }, score: own, label: named });
  }
  return found;
}
