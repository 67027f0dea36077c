// The pictures of a trial run: a film with numbered boxes, holes before and after, a heat map beside its film.
import type { Box, GrayImage } from '@sidemark/core/imaging';
import type { FilmMap } from '../pipeline/image/scores/film-overlay.ts';
import { type Canvas, canvas, type Colour, drawFrame, drawGrey, drawHeat, drawNumber } from './canvas.ts';
import { type FilmView, viewOf, windowOf } from './view-of-film.ts';

const FILM_SIDE = 900;
const PATCH_SIDE = 300;
const MOST_PATCHES = 3;
const GAP = 8;
const colours: readonly Colour[] = [
  [255, 80, 80],
  [80, 200, 255],
  [255, 210, 60],
  [140, 255, 140],
];

/** @param boxes numbered from 1. @param kinds parallel to them: each kind has its colour */
export function boxesPicture(film: GrayImage, boxes: readonly Box[], kinds: readonly number[]): Canvas {
  const view = viewOf(film, windowOf(film), FILM_SIDE);
  const picture = canvas(view.width, view.height);
  drawGrey(picture, view.grey, view, 0, 0);
  drawBoxes(picture, view, boxes, kinds);
  return picture;
}

function drawBoxes(on: Canvas, { scale }: FilmView, boxes: readonly Box[], kinds: readonly number[]): void {
  boxes.forEach((box, i) => {
    const colour = colours[(kinds[i] ?? 0) % colours.length]!;
    const shown = { x1: box.x1 * scale, y1: box.y1 * scale, x2: box.x2 * scale, y2: box.y2 * scale };
    drawFrame(on, shown, colour);
    // above the box, or below where there is no room
    drawNumber(on, i + 1, { x: shown.x1, y: shown.y1 > 24 ? shown.y1 - 20 : shown.y2 + 5 }, colour);
  });
}

/** The film with its holes framed; beside it the first holes with what is around them, before and after. */
export function inpaintedPicture(before: GrayImage, after: GrayImage, holes: readonly Box[]): Canvas {
  const window = windowOf(before);
  const film = viewOf(before, window, FILM_SIDE);
  const shown = holes.slice(0, MOST_PATCHES);
  const width = film.width + (shown.length > 0 ? 2 * (PATCH_SIDE + GAP) : 0);
  const picture = canvas(width, Math.max(film.height, shown.length * (PATCH_SIDE + GAP)));
  drawGrey(picture, film.grey, film, 0, 0);
  drawBoxes(picture, film, holes, []);
  shown.forEach((hole, row) => {
    [before, after].forEach((arm, column) => {
      const view = viewOf(arm, window, PATCH_SIDE, around(hole, before));
      const left = film.width + GAP + column * (PATCH_SIDE + GAP);
      drawGrey(picture, view.grey, view, left, row * (PATCH_SIDE + GAP));
      drawNumber(picture, row + 1, { x: left + 6, y: row * (PATCH_SIDE + GAP) + 6 }, colours[0]!);
    });
  });
  return picture;
}

/** A square of three times the hole, in the film. */
function around({ x1, y1, x2, y2 }: Box, { width, height }: GrayImage): Box {
  const half = Math.ceil((3 * Math.max(x2 - x1, y2 - y1)) / 2);
  const [x, y] = [Math.round((x1 + x2) / 2), Math.round((y1 + y2) / 2)];
  return {
    x1: Math.max(0, x - half),
    y1: Math.max(0, y - half),
    x2: Math.min(width, x + half),
    y2: Math.min(height, y + half),
  };
}

/** Each film, and beside it the same film under its map. Films of one size. */
export function heatPicture(
  rows: readonly { film: GrayImage; maps: readonly (FilmMap | undefined)[] }[],
): Canvas {
  const side = rows.length > 1 || rows[0]!.maps.length > 1 ? FILM_SIDE / 2 : FILM_SIDE;
  const views = rows.map(({ film }) => viewOf(film, windowOf(film), side));
  const { width, height } = views[0]!;
  const columns = 1 + Math.max(...rows.map(({ maps }) => maps.length));
  const picture = canvas(columns * (width + GAP) - GAP, rows.length * (height + GAP) - GAP);
  rows.forEach(({ maps }, row) => {
    const top = row * (height + GAP);
    [undefined, ...maps].forEach((map, column) => {
      const left = column * (width + GAP);
      if (column > 0 && !map) return;
      drawGrey(picture, views[row]!.grey, views[row]!, left, top);
      if (map) drawHeat(picture, map, { left, top, width, height });
    });
  });
  return picture;
}
