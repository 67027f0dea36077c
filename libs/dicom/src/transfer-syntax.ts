// The transfer syntaxes that are read (PS3.5 annex A), each with the way from its Pixel Data to plain words.

/** Pixel Data (7FE0,0010) as little endian words of `bitsAllocated`, one frame. */
export type PixelDecoder = (
  bytes: Uint8Array,
  layout: { bitsAllocated: number; vr: string | undefined },
) => Uint8Array;

export interface TransferSyntax {
  uid: string;
  name: string;
  decode: PixelDecoder;
}

const asIs: PixelDecoder = (bytes) => bytes;

/** Big endian words; 8-bit samples travel in swapped pairs only when the VR is OW (PS3.5 section 8.1.1). */
const swapPairs: PixelDecoder = (bytes, { bitsAllocated, vr }) => {
  if (bitsAllocated === 8 && vr !== 'OW') return bytes;
  // not slice(): that of a node Buffer is a view of the caller's bytes
  const swapped = new Uint8Array(bytes);
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    swapped[i] = bytes[i + 1]!;
    swapped[i + 1] = bytes[i]!;
  }
  return swapped;
};

const TABLE: readonly TransferSyntax[] = [
  { uid: '1.2.840.10008.1.2', name: 'implicit VR little endian', decode: asIs },
  { uid: '1.2.840.10008.1.2.1', name: 'explicit VR little endian', decode: asIs },
  { uid: '1.2.840.10008.1.2.2', name: 'explicit VR big endian', decode: swapPairs },
];

/** Syntaxes that are read. */
export const TRANSFER_SYNTAXES: ReadonlyMap<string, TransferSyntax> = new Map(
  TABLE.map((one) => [one.uid, one]),
);
