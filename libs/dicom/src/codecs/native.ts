// Uncompressed Pixel Data: words as they are, or with their bytes exchanged.
import type { Codec } from './codec.ts';

export const littleEndian: Codec = ({ bytes, layout }) => ({
  bytes,
  bytesPerSample: layout.bitsAllocated === 8 ? 1 : 2,
  planar: layout.planar,
});

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
