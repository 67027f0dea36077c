// A film that was changed, as a DICOM object derived from its source (PS3.3 C.7.6.1.1.2 and C.12.4): the source's elements
// as they are, private ones and character set included, the new pixels uncompressed at the source's bit depth, and new UIDs.
import { createHash } from 'node:crypto';
import { copyPixels, type GrayImage, range, type StoredPixels } from '@sidemark/core/imaging';
import type { StoredValues } from '../values/stored-values.ts';
import { type DataSet, openFile } from '../read/data-set.ts';
import { fileMeta } from './derived/file-meta.ts';
import {
  ascii,
  type Code,
  codeElement,
  codeItem,
  concat,
  element,
  type ElementBytes,
  inOrder,
  sequenceElement,
  textElement,
} from './derived/element-bytes.ts';
import { type SourceCoding, sourceElements, sourceItems } from './derived/source-elements.ts';
import { type DicomImage, readDicom } from '../read/read-dicom.ts';
import { uidOf } from './write-dicom.ts';

/** What was done to a film, for its header. Texts are of ASCII. */
export interface Derivation {
  /** everything that decides the new pixels besides the source: models, arm, settings */
  readonly recipe: string;
  /** Derivation Description (0008,2111), behind one that is there already */
  readonly description: string;
  /** Derivation Code Sequence (0008,9215), behind those that are there already */
  readonly code: Code;
  /** added to Series Description (0008,103E) */
  readonly series: string;
  /** Contributing Equipment Sequence (0018,A001): Software Versions (0018,1020) */
  readonly software: readonly string[];
  /** Burned In Annotation (0028,0301) becomes NO, unless the source says YES: a name may be burnt in that nobody looked for */
  readonly nothingBurnedIn: boolean;
}

/** Why there is no way back from a film to the stored values of its file. */
export type DerivationProblem = 'colour' | 'overlay-bits' | 'no-way-back';

export class DerivationRefusal extends Error {
  constructor(readonly problem: DerivationProblem) {
    super(`no derived DICOM object: ${problem}`);
    this.name = 'DerivationRefusal';
  }
}

export interface DerivedFilm {
  /** of the source, a Part 10 file */
  readonly bytes: Uint8Array;
  /** as `readDicom` gave it from these bytes */
  readonly image: DicomImage;
  /** what became of the image: same size, bone white */
  readonly film: GrayImage;
}

/**
 * The stored values of what became of a film. A pixel that did not change has the source's, bit for bit.
 * @throws DerivationRefusal no-way-back for a changed pixel behind a Modality LUT
 */
export function storedPixels({ image, film }: Omit<DerivedFilm, 'bytes'>): StoredPixels {
  const { samples } = image.stored;
  const pixels = copyPixels(samples);
  const sum = film.maxValue + film.minValue;
  for (let i = 0; i < pixels.length; i++) {
    const value = film.pixels[i]!;
    if (value === image.pixels[i]) continue;
    if (image.modalityLut) throw new DerivationRefusal('no-way-back');
    pixels[i] = image.inverted ? sum - value : value;
  }
  return pixels;
}

/**
 * A derived object, explicit VR little endian. Same source, film and derivation, same bytes.
 * UIDs are made of the source's, the recipe and the new pixels, so that no two pictures share one.
 * @throws DerivationRefusal where what is written would not read back to `film`
 * @throws DicomRefusal when the source cannot be taken apart
 */
