// The arithmetic that tells one arm from another: the clip, and whether it changed anything.
import { copyPixels, type GrayImage, range } from './gray-image.ts';
import { blocksOf } from './pixel-blocks.ts';

/**
 * Arm `clipped`: the original limited to the range of its inpainted twin, `clip(O, min I, max I)`, native integers.
 * Differs from the original only where O > max I or O < min I.
 * @throws RangeError when the two films differ in size
 */
export function clipToRange(original: GrayImage, inpainted: GrayImage): GrayImage {
  requireSameSize(original, inpainted);
  const { min, max } = range(inpainted.pixels);
  const pixels = copyPixels(original.pixels);
  let start = 0;
  for (const block of blocksOf(pixels)) {
    if (clipBlock(block, min, max)) pixels.set(block, start);
    start += block.length;
  }
  return { ...original, pixels };
}

/** In place; false when there was nothing to clip. */
function clipBlock(block: Float64Array, min: number, max: number): boolean {
  let clipped = false;
  for (let i = 0; i < block.length; i++) {
    const value = block[i]!;
    if (value >= min && value <= max) continue;
    block[i] = value < min ? min : max;
    clipped = true;
  }
  return clipped;
}

/**
 * True when two arms of one film are the same bit for bit: the intervention did nothing.
 * @throws RangeError when the two films differ in size
 */
export function isInert(a: GrayImage, b: GrayImage): boolean {
  requireSameSize(a, b);
  if (a.pixels === b.pixels) return true;
  const others = blocksOf(b.pixels);
  for (const block of blocksOf(a.pixels)) {
    const { value: other } = others.next();
    if (!other || !sameValues(block, other)) return false;
  }
  return true;
}

function sameValues(a: Float64Array, b: Float64Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function requireSameSize(a: GrayImage, b: GrayImage): void {
  if (a.width !== b.width || a.height !== b.height) {
    throw new RangeError(
      `invalid arms; sizes must agree: ${a.width} x ${a.height}, ${b.width} x ${b.height}`,
    );
  }
}
