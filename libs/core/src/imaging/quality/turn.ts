// Quarter turns and the mirror: every pixel moves, none changes.

import { copyPixels, type StoredPixels } from '../gray-image.ts';

/** First the quarter turns, clockwise, then left and right are exchanged. */
export interface Turn {
  quarters: 0 | 1 | 2 | 3;
  mirrored: boolean;
}

/** A row-major picture: a film, or a mask in the size of a film. */
interface Picture {
  width: number;
  height: number;
  pixels: StoredPixels;
}

/** The picture turned; the very same object when there is nothing to turn. */
export function turnPicture<T extends Picture>(picture: T, { quarters, mirrored }: Turn): T {
  if (quarters === 0 && !mirrored) return picture;
  const { width, height, pixels: from } = picture;
  const size = quarters % 2 === 0 ? { width, height } : { width: height, height: width };
  const pixels = copyPixels(from);
  // where the pixel at the origin goes, and the steps of one pixel to the right and one down
  const [origin, right, down] = stepsOf(size, { quarters, mirrored });
  for (let y = 0; y < height; y++) {
    const line = origin + y * down;
    for (let x = 0; x < width; x++) pixels[line + x * right] = from[y * width + x]!;
  }
  return { ...picture, ...size, pixels };
}

function stepsOf(
  { width, height }: { width: number; height: number },
  { quarters, mirrored }: Turn,
): [origin: number, right: number, down: number] {
  const side = mirrored ? -1 : 1;
  const [left, last] = mirrored ? [width - 1, 0] : [0, width - 1];
  const bottom = (height - 1) * width;
  switch (quarters) {
    case 0:
      return [left, side, width];
    case 1:
      return [last, width, -side];
    case 2:
      return [bottom + last, -side, -width];
    case 3:
      return [bottom + left, -width, side];
  }
}
