// Where the data set begins and in which syntax: Part 10 files, and files that lack preamble, meta or syntax.
import dicomParser from 'dicom-parser';
import {
  EXPLICIT_BIG_ENDIAN,
  EXPLICIT_LITTLE_ENDIAN,
  IMPLICIT_LITTLE_ENDIAN,
} from '../codecs/transfer-syntax.ts';
import { DicomRefusal } from '../refusal.ts';

export interface Place {
  syntaxUid: string;
  /** offset of the first element behind the file meta information */
  at: number;
}

const PREAMBLE = 128;
/** elements that must follow each other in order before a guess counts */
const PROBED = 4;
const VALUE_REPRESENTATIONS =
  'AE AS AT CS DA DS DT FL FD IS LO LT OB OD OF OL OV OW PN SH SL SQ SS ST SV TM UC UI UL UN UR US UT UV';
const LONG = 'OB OD OF OL OV OW SQ SV UC UN UR UT UV';

/** Cheap: could `locateDataSet` find anything here? */
export function looksLikeDicom(bytes: Uint8Array): boolean {
  return (
    prefixAt(bytes, PREAMBLE) ||
    prefixAt(bytes, 0) ||
    isMeta(bytes, 0) ||
    guessedSyntax(bytes, 0) !== undefined
  );
}

/**
 * @throws DicomRefusal not-dicom when no data set can be told, unsupported-transfer-syntax when its syntax cannot
 */
export function locateDataSet(bytes: Uint8Array): Place {
  if (prefixAt(bytes, PREAMBLE)) return behindMeta(bytes, PREAMBLE + 4);
  if (prefixAt(bytes, 0)) return behindMeta(bytes, 4);
  if (isMeta(bytes, 0)) return behindMeta(bytes, 0);
  const guess = guessedSyntax(bytes, 0);
  if (guess === undefined)
    throw new DicomRefusal('not-dicom', 'no DICM prefix, and no data set at the beginning');
  return { syntaxUid: guess, at: 0 };
}

const prefixAt = (bytes: Uint8Array, at: number): boolean =>
  String.fromCharCode(...bytes.subarray(at, at + 4)) === 'DICM';

/** group 0002, explicit VR */
const isMeta = (bytes: Uint8Array, at: number): boolean =>
  bytes[at] === 2 && bytes[at + 1] === 0 && bytes[at + 3] === 0 && knownVr(bytes, at + 4) !== undefined;

/** File meta information is explicit VR little endian whatever follows (PS3.10 section 7.1). */
function behindMeta(bytes: Uint8Array, from: number): Place {
  if (from >= bytes.length) throw new DicomRefusal('truncated', 'the file ends behind its preamble');
  const stream = new dicomParser.ByteStream(dicomParser.littleEndianByteArrayParser, bytes, from);
  let syntaxUid: string | undefined;
  try {
    while (isMeta(bytes, stream.position)) {
      const element = dicomParser.readDicomElementExplicit(stream);
      if (element.tag === 'x00020010')
        syntaxUid = dicomParser.readFixedString(bytes, element.dataOffset, element.length).trim();
    }
  } catch {
    throw new DicomRefusal('truncated', 'the file ends inside its meta information');
  }
  const at = stream.position;
  const uid = syntaxUid || guessedSyntax(bytes, at);
  if (uid) return { syntaxUid: uid, at };
  throw new DicomRefusal('unsupported-transfer-syntax', 'Transfer Syntax UID (0002,0010) is missing');
}

/**
 * The one uncompressed syntax in which the first elements follow each other, beginning with group 0008.
 * Compressed films without a syntax are not guessed: their Pixel Data could be several.
 */
function guessedSyntax(bytes: Uint8Array, at: number): string | undefined {
  const fitting = [
    { syntax: EXPLICIT_LITTLE_ENDIAN, explicit: true, little: true },
    { syntax: EXPLICIT_BIG_ENDIAN, explicit: true, little: false },
    { syntax: IMPLICIT_LITTLE_ENDIAN, explicit: false, little: true },
  ].filter(({ explicit, little }) => elementsFollow(bytes, at, explicit, little));
  return fitting.length === 1 ? fitting[0]!.syntax.uid : undefined;
}

function elementsFollow(bytes: Uint8Array, from: number, explicit: boolean, little: boolean): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let before = 0;
  let at = from;
  for (let i = 0; i < PROBED; i++) {
    if (at + 12 > bytes.length) return i > 0 && at === bytes.length;
    const tag = view.getUint16(at, little) * 65_536 + view.getUint16(at + 2, little);
    if (i === 0 ? tag < 0x80000 || tag > 0x8ffff : tag <= before) return false;
    before = tag;
    const vr = explicit ? knownVr(bytes, at + 4) : undefined;
    if (explicit && vr === undefined) return false;
    const [head, length] =
      vr === undefined
        ? [8, view.getUint32(at + 4, little)]
        : LONG.includes(vr)
          ? [12, view.getUint32(at + 8, little)]
          : [8, view.getUint16(at + 6, little)];
    // a sequence of undefined length: what came before it must do
    if (length === 0xffffffff) return i > 0;
    at += head + length;
    if (at > bytes.length) return false;
  }
  return true;
}

function knownVr(bytes: Uint8Array, at: number): string | undefined {
  const vr = String.fromCharCode(bytes[at] ?? 0, bytes[at + 1] ?? 0);
  return /^[A-Z]{2}$/.test(vr) && VALUE_REPRESENTATIONS.split(' ').includes(vr) ? vr : undefined;
}
