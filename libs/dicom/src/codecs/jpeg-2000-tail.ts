// A JPEG 2000 codestream is cut after its last tile-part: some vendors write a comment there, which decoders refuse.
import { DicomRefusal } from '../refusal.ts';

const [SOT, EOC] = [0xff90, 0xffd9];

/**
 * The codestream of a frame: as it is, or out of the JP2 file that some writers put there.
 * @throws DicomRefusal decode-failed
 */
export function rawCodestream(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || view.getUint32(4) !== 0x6a502020) return bytes;
  for (let at = 0; at + 8 <= bytes.length;) {
    const length = view.getUint32(at);
    // jp2c; a length of 0 reaches to the end
    if (view.getUint32(at + 4) === 0x6a703263)
      return bytes.subarray(at + 8, length === 0 ? bytes.length : at + length);
    if (length < 8) break;
    at += length;
  }
  throw new DicomRefusal('decode-failed', 'a JP2 file without a codestream');
}

/**
 * The same codestream when EOC follows its last tile-part; else a copy that ends there with EOC.
 * Tile-parts are walked by their lengths Psot (ITU-T T.800 annex A.4.2).
 * @throws DicomRefusal truncated when a tile-part is longer than what is left
 */
export function repairedTail(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = firstTilePart(view);
  while (at + 12 <= bytes.length && view.getUint16(at) === SOT) {
    const length = view.getUint32(at + 6);
    // 0: it reaches to EOC, wherever that is
    if (length === 0) return bytes;
    if (length < 14) throw new DicomRefusal('decode-failed', 'a tile-part is shorter than its header');
    if (at + length > bytes.length) throw new DicomRefusal('truncated', 'a tile-part ends behind the frame');
    at += length;
  }
  if (at + 2 <= bytes.length && view.getUint16(at) === EOC) return bytes;
  const repaired = new Uint8Array(at + 2);
  repaired.set(bytes.subarray(0, at));
  repaired.set([EOC >> 8, EOC & 0xff], at);
  return repaired;
}

/** Steps over the segments of the main header. */
function firstTilePart(view: DataView): number {
  for (let at = 2; at + 4 <= view.byteLength;) {
    const marker = view.getUint16(at);
    if (marker === SOT) return at;
    if (marker < 0xff00) break;
    at += 2 + view.getUint16(at + 2);
  }
  throw new DicomRefusal('decode-failed', 'a codestream without tiles');
}
