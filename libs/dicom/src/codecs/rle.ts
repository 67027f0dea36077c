// RLE Lossless (PS3.5 annex G): byte planes, the most significant first, each packed by runs.
import { DicomRefusal } from '../refusal.ts';
import type { Codec } from './codec.ts';

const HEADER = 64;
/** bytes that writers may leave behind a segment */
const PADDING = 8;

export const runLength: Codec = ({ bytes, layout }) => {
  const { width, height, bitsAllocated, samplesPerPixel } = layout;
  const bytesPerSample = bitsAllocated === 8 ? 1 : 2;
  const starts = segmentStarts(bytes, bytesPerSample * samplesPerPixel);
  const count = width * height;
  const out = new Uint8Array(count * samplesPerPixel * bytesPerSample);
  starts.forEach((start, segment) => {
    const sample = Math.floor(segment / bytesPerSample);
    // little endian: the first of two planes holds the upper byte
    const byte = bytesPerSample - 1 - (segment % bytesPerSample);
    const packed = bytes.subarray(start, starts[segment + 1] ?? bytes.length);
    unpack(packed, out, sample * count * bytesPerSample + byte, bytesPerSample, count);
  });
  return { bytes: out, bytesPerSample, planar: true };
};

/** Offsets of the segments, which ascend (annex G.5). */
function segmentStarts(bytes: Uint8Array, expected: number): number[] {
  if (bytes.length < HEADER) throw new DicomRefusal('truncated', 'the RLE header has 64 bytes');
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER);
  const segments = view.getUint32(0, true);
  if (segments !== expected)
    throw new DicomRefusal('decode-failed', `RLE segments must be ${expected}: ${segments}`);
  const starts = Array.from({ length: segments }, (_, i) => view.getUint32(4 + 4 * i, true));
  starts.forEach((start, i) => {
    if (start < (starts[i - 1] ?? HEADER)) throw new DicomRefusal('decode-failed', 'RLE offsets must ascend');
    if (start >= bytes.length) throw new DicomRefusal('truncated', 'an RLE segment lies behind the end');
  });
  return starts;
}

/** PackBits: n in 0..127 copies n + 1 bytes, n in 129..255 repeats one byte 257 - n times, 128 does nothing. */
function unpack(packed: Uint8Array, out: Uint8Array, first: number, step: number, count: number): void {
  let to = first;
  let left = count;
  let at = 0;
  while (left > 0) {
    if (at + 1 >= packed.length) throw new DicomRefusal('truncated', `an RLE segment lacks ${left} bytes`);
    const n = packed[at++]!;
    if (n < 128) {
      const copied = Math.min(n + 1, left, packed.length - at);
      for (let i = 0; i < copied; i++, to += step) out[to] = packed[at + i]!;
      at += n + 1;
      left -= copied;
    } else if (n > 128) {
      const repeated = Math.min(257 - n, left);
      const value = packed[at++]!;
      for (let i = 0; i < repeated; i++, to += step) out[to] = value;
      left -= repeated;
    }
  }
  if (packed.length - at > PADDING)
    throw new DicomRefusal('decode-failed', `an RLE segment holds ${packed.length - at} bytes too many`);
}
