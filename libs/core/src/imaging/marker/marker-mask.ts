// Boxes -> the pixels to be inpainted. The policy is versioned with the protocol; this is its arithmetic.
import { type Box, boxArea, boxesTouch, clipBox, dilateBox, unionBox } from '../box.ts';
import type { Detection } from './detections.ts';

export interface MaskPolicy {
  /** detections below are left alone, in [0, 1] */
  scoreThreshold: number;
  /** each box grows by at least this, native px; the house uses 4 */
  dilateMinPx: number;
  /** ... or by this fraction of its side; the house uses 0.10 */
  dilateFraction: number;
  /** a box larger than this fraction of the film is not inpainted but sent to review; the house uses 0.08 */
  maxAreaFraction: number;
  /** a box with a larger share of its pixels on the truth is sent to review too; default: no such rule */
  maxTruthShare?: number | null | undefined;
}

/** One connected region to fill: the union of its boxes. */
export interface Hole {
  /** bounding box, whole native px */
  box: Box;
  /** the dilated boxes that make up the hole, whole native px */
  boxes: Box[];
  /** px */
  area: number;
}

export interface MarkerMask {
  /** row-major, film size, 1 = hole */
  mask: Uint8Array;
  /** connected holes, no two of which touch; in reading order */
  holes: Hole[];
  /** boxes too large to be a marker, or on what the film is read for: it needs a person's eye */
  rejected: number;
}

/**
 * Dilates, merges and draws the markers of one film.
 * @param truth ground-truth mask of the film's size, above 0 where lesion or lung is
 * @returns an all-zero mask and no holes when nothing qualifies
 */
export function markerMask(
  film: { width: number; height: number },
  detections: readonly Detection[],
  policy: MaskPolicy,
  truth?: Uint8Array,
): MarkerMask {
  const { width, height } = film;
  const wanted = detections.filter((one) => one.score >= policy.scoreThreshold);
  const accepted = wanted.filter(
    ({ maskBox }) =>
      boxArea(maskBox) <= policy.maxAreaFraction * width * height &&
      (!truth || shareOn(truth, film, maskBox) <= (policy.maxTruthShare ?? 1)),
  );
  const boxes = accepted
    .map((one) => clipBox(dilateBox(one.maskBox, policy.dilateMinPx, policy.dilateFraction), width, height))
    .filter((box) => boxArea(box) > 0);
  const mask = new Uint8Array(width * height);
  for (const box of boxes) fillBox(mask, width, box);
  const holes = connect(boxes).map((group) => toHole(mask, width, group));
  holes.sort((a, b) => a.box.y1 - b.box.y1 || a.box.x1 - b.box.x1);
  return { mask, holes, rejected: wanted.length - accepted.length };
}

/** Share of the whole pixels that a box touches which lie on the truth, in [0, 1]. */
function shareOn(truth: Uint8Array, { width, height }: { width: number; height: number }, box: Box): number {
  const { x1, y1, x2, y2 } = clipBox(dilateBox(box, 0, 0), width, height);
  let on = 0;
  for (let y = y1; y < y2; y++) for (let x = x1; x < x2; x++) if (truth[y * width + x]! > 0) on++;
  return on / Math.max(1, (x2 - x1) * (y2 - y1));
}

function fillBox(mask: Uint8Array, width: number, box: Box): void {
  for (let y = box.y1; y < box.y2; y++) mask.fill(1, y * width + box.x1, y * width + box.x2);
}

function connect(boxes: readonly Box[]): Box[][] {
  let groups: Box[][] = [];
  for (const box of boxes) {
    const touching = groups.filter((group) => group.some((member) => boxesTouch(member, box)));
    groups = groups.filter((group) => !touching.includes(group));
    groups.push([...touching.flat(), box]);
  }
  return groups;
}

function toHole(mask: Uint8Array, width: number, boxes: Box[]): Hole {
  const box = boxes.reduce(unionBox);
  let area = 0;
  forEachHolePixel(mask, width, { box, boxes, area }, () => area++);
  return { box, boxes, area };
}

/** Visits each pixel of one hole once: inside one of its boxes and set in the mask. */
export function forEachHolePixel(
  mask: Uint8Array,
  width: number,
  hole: Hole,
  visit: (x: number, y: number) => void,
): void {
  const owns = (x: number, y: number): boolean =>
    hole.boxes.some((box) => x >= box.x1 && x < box.x2 && y >= box.y1 && y < box.y2);
  for (let y = hole.box.y1; y < hole.box.y2; y++) {
    for (let x = hole.box.x1; x < hole.box.x2; x++) {
      if (mask[y * width + x] === 1 && owns(x, y)) visit(x, y);
    }
  }
}
