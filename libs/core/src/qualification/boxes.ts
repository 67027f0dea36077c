// Two lists of detections, matched one to one.
import type { BoxAnswer, Finding } from '../contract/index.ts';
import { iou } from '../imaging/box.ts';

export const leastIou = 0.98;

/** How the lists differ: in number, or by the lowest IoU of a pair; undefined when every box has its twin. */
export function boxDifference(
  expected: readonly BoxAnswer[],
  found: readonly BoxAnswer[],
): Pick<Finding, 'expected' | 'found' | 'tolerance'> | undefined {
  if (expected.length !== found.length)
    return { expected: expected.length, found: found.length, tolerance: 0 };
  const free = new Set(found);
  let lowest = 1;
  for (const box of expected) {
    const best = [...free].reduce<{ twin?: BoxAnswer; overlap: number }>(
      (so, twin) => (iou(box, twin) > so.overlap ? { twin, overlap: iou(box, twin) } : so),
      { overlap: 0 },
    );
    if (best.twin) free.delete(best.twin);
    lowest = Math.min(lowest, best.overlap);
  }
  return lowest >= leastIou ? undefined : { expected: 1, found: lowest, tolerance: 1 - leastIou };
}