export async function writeDerived(derived: DerivedFilm, derivation: Derivation): Promise<Uint8Array> {
  const { bytes, image, film } = derived;
  const { dataSet, syntax } = openFile(bytes, 'end');
  requireDerivable(dataSet, image);
  const stored = storedPixels(derived);
  const pixels = pixelData(stored, image.stored.bitsAllocated);
  const uids = newUids(dataSet, derived, derivation, pixels.bytes);
  const coding = { syntax, signed: image.stored.signed };
  const changes = [
    ...identity(dataSet, uids),
    ...history(dataSet, coding, derivation),
    ...pixelFacts(dataSet, image.stored, stored),
    ...(syntax.lossy && !(TAG.lossy in dataSet.elements) ? [textElement(TAG.lossy, 'CS', '01')] : []),
    ...annotation(dataSet, derivation),
    pixels,
  ];
  const left = new Set([...changes.map(({ tag }) => tag), ...OUTDATED]);
  const kept = sourceElements(dataSet, coding).filter(({ tag }) => !left.has(tag));
  const elements = inOrder([...kept, ...changes]);
  const written = concat([
    fileMeta(dataSet.string(TAG.sopClass) ?? '', uids.instance),
    ...elements.map((one) => one.bytes),
  ]);
  await requireReadsBack(written, film);
  return written;
}

const TAG = {
  imageType: 'x00080008',
  sopClass: 'x00080016',
  sopInstance: 'x00080018',
  seriesDescription: 'x0008103e',
  derivationDescription: 'x00082111',
  sourceImages: 'x00082112',
  derivationCodes: 'x00089215',
  contributingEquipment: 'x0018a001',
  seriesInstance: 'x0020000e',
  highBit: 'x00280102',
  smallestValue: 'x00280106',
  largestValue: 'x00280107',
  burnedIn: 'x00280301',
  lossy: 'x00282110',
} as const;

/** True of the source alone: instance creation, series extremes, the icon (it shows the marker), signatures, offset tables, padding. */
const OUTDATED = [
  ...['x00080012', 'x00080013', 'x00080014', 'x00280108', 'x00280109', 'x00880200'],
  ...['x4ffe0001', 'xfffafffa', 'x7fe00001', 'x7fe00002', 'x7fe00003', 'xfffcfffc'],
];

/** CID 7202: the source of what was computed. CID 7005: who changed it. */
const SOURCE_IMAGE: Code = {
  value: '121322',
  scheme: 'DCM',
  meaning: 'Source image for image processing operation',
};
const MODIFYING: Code = { value: '109103', scheme: 'DCM', meaning: 'Modifying Equipment' };
const PURPOSE = 'x0040a170';

function requireDerivable({ elements }: DataSet, { source }: DicomImage): void {
  if (source !== 'gray') throw new DerivationRefusal('colour');
  // an overlay without data of its own lies in the pixel words, above the stored bits (retired)
  const inPixels = Object.keys(elements).some((tag) => {
    const plane = /^x(60[0-9a-f]{2})0010$/.exec(tag)?.[1];
    return plane !== undefined && !(`x${plane}3000` in elements);
  });
  if (inPixels) throw new DerivationRefusal('overlay-bits');
}

interface NewUids {
  readonly instance: string;
  readonly series: string;
}

function newUids(
  dataSet: DataSet,
  { bytes }: DerivedFilm,
  { recipe }: Derivation,
  pixels: Uint8Array,
): NewUids {
  const digest = (of: Uint8Array): string => createHash('sha256').update(of).digest('hex');
  const source = dataSet.string(TAG.sopInstance) ?? digest(bytes);
  const series = dataSet.string(TAG.seriesInstance) ?? source;
  return {
    instance: uidOf(`derived instance ${source} ${recipe} ${digest(pixels)}`),
    series: uidOf(`derived series ${series} ${recipe}`),
  };
}

function identity(dataSet: DataSet, { instance, series }: NewUids): ElementBytes[] {
  const [, ...rest] = (dataSet.string(TAG.imageType) ?? 'ORIGINAL\\PRIMARY').split('\\');
  const source = [
    textElement('x00081150', 'UI', dataSet.string(TAG.sopClass) ?? ''),
    textElement('x00081155', 'UI', dataSet.string(TAG.sopInstance) ?? ''),
    codeElement(PURPOSE, SOURCE_IMAGE),
  ];
  return [
    textElement(TAG.imageType, 'CS', ['DERIVED', ...(rest.length > 0 ? rest : ['PRIMARY'])].join('\\')),
    textElement(TAG.sopInstance, 'UI', instance),
    textElement(TAG.seriesInstance, 'UI', series),
    sequenceElement(TAG.sourceImages, [source]),
  ];
}

