// What every way from a frame in the file to its samples has in common.
import type { PixelLayout } from '../values/pixel-layout.ts';

/** One frame as it lies in Pixel Data (7FE0,0010). */
export interface CodedFrame {
  readonly bytes: Uint8Array;
  readonly layout: PixelLayout;
  /** value representation of the element, undefined in implicit VR */
  readonly vr: string | undefined;
}

/** The samples of one frame, little endian. */
export interface DecodedFrame {
  /** at least width * height * samplesPerPixel * bytesPerSample long */
  readonly bytes: Uint8Array;
  readonly bytesPerSample: 1 | 2;
  /** plane by plane (Planar Configuration 1), else pixel by pixel */
  readonly planar: boolean;
  /** bits of a sample in the codestream; absent: Pixel Cells, in which Bits Stored end at High Bit */
  readonly precision?: number;
}

/** @throws DicomRefusal truncated, decode-failed or bad-geometry */
export type Codec = (frame: CodedFrame) => DecodedFrame | Promise<DecodedFrame>;
