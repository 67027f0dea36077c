// Draws a glyph of the library on a film, in its native integers.
import { type Box, clipBox } from '../box.ts';
import { copyPixels, type GrayImage } from '../gray-image.ts';
import { type Glyph, halfStroke, letterWidth, type Point, strokes } from './glyph-library.ts';

/** Distance of a letter from the edges of the film, as a share of its shorter side. */
const margin = 0.04;
const looks = {
  digital: { opacity: 1, soft: 0 },
  // shares of the letter's height
  lead: { opacity: 0.85, soft: 0.08 },
} as const;

/**
 * A copy of the film with the glyph; pixels outside its box are the same bit for bit, and none gets darker.
 * @param white what the letter is drawn in, a value of the film's domain
 */
export function stampGlyph(film: GrayImage, glyph: Glyph, white: number): GrayImage {
  const { width, pixels: from } = film;
  const height = glyph.size * Math.min(film.width, film.height);
  const [cx, cy] = centreOf(film, glyph, height);
  const { opacity, soft } = looks[glyph.look];
  // an edge is one px wide at least, or the letter would jump from px to px
  const edge = Math.max(1, soft * height);
  const pixels = copyPixels(from);
  const { x1, y1, x2, y2 } = boxOf(film, [cx, cy], height, edge);
  for (let y = y1; y < y2; y++)
    for (let x = x1; x < x2; x++) {
      const away = distance([(x + 0.5 - cx) / height, (y + 0.5 - cy) / height], glyph) * height;
      const cover = opacity * Math.min(1, Math.max(0, (halfStroke * height - away) / edge + 0.5));
      const before = from[y * width + x]!;
      if (cover > 0 && before < white) pixels[y * width + x] = Math.round(before + cover * (white - before));
    }
  return { ...film, pixels };
}

function centreOf({ width, height }: GrayImage, { corner }: Glyph, letter: number): Point {
  const away = margin * Math.min(width, height);
  const [x, y] = [away + (letterWidth / 2) * letter, away + letter / 2];
  return [corner.endsWith('left') ? x : width - x, corner.startsWith('top') ? y : height - y];
}

function boxOf(film: GrayImage, [cx, cy]: Point, letter: number, edge: number): Box {
  const [halfWidth, halfHeight] = [(letterWidth / 2) * letter + edge, letter / 2 + edge];
  return clipBox(
    {
      x1: Math.floor(cx - halfWidth),
      y1: Math.floor(cy - halfHeight),
      x2: Math.ceil(cx + halfWidth),
      y2: Math.ceil(cy + halfHeight),
    },
    film.width,
    film.height,
  );
}

/** To the middle of the nearest stroke. */
function distance(point: Point, { letter }: Glyph): number {
  let nearest = Infinity;
  for (const line of strokes[letter])
    for (let i = 1; i < line.length; i++)
      nearest = Math.min(nearest, toSegment(point, line[i - 1]!, line[i]!));
  return nearest;
}

function toSegment([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy);
  const at = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - at * dx, y - ay - at * dy);
}
