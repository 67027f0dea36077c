// A WebAssembly decoder that is loaded when the first film needs it, and thrown away when it may be spoilt.
import { DicomRefusal } from '../refusal.ts';

/** Bytes of its heap beyond which a decoder is not kept: the memory of WebAssembly never shrinks. */
const LARGE_HEAP = 256 * 1024 * 1024;

export interface WasmCodec<T> {
  /**
   * Runs `work` on a living instance. Whatever it throws, the instance is not used again: an abort or an exception that
   * passed through WebAssembly leaves its stack and heap as they were in the middle of the work.
   * @throws DicomRefusal decode-failed, or the DicomRefusal that `work` threw
   */
  use<R>(work: (codec: T) => R): Promise<R>;
}

/**
 * @param load makes a new instance
 * @param heapBytes how large its memory is
 */
export function wasmCodec<T>(
  name: string,
  load: () => Promise<T>,
  heapBytes: (codec: T) => number,
): WasmCodec<T> {
  let living: Promise<T> | undefined;
  return {
    async use(work) {
      const codec = await (living ??= load());
      try {
        const result = work(codec);
        if (heapBytes(codec) > LARGE_HEAP) living = undefined;
        return result;
      } catch (cause) {
        living = undefined;
        if (cause instanceof DicomRefusal) throw cause;
        // the decoder's own words may quote bytes of the file: they go no further
        throw new DicomRefusal('decode-failed', `the ${name} decoder gave up`);
      }
    },
  };
}
