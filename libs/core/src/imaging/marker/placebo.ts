// Where the placebo goes: holes of the markers' own shapes, moved to where no marker is. What filling them does to a
// score is what filling alone does.
import { type Box, boxesTouch } from '../box.ts';
import type { Hole, MarkerMask } from './marker-mask.ts';

/**
 * Each hole of a film at another place: inside the film, touching no dilated marker and no other placebo; every such place
 * of the left top corner is as likely as any other. Undefined when a hole has no place, or there is none.
 * @param draw numbers in [0, 1), one for each hole in reading order: the same draws, the same places
 * @returns holes moved as they are, drawn like a marker mask
 */
export function placeboMask(
  film: { readonly width: number; readonly height: number },
  { mask, holes, rejected }: MarkerMask,
  draw: () => number,
): MarkerMask | undefined {
  const { width, height } = film;
  const taken = holes.map(({ box }) => box);
  const moved: Hole[] = [];
  const drawn = new Uint8Array(width * height);
  for (const hole of holes) {
    const corner = legalCorner(film, hole.box, taken, draw());
    if (!corner) return undefined;
    const [dx, dy] = [corner.x - hole.box.x1, corner.y - hole.box.y1];
    const move = ({ x1, y1, x2, y2 }: Box): Box => ({ x1: x1 + dx, y1: y1 + dy, x2: x2 + dx, y2: y2 + dy });
    copyHole(mask, drawn, width, hole, dx + dy * width);
    moved.push({ box: move(hole.box), boxes: hole.boxes.map(move), area: hole.area });
    taken.push(move(hole.box));
  }
  if (moved.length === 0) return undefined;
  moved.sort((a, b) => a.box.y1 - b.box.y1 || a.box.x1 - b.box.x1);
  return { mask: drawn, holes: moved, rejected };
}

/** The corner at `share` of all legal ones, row by row. O(height x boxes). */
function legalCorner(
  { width, height }: { readonly width: number; readonly height: number },
  { x1, y1, x2, y2 }: Box,
  taken: readonly Box[],
  share: number,
): { x: number; y: number } | undefined {
  const [w, h] = [x2 - x1, y2 - y1];
  const rows = Array.from({ length: Math.max(0, height - h + 1) }, (_, y) =>
    freeSpans(
      width - w,
      taken.filter((box) => boxesTouch(box, { x1: -Infinity, x2: Infinity, y1: y, y2: y + h })),
      w,
    ),
  );
  const places = rows.reduce((sum, spans) => sum + lengthOf(spans), 0);
  let left = Math.floor(share * places);
  for (const [y, spans] of rows.entries()) {
    for (const [from, to] of spans) {
      if (left <= to - from) return { x: from + left, y };
      left -= to - from + 1;
    }
  }
  return undefined;
}

type Span = readonly [from: number, to: number];

const lengthOf = (spans: readonly Span[]): number =>
  spans.reduce((sum, [from, to]) => sum + to - from + 1, 0);

/** Whole x from 0 to `last` at which a box of that width touches none of the others. */
function freeSpans(last: number, others: readonly Box[], width: number): Span[] {
  let free: Span[] = last >= 0 ? [[0, last]] : [];
  for (const { x1, x2 } of others) {
    const [from, to] = [x1 - width, x2];
    free = free.flatMap(([low, high]): Span[] => [
      ...(low < from ? [[low, Math.min(high, from - 1)] as const] : []),
      ...(high > to ? [[Math.max(low, to + 1), high] as const] : []),
    ]);
  }
  return free;
}

/** Row by row of its box; what is in no hole of the film stays empty. */
function copyHole(from: Uint8Array, to: Uint8Array, width: number, { boxes }: Hole, shift: number): void {
  for (const { x1, y1, x2, y2 } of boxes) {
    for (let y = y1; y < y2; y++) {
      const start = y * width;
      to.set(from.subarray(start + x1, start + x2), start + x1 + shift);
    }
  }
}
