// A large film in tiles, for markers that vanish when the whole of it is scaled down to the detector's input.
import { type Box, boxArea, iou } from '../box.ts';
import { copyPixels, type GrayImage } from '../gray-image.ts';
import { bestFirst, type Candidate } from './candidate.ts';

export interface TilingSpec {
  /** px of the model for one native px; > 0 */
  scale: number;
  /** least share of a tile that its neighbour sees too, in [0, 1) */
  overlap: number;
  /** boxes of one class are one above this IoU; a box cut by its tile, above this share of it */
  merge: number;
}

/** What the detector found in one part of the film. */
export interface TileView {
  /** whole native px */
  tile: Box;
  /** boxes in px of the tile */
  found: readonly Candidate[];
}

/**
 * Tiles of the detector's own proportions, evenly spread, row by row; together they cover the film.
 * @param frame the detector's input, px
 * @returns none when the film fits into one tile: the film as a whole shows no less
 */
export function tilesOf(
  film: { width: number; height: number },
  frame: { w: number; h: number },
  { scale, overlap }: TilingSpec,
): Box[] {
  const across = starts(film.width, Math.max(1, Math.round(frame.w / scale)), overlap);
  const down = starts(film.height, Math.max(1, Math.round(frame.h / scale)), overlap);
  if (across.at.length * down.at.length === 1) return [];
  return down.at.flatMap((y1) =>
    across.at.map((x1) => ({ x1, y1, x2: x1 + across.side, y2: y1 + down.side })),
  );
}

function starts(length: number, wanted: number, overlap: number): { at: number[]; side: number } {
  const side = Math.min(length, wanted);
  const free = length - side;
  const steps = Math.ceil(free / Math.max(1, side * (1 - overlap)));
  const at = Array.from({ length: steps + 1 }, (_, i) => (steps === 0 ? 0 : Math.round((i * free) / steps)));
  return { at, side };
}

/** The part of a film inside a box of whole pixels; what it can represent stays that of the film. */
export function cropFilm(image: GrayImage, { x1, y1, x2, y2 }: Box): GrayImage {
  const [width, height] = [x2 - x1, y2 - y1];
  const pixels = copyPixels(image.pixels.subarray(0, width * height));
  for (let y = 0; y < height; y++) {
    const start = (y1 + y) * image.width + x1;
    pixels.set(image.pixels.subarray(start, start + width), y * width);
  }
  return { ...image, width, height, pixels };
}

interface Seen extends Candidate {
  /** ends where its tile ends, and the film goes on */
  cut: boolean;
}

/** A box that comes closer to the edge of its tile, native px, is taken to go on beyond it. */
const CUT_PX = 2;

/**
 * The boxes of all views in native px, each marker once: whole boxes before cut ones, then the better score.
 * @returns best first
 */
export function mergeViews(
  film: { width: number; height: number },
  views: readonly TileView[],
  { merge }: Pick<TilingSpec, 'merge'>,
): Candidate[] {
  const seen = views.flatMap(({ tile, found }) => found.map((one) => onFilm(one, tile, film)));
  seen.sort((a, b) => Number(a.cut) - Number(b.cut) || bestFirst(a, b));
  const kept: Seen[] = [];
  for (const next of seen) {
    const known = kept.some(
      ({ box, label }) =>
        label === next.label && (next.cut ? sharedPart(box, next.box) > merge : iou(box, next.box) > merge),
    );
    if (!known) kept.push(next);
  }
  return kept.map(({ box, score, label }) => ({ box, score, label })).sort(bestFirst);
}

function onFilm({ box, score, label }: Candidate, tile: Box, film: { width: number; height: number }): Seen {
  const own = { x1: box.x1 + tile.x1, y1: box.y1 + tile.y1, x2: box.x2 + tile.x1, y2: box.y2 + tile.y1 };
  const cut =
    (tile.x1 > 0 && own.x1 < tile.x1 + CUT_PX) ||
    (tile.y1 > 0 && own.y1 < tile.y1 + CUT_PX) ||
    (tile.x2 < film.width && own.x2 > tile.x2 - CUT_PX) ||
    (tile.y2 < film.height && own.y2 > tile.y2 - CUT_PX);
  return { box: own, score, label, cut };
}

/** Share of `part` that lies in `box`. */
function sharedPart(box: Box, part: Box): number {
  const width = Math.min(box.x2, part.x2) - Math.max(box.x1, part.x1);
  const height = Math.min(box.y2, part.y2) - Math.max(box.y1, part.y1);
  return width > 0 && height > 0 ? (width * height) / boxArea(part) : 0;
}
