// One array kind for every film. A loop that meets several kinds of typed array runs many times slower than one that
// meets a single kind, so pixels are copied by the block into float64, which holds every native integer exactly. Loops over a block are best
// functions of their own: called often, they are compiled early.

/** 32 KiB: a block stays in the first-level cache. */
const BLOCK = 4096;

/**
 * The values in order, block by block.
 * @returns blocks of equal length but for the last; each is overwritten by the next
 */
export function* blocksOf(values: ArrayLike<number>): Generator<Float64Array, undefined> {
  const typed = isTyped(values) ? values : Float64Array.from(values);
  const block = new Float64Array(Math.min(BLOCK, typed.length));
  for (let start = 0; start < typed.length; start += BLOCK) {
    const part = typed.subarray(start, start + BLOCK);
    block.set(part);
    yield block.subarray(0, part.length);
  }
}

type Typed = Uint8Array | Uint16Array | Int16Array | Int32Array | Float32Array | Float64Array;

function isTyped(values: ArrayLike<number>): values is Typed {
  return ArrayBuffer.isView(values);
}
