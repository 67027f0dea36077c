// What every variant is decoded to: a box in the model's own frame, a probability and a class.
import type { Box } from '../box.ts';
import type { ClassRule } from './decode-spec.ts';

export interface Candidate {
  /** px; of the model's frame while it is decoded */
  box: Box;
  /** in (0, 1] */
  score: number;
  /** index into the manifest's labels */
  label: number;
}

/** What a decoder knows besides its tensors. */
export interface DecodeContext {
  /** the model's input, px */
  frame: { width: number; height: number };
  /** candidates below are not looked at, in [0, 1] */
  threshold: number;
  /** classes that the manifest names */
  classes: number;
}

/** A total order: best first; ties by x1, y1, label, then the other corner. */
export function bestFirst(a: Candidate, b: Candidate): number {
  return (
    b.score - a.score ||
    a.box.x1 - b.box.x1 ||
    a.box.y1 - b.box.y1 ||
    a.label - b.label ||
    a.box.x2 - b.box.x2 ||
    a.box.y2 - b.box.y2
  );
}

export function boxAround(cx: number, cy: number, width: number, height: number): Box {
  return { x1: cx - width / 2, y1: cy - height / 2, x2: cx + width / 2, y2: cy + height / 2 };
}

/** 1 / (1 + exp(-x)). */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/**
 * The classes for which one place gives a box, with their scores.
 * @param scoreOf of class c, 0 <= c < classes
 * @param least scores below give none
 * @returns for the rule `best` at most one, the lowest class on ties
 */
export function classesAbove(
  scoreOf: (c: number) => number,
  { classes, rule, least }: { classes: number; rule: ClassRule; least: number },
): { label: number; score: number }[] {
  const found: { label: number; score: number }[] = [];
  for (let label = 0; label < classes; label++) {
    const score = scoreOf(label);
    if (score <= 0 || score < least) continue;
    if (rule === 'every' || found.length === 0) found.push({ label, score });
    else if (score > found[0]!.score) found[0] = { label, score };
  }
  return found;
}
