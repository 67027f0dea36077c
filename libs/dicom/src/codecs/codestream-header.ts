// What a compressed frame says of itself, read before any decoder may allocate memory for it.
import { DicomRefusal } from '../refusal.ts';
import type { PixelLayout } from '../values/pixel-layout.ts';

export interface CodestreamHeader {
  width: number;
  height: number;
  components: number;
  /** bits of a sample, 1..16 */
  precision: number;
}

const damaged = (what: string): DicomRefusal => new DicomRefusal('decode-failed', what);

/**
 * The frame header (SOF) of JPEG and JPEG-LS (ITU-T T.81 annex B, T.87 annex C).
 * @param kinds the SOF markers that the transfer syntax allows, e.g. 0xc0
 * @throws DicomRefusal decode-failed
 */
export function jpegHeader(bytes: Uint8Array, kinds: readonly number[]): CodestreamHeader {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) throw damaged('the frame does not begin with SOI');
  for (let at = 2; at + 9 < bytes.length;) {
    if (bytes[at] !== 0xff) throw damaged('a JPEG segment does not begin with a marker');
    const marker = bytes[at + 1]!;
    // fill bytes, and markers that stand alone
    if (marker === 0xff) at += 1;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) at += 2;
    else if (marker === 0xda || marker === 0xd9) break;
    else if (isFrame(marker)) {
      if (!kinds.includes(marker)) throw damaged(`frame type ${marker.toString(16)} is not of this syntax`);
      const word = (offset: number): number => (bytes[at + offset]! << 8) | bytes[at + offset + 1]!;
      return { precision: bytes[at + 4]!, height: word(5), width: word(7), components: bytes[at + 9]! };
    } else at += 2 + Math.max(2, (bytes[at + 2]! << 8) | bytes[at + 3]!);
  }
  throw damaged('no JPEG frame header');
}

/** SOF0..SOF15 without DHT (c4), JPG (c8) and DAC (cc), and SOF55 of JPEG-LS (f7). */
const isFrame = (marker: number): boolean =>
  (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) ||
  marker === 0xf7;

/** Ss of the first scan header (SOS): the predictor of a lossless frame, 1..7; 0 where there is none. */
export function predictorOf(bytes: Uint8Array): number {
  for (let at = 2; at + 4 < bytes.length;) {
    const length = (bytes[at + 2]! << 8) | bytes[at + 3]!;
    if (bytes[at] === 0xff && bytes[at + 1] === 0xda) return bytes[at + length - 1] ?? 0;
    at += bytes[at + 1] === 0xff ? 1 : 2 + Math.max(2, length);
  }
  return 0;
}

/**
 * The last two bytes but padding are EOI: a decoder fills what is missing with grey, and says nothing.
 * @throws DicomRefusal truncated
 */
export function requireEndOfImage(bytes: Uint8Array): void {
  let end = bytes.length;
  while (end > 2 && bytes[end - 1] === 0) end--;
  // one byte of padding may be anything, as some writers leave it
  for (const last of [end, end - 1, end + 1])
    if (bytes[last - 2] === 0xff && bytes[last - 1] === 0xd9) return;
  throw new DicomRefusal('truncated', 'the compressed frame ends before EOI');
}

/**
 * The SIZ segment of JPEG 2000 (ITU-T T.800 annex A.5.1), which follows SOC.
 * @throws DicomRefusal decode-failed
 */
export function jpeg2000Header(bytes: Uint8Array): CodestreamHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 44 || view.getUint32(0) !== 0xff4fff51)
    throw damaged('the frame does not begin with SOC and SIZ');
  const size = (offset: number): number => view.getUint32(offset);
  const [tiles, most] = [
    Math.ceil(size(8) / Math.max(1, size(24))) * Math.ceil(size(12) / Math.max(1, size(28))),
    65_535,
  ];
  if (tiles > most) throw damaged(`more than ${most} tiles`);
  return {
    width: size(8) - size(16),
    height: size(12) - size(20),
    components: view.getUint16(40),
    precision: (bytes[42]! & 0x7f) + 1,
  };
}

/**
 * Header and data set promise the same frame.
 * @throws DicomRefusal bad-geometry
 */
export function requireSameFrame(header: CodestreamHeader, layout: PixelLayout): void {
  const { width, height, components, precision } = header;
  if (width !== layout.width || height !== layout.height || components !== layout.samplesPerPixel) {
    throw new DicomRefusal(
      'bad-geometry',
      `the compressed frame is ${height} x ${width} x ${components}, ` +
        `the data set says ${layout.height} x ${layout.width} x ${layout.samplesPerPixel}`,
    );
  }
  if (precision > 16) throw new DicomRefusal('bad-geometry', `samples of ${precision} bits`);
}
