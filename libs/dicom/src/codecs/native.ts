// Uncompressed Pixel Data: words as they are, or with their bytes exchanged.
import type { Codec } from './codec.ts';

export const littleEndian: Codec = ({ bytes, layout }) => {
  const pairs = layout.halfChroma && bytes.length < 3 * layout.width * layout.height;
  return {
    bytes: pairs ? fullChroma(bytes) : bytes,
    bytesPerSample: layout.bitsAllocated === 8 ? 1 : 2,
    planar: layout.planar && !pairs,
  };
};

/** Y1 Y2 Cb Cr -> Y1 Cb Cr Y2 Cb Cr (PS3.3 C.7.6.3.1.2, YBR_FULL_422). */
function fullChroma(pairs: Uint8Array): Uint8Array {
  const out = new Uint8Array(3 * Math.floor(pairs.length / 4) * 2);
  for (let from = 0, to = 0; to < out.length; from += 4, to += 6) {
    out[to] = pairs[from]!;
    out[to + 3] = pairs[from + 1]!;
    out[to + 1] = out[to + 4] = pairs[from + 2]!;
    out[to + 2] = out[to + 5] = pairs[from + 3]!;
  }
  return out;
}

/** Big endian words; 8-bit samples travel in swapped pairs only when the VR is OW (PS3.5 section 8.1.1). */
export const bigEndian: Codec = (frame) => {
  const { bytes, layout, vr } = frame;
  if (layout.bitsAllocated === 8 && vr !== 'OW') return littleEndian(frame);
  // not slice(): that of a node Buffer is a view of the caller's bytes
  const swapped = new Uint8Array(bytes);
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    swapped[i] = bytes[i + 1]!;
    swapped[i + 1] = bytes[i]!;
  }
  return littleEndian({ ...frame, bytes: swapped });
};
