// How one frame lies in Pixel Data (PS3.5 section 8.1.1), checked before anything is allocated for it.
import { DicomRefusal } from '../refusal.ts';

/** No radiograph has more; what promises more is refused. */
export const MAX_PIXELS = 8192 * 8192;

export interface PixelLayout {
  /** Columns (0028,0011) */
  width: number;
  /** Rows (0028,0010) */
  height: number;
  /** Samples per Pixel (0028,0002): 1 or 3 */
  samplesPerPixel: number;
  /** Planar Configuration (0028,0006) = 1: plane by plane */
  planar: boolean;
  /** uncompressed pairs of pixels may share their chroma (YBR_FULL_422) */
  halfChroma: boolean;
  /** Bits Allocated (0028,0100): 8 or 16 */
  bitsAllocated: number;
  /** Bits Stored (0028,0101): 1..bitsAllocated */
  bitsStored: number;
  /** High Bit (0028,0102): bitsStored - 1 .. bitsAllocated - 1 */
  highBit: number;
  /** Pixel Representation (0028,0103) = 1 */
  signed: boolean;
}

/**
 * The numbers a layout promises, checked.
 * @throws DicomRefusal bad-geometry
 */
export function requireLayout(layout: PixelLayout): void {
  const { width, height, bitsAllocated, bitsStored, highBit } = layout;
  const wrong = (what: string): never => {
    throw new DicomRefusal('bad-geometry', what);
  };
  if (!(width >= 1 && height >= 1)) wrong(`Rows and Columns must be positive: ${height} x ${width}`);
  if (width * height > MAX_PIXELS)
    wrong(`Rows x Columns must be at most ${MAX_PIXELS}: ${height} x ${width}`);
  if (bitsAllocated !== 8 && bitsAllocated !== 16) wrong(`Bits Allocated must be 8 or 16: ${bitsAllocated}`);
  if (!(bitsStored >= 1 && bitsStored <= bitsAllocated))
    wrong(`Bits Stored must be 1..${bitsAllocated}: ${bitsStored}`);
  if (!(highBit >= bitsStored - 1 && highBit < bitsAllocated)) {
    wrong(`High Bit must be ${bitsStored - 1}..${bitsAllocated - 1}: ${highBit}`);
  }
}
