// A small picture in colour, drawn pixel by pixel: grey films, frames, digits and heat. No fonts, no files.
import { type Box, resize } from '@sidemark/core/imaging';

export interface Canvas {
  readonly width: number;
  readonly height: number;
  /** RGB, row-major */
  readonly pixels: Uint8Array;
}

export type Colour = readonly [red: number, green: number, blue: number];

/** Dots of each digit: five rows, the highest bit at the left. */
const digits: readonly (readonly number[])[] = [
  [7, 5, 5, 5, 7],
  [2, 6, 2, 2, 7],
  [7, 1, 7, 4, 7],
  [7, 1, 3, 1, 7],
  [5, 5, 7, 1, 1],
  [7, 4, 7, 1, 7],
  [7, 4, 7, 5, 7],
  [7, 1, 2, 2, 2],
  [7, 5, 7, 5, 7],
  [7, 5, 7, 1, 7],
];

export function canvas(width: number, height: number): Canvas {
  return { width, height, pixels: new Uint8Array(width * height * 3).fill(24) };
}

function dot({ width, height, pixels }: Canvas, x: number, y: number, colour: Colour): void {
  if (x < 0 || y < 0 || x >= width || y >= height) return;
  pixels.set(colour, (y * width + x) * 3);
}

/** Grey values of 0 to 255, `size` in size, into the canvas at (left, top). */
export function drawGrey(
  on: Canvas,
  grey: ArrayLike<number>,
  size: { width: number; height: number },
  left: number,
  top: number,
): void {
  for (let y = 0; y < size.height; y++)
    for (let x = 0; x < size.width; x++) {
      const value = Math.min(255, Math.max(0, Math.round(grey[y * size.width + x]!)));
      dot(on, left + x, top + y, [value, value, value]);
    }
}

/** A hollow frame just outside the box, two dots thick. */
export function drawFrame(on: Canvas, { x1, y1, x2, y2 }: Box, colour: Colour): void {
  const [left, top, right, bottom] = [Math.floor(x1) - 1, Math.floor(y1) - 1, Math.ceil(x2), Math.ceil(y2)];
  for (let thick = 0; thick < 2; thick++) {
    for (let x = left - thick; x <= right + thick; x++) {
      dot(on, x, top - thick, colour);
      dot(on, x, bottom + thick, colour);
    }
    for (let y = top - thick; y <= bottom + thick; y++) {
      dot(on, left - thick, y, colour);
      dot(on, right + thick, y, colour);
    }
  }
}

/** A whole number of 0 or more, each dot `scale` pixels wide. */
export function drawNumber(
  on: Canvas,
  value: number,
  at: { x: number; y: number },
  colour: Colour,
  scale = 3,
): void {
  [...String(value)].forEach((digit, place) => {
    digits[Number(digit)]!.forEach((row, y) => {
      for (let x = 0; x < 3; x++) {
        if ((row & (4 >> x)) === 0) continue;
        for (let i = 0; i < scale * scale; i++)
          dot(
            on,
            Math.round(at.x) + (place * 4 + x) * scale + (i % scale),
            Math.round(at.y) + y * scale + Math.floor(i / scale),
            colour,
          );
      }
    });
  });
}

/**
 * Lays a map over a part of the canvas: nothing where it is 0, yellow to red where it is highest.
 * @param map row-major, stretched over the part
 */
export function drawHeat(
  on: Canvas,
  map: { data: Float32Array; width: number; height: number },
  part: { left: number; top: number; width: number; height: number },
): void {
  const spread = resize(map.data, map.width, map.height, part.width, part.height, {
    interpolation: 'bilinear',
    antialias: false,
  });
  const most = spread.reduce((best, value) => Math.max(best, value), 0);
  if (most === 0) return;
  for (let i = 0; i < spread.length; i++) {
    const heat = spread[i]! / most;
    const at = ((part.top + Math.floor(i / part.width)) * on.width + part.left + (i % part.width)) * 3;
    const share = 0.75 * heat;
    const colour: Colour = [255, Math.round(220 * (1 - heat)), 0];
    colour.forEach((value, c) => {
      on.pixels[at + c] = Math.round(on.pixels[at + c]! * (1 - share) + value * share);
    });
  }
}
