// The only file that knows dicom-parser: from the bytes of a file to its data set, up to the head of Pixel Data.
import { inflateRawSync } from 'node:zlib';
import dicomParser, { type ByteStream, type DataSet } from 'dicom-parser';
import { type TransferSyntax, TRANSFER_SYNTAXES } from '../codecs/transfer-syntax.ts';
import { DicomRefusal } from '../refusal.ts';
import { MAX_PIXELS } from '../values/pixel-layout.ts';
import { locateDataSet } from './locate.ts';
import { TAG } from './tags.ts';

export type { DataSet };

/** Bytes that a deflated data set may have: the largest film, 16 bits a pixel, and its header. */
const MAX_INFLATED = 2 * MAX_PIXELS + 16 * 1024 * 1024;

export interface OpenedFile {
  readonly dataSet: DataSet;
  readonly syntax: TransferSyntax;
  /** stands behind the head of Pixel Data */
  readonly stream: ByteStream;
}

/**
 * @param until what follows Pixel Data is looked at only with `end`, and where it can be read
 * @throws DicomRefusal not-dicom, unsupported-transfer-syntax, truncated
 */
export function openFile(bytes: Uint8Array, until: 'pixels' | 'end' = 'pixels'): OpenedFile {
  const { syntaxUid, at } = locateDataSet(bytes);
  const syntax = TRANSFER_SYNTAXES.get(syntaxUid);
  if (!syntax)
    throw new DicomRefusal(
      'unsupported-transfer-syntax',
      `Transfer Syntax UID (0002,0010) is ${uid(syntaxUid)}`,
    );
  const content = syntax.deflated ? inflated(bytes.subarray(at)) : bytes;
  const start = syntax.deflated ? 0 : at;
  if (start >= content.length)
    throw new DicomRefusal('truncated', 'the file ends before its data set begins');
  const stream = new dicomParser.ByteStream(
    syntax.bigEndian ? dicomParser.bigEndianByteArrayParser : dicomParser.littleEndianByteArrayParser,
    content,
    start,
  );
  if (until === 'pixels') return { dataSet: parse(stream, syntax), syntax, stream };
  const rest = new dicomParser.ByteStream(stream.byteArrayParser, content, start);
  return { dataSet: parseAll(rest, syntax) ?? parse(stream, syntax), syntax, stream };
}

/** exported by dicom-parser, but missing in its types */
const DataSetOf = (dicomParser as unknown as { DataSet: new (...parts: unknown[]) => DataSet }).DataSet;

function parse(stream: ByteStream, syntax: TransferSyntax): DataSet {
  try {
    return readElements(stream, syntax, TAG.PixelData);
  } catch (cause) {
    throw refusalOf(cause);
  }
}

/** Undefined where something behind Pixel Data cannot be read. */
function parseAll(stream: ByteStream, syntax: TransferSyntax): DataSet | undefined {
  try {
    return readElements(stream, syntax, '');
  } catch {
    return undefined;
  }
}

/** @param untilTag no tag is the empty one */
function readElements(stream: ByteStream, syntax: TransferSyntax, untilTag: string): DataSet {
  const dataSet = new DataSetOf(stream.byteArrayParser, stream.byteArray, {});
  const read = syntax.explicit
    ? dicomParser.parseDicomDataSetExplicit
    : dicomParser.parseDicomDataSetImplicit;
  read(dataSet, stream, stream.byteArray.length, { untilTag });
  return dataSet;
}

/** Only a UID may be told: it could be anything. */
const uid = (text: string): string => (/^[0-9.]{1,64}$/.test(text) ? text : 'no UID');

function inflated(deflated: Uint8Array): Uint8Array {
  try {
    return inflateRawSync(deflated, { maxOutputLength: MAX_INFLATED });
  } catch (cause) {
    const { code } = cause as { code?: string };
    if (code === 'ERR_BUFFER_TOO_LARGE')
      throw new DicomRefusal('bad-geometry', `the data set inflates to more than ${MAX_INFLATED} bytes`);
    throw new DicomRefusal(
      code === 'Z_BUF_ERROR' ? 'truncated' : 'decode-failed',
      'the data set cannot be inflated',
    );
  }
}

/** dicom-parser throws strings, errors, and objects that carry data: only what kind it was is kept. */
export function refusalOf(thrown: unknown): DicomRefusal {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (/overrun|past end|'position'|'maxPosition'/.test(message)) {
    return new DicomRefusal('truncated', 'the data set ends inside an element');
  }
  return new DicomRefusal('not-dicom', 'the data set cannot be parsed');
}
