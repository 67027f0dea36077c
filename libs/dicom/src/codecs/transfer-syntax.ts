// The transfer syntaxes that are read (PS3.5 annex A), each with the way from its Pixel Data to samples.
import type { Codec } from './codec.ts';
import { highThroughput, jpeg2000 } from './jpeg-2000.ts';
import { jpegLs } from './jpeg-ls.ts';
import { jpeg } from './jpeg.ts';
import { bigEndian, littleEndian } from './native.ts';
import { runLength } from './rle.ts';

export interface TransferSyntax {
  readonly uid: string;
  readonly name: string;
  /** the data set names the value representation of each element */
  readonly explicit: boolean;
  readonly bigEndian: boolean;
  readonly deflated: boolean;
  /** Pixel Data lies in fragments (PS3.5 section A.4) */
  readonly encapsulated: boolean;
  /** values need not be those of the detector */
  readonly lossy: boolean;
  readonly decode: Codec;
}

const plain = {
  explicit: true,
  bigEndian: false,
  deflated: false,
  encapsulated: false,
  lossy: false,
  decode: littleEndian,
};

const native = (uid: string, name: string, other: Partial<TransferSyntax> = {}): TransferSyntax => ({
  ...plain,
  ...other,
  uid: `1.2.840.10008.1.2${uid}`,
  name,
});

const coded = (uid: string, name: string, decode: Codec, lossy = false): TransferSyntax => ({
  ...native(uid, name),
  encapsulated: true,
  lossy,
  decode,
});

/** frame types: baseline, extended sequential, lossless */
const [SOF0, SOF1, SOF3] = [0xc0, 0xc1, 0xc3];

export const IMPLICIT_LITTLE_ENDIAN = native('', 'implicit VR little endian', { explicit: false });
export const EXPLICIT_LITTLE_ENDIAN = native('.1', 'explicit VR little endian');
export const EXPLICIT_BIG_ENDIAN = native('.2', 'explicit VR big endian', {
  bigEndian: true,
  decode: bigEndian,
});

const TABLE: readonly TransferSyntax[] = [
  IMPLICIT_LITTLE_ENDIAN,
  EXPLICIT_LITTLE_ENDIAN,
  EXPLICIT_BIG_ENDIAN,
  native('.1.99', 'deflated explicit VR little endian', { deflated: true }),
  coded('.5', 'RLE lossless', runLength),
  coded('.4.50', 'JPEG baseline', jpeg([SOF0]), true),
  coded('.4.51', 'JPEG extended', jpeg([SOF0, SOF1]), true),
  coded('.4.57', 'JPEG lossless', jpeg([SOF3])),
  coded('.4.70', 'JPEG lossless, first-order prediction', jpeg([SOF3])),
  coded('.4.80', 'JPEG-LS lossless', jpegLs),
  coded('.4.81', 'JPEG-LS near-lossless', jpegLs, true),
  coded('.4.90', 'JPEG 2000 lossless', jpeg2000),
  coded('.4.91', 'JPEG 2000', jpeg2000, true),
  coded('.4.201', 'HTJ2K lossless', highThroughput),
  coded('.4.202', 'HTJ2K lossless, RPCL', highThroughput),
  coded('.4.203', 'HTJ2K', highThroughput, true),
];

/** Syntaxes that are read, by Transfer Syntax UID (0002,0010). */
export const TRANSFER_SYNTAXES: ReadonlyMap<string, TransferSyntax> = new Map(
  TABLE.map((one) => [one.uid, one]),
);
