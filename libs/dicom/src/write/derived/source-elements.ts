// The data elements of a file that exists, as explicit VR little endian: moved byte by byte where the file is that already
// (every compressed one is), else with new headers and swapped words. No text is decoded, so no character set is lost; a
// library that reads and writes again (dcmjs) turns every text to UTF-8 and refuses files of several character sets.
import dcmjs from 'dcmjs';
import type { Element } from 'dicom-parser';
import type { TransferSyntax } from '../../codecs/transfer-syntax.ts';
import type { DataSet } from '../../read/data-set.ts';
import { DicomRefusal } from '../../refusal.ts';
import { element, type ElementBytes, headerLength, sequenceElement } from './element-bytes.ts';

const PIXEL_DATA = 'x7fe00010';

/** How the elements of a data set lie in its bytes. */
export interface SourceCoding {
  readonly syntax: Pick<TransferSyntax, 'explicit' | 'bigEndian'>;
  /** Pixel Representation (0028,0103) = 1: what US or SS means */
  readonly signed: boolean;
}

/**
 * Every element but group lengths and Pixel Data, in order of tags.
 * @throws DicomRefusal bad-geometry when the elements do not lie one after the other
 */
export function sourceElements(dataSet: DataSet, coding: SourceCoding): ElementBytes[] {
  const kept = elementsOf(dataSet).filter(({ tag }) => !tag.endsWith('0000') && tag !== PIXEL_DATA);
  if (!coding.syntax.explicit || coding.syntax.bigEndian)
    return kept.map((one) => rewritten(one, dataSet, coding));
  requireContiguous(elementsOf(dataSet), dataSet);
  return kept.map((one) => ({ tag: one.tag, bytes: verbatim(one, dataSet) }));
}

/** The items of a sequence; none where it is absent. */
export function sourceItems(dataSet: DataSet, tag: string, coding: SourceCoding): ElementBytes[][] {
  return itemsOf(dataSet.elements[tag]?.items ?? [], coding);
}

function elementsOf({ elements }: DataSet): Element[] {
  return Object.values(elements).sort((a, b) => (a.tag < b.tag ? -1 : 1));
}

const startOf = ({ dataOffset, vr }: Element): number => dataOffset - headerLength(vr ?? 'UN');

/** Behind the value; the length of a sequence that was of undefined length leaves its delimiter out. */
function endOf({ dataOffset, length, hadUndefinedLength }: Element, { byteArray }: DataSet): number {
  const end = dataOffset + length;
  const delimited = hadUndefinedLength === true && DELIMITER.every((byte, i) => byteArray[end + i] === byte);
  return delimited ? end + DELIMITER.length : end;
}

/** Sequence Delimitation Item (FFFE,E0DD), of length 0 */
const DELIMITER = [0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0];

function verbatim(one: Element, dataSet: DataSet): Uint8Array {
  return new Uint8Array(dataSet.byteArray.subarray(startOf(one), endOf(one, dataSet)));
}

/** What was misread cannot be moved: a gap or an overlap would break everything behind it. */
function requireContiguous(elements: readonly Element[], dataSet: DataSet): void {
  for (const [i, one] of elements.entries()) {
    const next = elements[i + 1];
    const end = endOf(one, dataSet);
    // Pixel Data ends where its last fragment does
    if (one.tag === PIXEL_DATA || (next ? startOf(next) === end : end <= dataSet.byteArray.length)) continue;
    throw new DicomRefusal('bad-geometry', `the data set has a gap behind ${one.tag}`);
  }
}

function rewritten(one: Element, { byteArray }: DataSet, coding: SourceCoding): ElementBytes {
  const { tag, items, dataOffset, length } = one;
  const vr = one.vr ?? vrOf(tag, coding.signed);
  if (items) return sequenceElement(tag, itemsOf(items, coding));
  const value = new Uint8Array(byteArray.subarray(dataOffset, dataOffset + length));
  return element(tag, vr, coding.syntax.bigEndian ? swapped(value, WORD[vr] ?? 1) : value);
}

const itemsOf = (items: readonly Element[], coding: SourceCoding): ElementBytes[][] =>
  items.flatMap(({ dataSet }) => (dataSet ? [sourceElements(dataSet, coding)] : []));

/** Bytes of one word that big endian turns round. */
const WORD: Readonly<Record<string, number>> = Object.fromEntries([
  ...['US', 'SS', 'OW', 'AT'].map((vr) => [vr, 2] as const),
  ...['UL', 'SL', 'FL', 'OF', 'OL'].map((vr) => [vr, 4] as const),
  ...['FD', 'OD', 'OV', 'SV', 'UV'].map((vr) => [vr, 8] as const),
]);

function swapped(value: Uint8Array, word: number): Uint8Array {
  if (word === 1) return value;
  for (let at = 0; at + word <= value.length; at += word) value.subarray(at, at + word).reverse();
  return value;
}

const VALUE_REPRESENTATION = /^[A-Z]{2}$/;

/** From the data dictionary (PS3.6); private elements of an implicit file have none: UN (PS3.5 section 6.2.2). */
function vrOf(tag: string, signed: boolean): string {
  const [group, number] = [tag.slice(1, 5).toUpperCase(), tag.slice(5).toUpperCase()];
  if (parseInt(group, 16) % 2 === 1) return /^00[1-9A-F]/.test(number) ? 'LO' : 'UN';
  const known = dcmjs.data.DicomMetaDictionary.dictionary[`(${group},${number})`]?.vr;
  if (known === undefined) return 'UN';
  if (VALUE_REPRESENTATION.test(known)) return known;
  return known === 'xs' ? (signed ? 'SS' : 'US') : 'OW';
}
