// Samples -> stored values: High Bit, Bits Stored, sign (PS3.5 section 8.1.1), pixel by pixel.
import type { DecodedFrame } from '../codecs/codec.ts';
import { DicomRefusal } from '../refusal.ts';
import type { PixelLayout } from './pixel-layout.ts';

/** Stored values of one frame as the data set means them; nothing is rescaled, inverted or padded. */
export interface StoredValues {
  /** row-major, pixel by pixel; `width * height * samplesPerPixel` long */
  samples: Uint8Array | Uint16Array | Int16Array;
  samplesPerPixel: number;
  /** Bits Allocated (0028,0100): 8 or 16 */
  bitsAllocated: number;
  /** Bits Stored (0028,0101) */
  bitsStored: number;
  signed: boolean;
}

/**
 * Shifted down from High Bit, masked to Bits Stored, sign-extended. Of a codestream the data set's sign counts, not its own.
 * A lossy decoder may overshoot: unsigned values beyond Bits Stored are clipped, since masking would turn white into black.
 * @throws DicomRefusal truncated
 */
export function storedValues(frame: DecodedFrame, layout: PixelLayout, lossy: boolean): StoredValues {
  const { samplesPerPixel, bitsAllocated, bitsStored, signed } = layout;
  const pixels = layout.width * layout.height;
  const count = pixels * samplesPerPixel;
  const { bytes, bytesPerSample } = frame;
  if (bytes.length < count * bytesPerSample) {
    throw new DicomRefusal(
      'truncated',
      `Pixel Data must hold ${count * bytesPerSample} bytes: ${bytes.length}`,
    );
  }
  const shift = shiftOf(frame, layout);
  const most = lossy && !signed && frame.precision !== undefined ? 2 ** bitsStored - 1 : Infinity;
  // << then >> (arithmetic) or >>> (logical) drops the bits above High Bit and brings the sign along
  const up = 32 - bitsStored;
  const samples = emptySamples(count, layout);
  const plane = frame.planar && samplesPerPixel > 1;
  for (let i = 0; i < count; i++) {
    const at = plane ? (i % samplesPerPixel) * pixels + Math.floor(i / samplesPerPixel) : i;
    const word = bytesPerSample === 2 ? bytes[2 * at]! | (bytes[2 * at + 1]! << 8) : bytes[at]!;
    const aligned = (word > most ? most : word >>> shift) << up;
    samples[i] = signed ? aligned >> up : aligned >>> up;
  }
  return { samples, samplesPerPixel, bitsAllocated, bitsStored, signed };
}

/** A codestream holds Bits Stored at its lower end, unless it was made from whole Pixel Cells. */
function shiftOf({ precision }: DecodedFrame, { highBit, bitsStored }: PixelLayout): number {
  return precision === undefined || precision > highBit ? highBit + 1 - bitsStored : 0;
}

function emptySamples(count: number, { signed, bitsAllocated }: PixelLayout): StoredValues['samples'] {
  if (signed) return new Int16Array(count);
  return bitsAllocated === 16 ? new Uint16Array(count) : new Uint8Array(count);
}

/** The values as bytes: 16-bit little endian, 8-bit where 8 bits are allocated; negative ones as two's complement. */
export function storedBytes({ samples, bitsAllocated }: StoredValues): Uint8Array {
  const wide = bitsAllocated === 16;
  const bytes = new Uint8Array(samples.length * (wide ? 2 : 1));
  for (let i = 0; i < samples.length; i++) {
    const value = samples[i]!;
    if (wide) {
      bytes[2 * i] = value;
      bytes[2 * i + 1] = value >> 8;
    } else bytes[i] = value;
  }
  return bytes;
}
