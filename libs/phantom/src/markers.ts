// Side markers as a department places them: a letter, flat and bright, with or without a frame.
import type { Box, GrayImage } from '@sidemark/core/imaging';

export type Corner = 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right';

export interface MarkerStyle {
  letter: 'L' | 'R';
  corner: Corner;
  /** letter height as a fraction of the film's side, 0.02..0.15 */
  size: number;
  /** level of the plateau in the film's range, in (0, 1]; 1 saturates */
  brightness: number;
  /** a line around the letter */
  frame: boolean;
}

const GLYPHS: Record<'L' | 'R', readonly string[]> = {
  L: ['##....', '##....', '##....', '##....', '##....', '##....', '######', '######'],
  R: ['#####.', '##..##', '##..##', '#####.', '####..', '##.##.', '##..##', '##..##'],
};
const COLUMNS = 6;
const ROWS = 8;
/** Distance of the marker from the film's edges, fraction of the side. */
const MARGIN = 0.05;

/**
 * Draws one marker into the film.
 * @param offset fractions of the side by which it sits off its usual place
 * @returns the box of everything drawn, half-open native px
 */
export function drawMarker(image: GrayImage, style: MarkerStyle, offset: { u: number; v: number }): Box {
  const side = Math.min(image.width, image.height);
  const unit = Math.max(1, Math.round((style.size * side) / ROWS));
  const rim = style.frame ? 2 * unit : 0;
  const box = place(image, style.corner, COLUMNS * unit + 2 * rim, ROWS * unit + 2 * rim, offset);
  const level = Math.round(image.minValue + style.brightness * (image.maxValue - image.minValue));
  for (let y = box.y1; y < box.y2; y++) {
    for (let x = box.x1; x < box.x2; x++) {
      if (covers(style, x - box.x1, y - box.y1, unit, rim)) image.pixels[y * image.width + x] = level;
    }
  }
  return box;
}

function place(
  image: GrayImage,
  corner: Corner,
  width: number,
  height: number,
  offset: { u: number; v: number },
): Box {
  const side = Math.min(image.width, image.height);
  const left = corner.endsWith('left') ? MARGIN * side : image.width - MARGIN * side - width;
  const top = corner.startsWith('top') ? MARGIN * side : image.height - MARGIN * side - height;
  const inside = (at: number, limit: number): number => Math.round(Math.min(Math.max(at, 0), limit));
  const x1 = inside(left + offset.u * side, image.width - width);
  const y1 = inside(top + offset.v * side, image.height - height);
  return { x1, y1, x2: x1 + width, y2: y1 + height };
}

/** The letter, and one unit of line along the rim of a framed marker. */
function covers(style: MarkerStyle, x: number, y: number, unit: number, rim: number): boolean {
  const row = GLYPHS[style.letter][Math.floor((y - rim) / unit)];
  if (row?.[Math.floor((x - rim) / unit)] === '#') return true;
  const width = COLUMNS * unit + 2 * rim;
  const height = ROWS * unit + 2 * rim;
  return style.frame && Math.min(x, y, width - 1 - x, height - 1 - y) < unit;
}
