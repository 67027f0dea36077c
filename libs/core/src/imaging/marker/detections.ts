// What a detector said -> markers: one for each object, whichever classes it was given.
import { type Box, iou, unionBox } from '../box.ts';
import { bestFirst, type Candidate } from '../detector/candidate.ts';

/** One marker on a film. */
export interface Detection extends Candidate {
  /** native px: `box`, joined with the boxes of other classes that it suppressed; the mask is drawn from this */
  maskBox: Box;
}

export interface SameObject {
  /** above this IoU two detections are one object */
  iou: number;
  /** what the mask is drawn from: the best box, or all boxes of the object joined */
  maskFrom: 'best' | 'union';
}

/** Version 1 of the mask policy has this built in. */
export const SAME_OBJECT: SameObject = { iou: 0.5, maskFrom: 'union' };

/** Keeps the best of each group that overlaps, any class: an L and an R on one object are one marker. Best first. */
export function suppressAcrossClasses(
  candidates: readonly Candidate[],
  sameObject: SameObject = SAME_OBJECT,
): Detection[] {
  const kept: Detection[] = [];
  for (const next of [...candidates].sort(bestFirst)) {
    const winner = kept.find((best) => iou(best.box, next.box) > sameObject.iou);
    if (!winner) kept.push({ ...next, maskBox: next.box });
    else if (sameObject.maskFrom === 'union') winner.maskBox = unionBox(winner.maskBox, next.box);
  }
  return kept;
}
