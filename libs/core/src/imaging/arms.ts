// The arithmetic that tells one arm from another: the clip, and whether it changed anything.
import { copyPixels, type GrayImage, range } from './gray-image.ts';

/**
 * Arm `clipped`: the original limited to the range of its inpainted twin, `clip(O, min I, max I)`, native integers.
 * Differs from the original only where O > max I or O < min I.
 * @throws RangeError when the two films differ in size
 */
export function clipToRange(original: GrayImage, inpainted: GrayImage): GrayImage {
  requireSameSize(original, inpainted);
  const { min, max } = range(inpainted.pixels);
  const pixels = copyPixels(original.pixels);
  for (let i = 0; i < pixels.length; i++) pixels[i] = Math.min(max, Math.max(min, pixels[i]!));
  return { ...original, pixels };
}

/**
 * True when two arms of one film are the same bit for bit: the intervention did nothing.
 * @throws RangeError when the two films differ in size
 */
export function isInert(a: GrayImage, b: GrayImage): boolean {
  requireSameSize(a, b);
  return a.pixels === b.pixels || a.pixels.every((value: number, i: number) => value === b.pixels[i]);
}

function requireSameSize(a: GrayImage, b: GrayImage): void {
  if (a.width !== b.width || a.height !== b.height) {
    throw new RangeError(
      `invalid arms; sizes must agree: ${a.width} x ${a.height}, ${b.width} x ${b.height}`,
    );
  }
}