/** Earlier steps of derivation stay, ours comes last (PS3.3 C.7.6.1.1.3). */
function history(dataSet: DataSet, coding: SourceCoding, derivation: Derivation): ElementBytes[] {
  const { description, code, series, software } = derivation;
  const equipment = [
    textElement('x00080070', 'LO', 'Sidemark'),
    textElement('x00181020', 'LO', software.join('\\')),
    textElement('x0018a003', 'ST', description),
    codeElement(PURPOSE, MODIFYING),
  ];
  const before = (tag: string): ElementBytes[][] => sourceItems(dataSet, tag, coding);
  return [
    appended(dataSet, TAG.derivationDescription, 'ST', description, 1024),
    appended(dataSet, TAG.seriesDescription, 'LO', series, 64),
    sequenceElement(TAG.derivationCodes, [...before(TAG.derivationCodes), codeItem(code)]),
    sequenceElement(TAG.contributingEquipment, [...before(TAG.contributingEquipment), equipment]),
  ];
}

/** Ours behind the source's bytes, in whatever character set they are; ours alone where both are too long. */
function appended(dataSet: DataSet, tag: string, vr: string, text: string, most: number): ElementBytes {
  const found = dataSet.elements[tag];
  const before = found
    ? dataSet.byteArray.subarray(found.dataOffset, found.dataOffset + found.length)
    : new Uint8Array();
  let end = before.length;
  while (end > 0 && (before[end - 1] === 0x20 || before[end - 1] === 0)) end--;
  const ours = ascii(text);
  const joined = concat(end > 0 ? [before.subarray(0, end), ascii('; '), ours] : [ours]);
  return element(tag, vr, joined.length <= most ? joined : ours);
}

function pixelFacts(
  dataSet: DataSet,
  { bitsStored, signed }: StoredValues,
  pixels: StoredPixels,
): ElementBytes[] {
  const { min, max } = range(pixels);
  const word = (tag: string, vr: string, value: number): ElementBytes =>
    element(tag, vr, Uint8Array.of(value & 0xff, (value >> 8) & 0xff));
  const extremes = [
    { tag: TAG.smallestValue, value: min },
    { tag: TAG.largestValue, value: max },
  ].filter(({ tag }) => tag in dataSet.elements);
  return [
    word(TAG.highBit, 'US', bitsStored - 1),
    ...extremes.map(({ tag, value }) => word(tag, signed ? 'SS' : 'US', value)),
  ];
}

function annotation(dataSet: DataSet, { nothingBurnedIn }: Derivation): ElementBytes[] {
  const said = dataSet.string(TAG.burnedIn)?.trim();
  return nothingBurnedIn && said !== 'YES' ? [textElement(TAG.burnedIn, 'CS', 'NO')] : [];
}

/** Words of Bits Allocated, signed ones with their sign in the unused bits. */
function pixelData(pixels: StoredPixels, bitsAllocated: number): ElementBytes {
  const wide = bitsAllocated === 16;
  const words = new Uint8Array(pixels.length * (wide ? 2 : 1));
  if (wide)
    for (let i = 0, at = 0; i < pixels.length; i++) {
      const value = pixels[i]!;
      words[at++] = value & 0xff;
      words[at++] = (value >> 8) & 0xff;
    }
  else words.set(pixels);
  return element('x7fe00010', wide ? 'OW' : 'OB', words);
}

async function requireReadsBack(written: Uint8Array, film: GrayImage): Promise<void> {
  const read = await readDicom(written);
  const same =
    read.width === film.width &&
    read.height === film.height &&
    Buffer.compare(bytesOf(read.pixels), bytesOf(film.pixels)) === 0;
  if (!same) throw new DerivationRefusal('no-way-back');
}

const bytesOf = ({ buffer, byteOffset, byteLength }: StoredPixels): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
