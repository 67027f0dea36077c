// Where a fill fades into what was there: inside the hole, along its rim. Nothing outside the hole takes part.

/**
 * Share of the fill at a pixel of a hole: 1 from `feather` px inside on, less towards the rim (chessboard distance d of the
 * nearest known pixel: d / (feather + 1)).
 */
export function fillShare(
  mask: Uint8Array,
  { width, height }: { width: number; height: number },
  x: number,
  y: number,
  feather: number,
): number {
  for (let distance = 1; distance <= feather; distance++) {
    if (touchesKnown(mask, width, height, x, y, distance)) return distance / (feather + 1);
  }
  return 1;
}

/** True when the square ring at this distance holds a known pixel of the film. */
function touchesKnown(
  mask: Uint8Array,
  width: number,
  height: number,
  x: number,
  y: number,
  distance: number,
): boolean {
  const known = (px: number, py: number): boolean =>
    px >= 0 && py >= 0 && px < width && py < height && mask[py * width + px] === 0;
  for (let k = -distance; k <= distance; k++) {
    if (known(x + k, y - distance) || known(x + k, y + distance)) return true;
    if (known(x - distance, y + k) || known(x + distance, y + k)) return true;
  }
  return false;
}
