// The only file that knows dicom-parser. A file comes out as stored integers with bone white, or is refused by code.
import { type GrayImage, invertPolarity, range } from '@sidemark/core/imaging';
import dicomParser, { type DataSet } from 'dicom-parser';
import { type PixelLayout, requireLayout, storedValues } from './pixel-words.ts';
import { DicomRefusal } from './refusal.ts';
import { TAG } from './tags.ts';
import { type TransferSyntax, TRANSFER_SYNTAXES } from './transfer-syntax.ts';

/** A radiograph in its stored values, bone white, and what the header says of it. Empty attributes are undefined. */
export interface DicomImage extends GrayImage {
  /** Transfer Syntax UID (0002,0010) */
  transferSyntax: string;
  /** Photometric Interpretation (0028,0004) as stored; `inverted` says what was done about it */
  photometric: 'MONOCHROME1' | 'MONOCHROME2';
  /** true when black and white were exchanged to make bone white */
  inverted: boolean;
  /** Bits Allocated (0028,0100) */
  bitsAllocated: number;
  /** High Bit (0028,0102) */
  highBit: number;
  /** Rescale Slope and Intercept (0028,1053), (0028,1052) of the stored values before inversion; not applied */
  rescale: { slope: number; intercept: number };
  /** a Modality LUT Sequence (0028,3000) is present; not applied */
  modalityLut: boolean;
  /** Overlay Data (6000,3000) is present; never burnt in */
  overlay: boolean;
  /** Modality (0008,0060) */
  modality: string | undefined;
  /** Body Part Examined (0018,0015) */
  bodyPart: string | undefined;
  /** View Position (0018,5101) */
  viewPosition: string | undefined;
  /** Image Laterality (0020,0062) */
  laterality: string | undefined;
  /** Patient Orientation (0020,0020): direction of rows, direction of columns */
  patientOrientation: string[];
  /** Patient's Sex (0010,0040) */
  sex: string | undefined;
  /** Patient's Age (0010,1010), e.g. 054Y */
  age: string | undefined;
  /** identifiers stay in the hospital: SOP Instance (0008,0018), Study Instance (0020,000D), Patient (0010,0020) */
  ids: {
    sopInstanceUid: string | undefined;
    studyInstanceUid: string | undefined;
    patientId: string | undefined;
  };
}

/**
 * Reads one single-frame grey radiograph.
 * @param bytes a DICOM Part 10 file
 * @throws DicomRefusal for everything that is not that; no other error leaves here
 */
export function readDicom(bytes: Uint8Array): DicomImage {
  const syntax = requireSyntax(bytes);
  const dataSet = parse(bytes);
  const photometric = requirePhotometric(dataSet);
  const layout = readLayout(dataSet);
  const stored = storedValues(pixelWords(dataSet, syntax, layout), layout);
  const { min, max } = range(stored.pixels);
  if (min === max) throw new DicomRefusal('constant-image', `every stored value is ${min}`);
  const rescale = readRescale(dataSet);
  // both say "low is white" of the modality output (PS3.3 C.7.6.3.1.2, C.8.11.3.1.6); a negative slope says it once more
  const lowIsWhite = photometric === 'MONOCHROME1' || text(dataSet, 'PresentationLUTShape') === 'INVERSE';
  const inverted = lowIsWhite !== rescale.slope < 0;
  return {
    ...(inverted ? invertPolarity(stored) : stored),
    transferSyntax: syntax.uid,
    photometric,
    inverted,
    bitsAllocated: layout.bitsAllocated,
    highBit: layout.highBit,
    rescale,
    modalityLut: TAG.ModalityLUTSequence in dataSet.elements,
    overlay: TAG.OverlayData in dataSet.elements,
    ...description(dataSet),
  };
}

function requireSyntax(bytes: Uint8Array): TransferSyntax {
  if (String.fromCharCode(...bytes.subarray(128, 132)) !== 'DICM') {
    throw new DicomRefusal('not-dicom', 'no DICM prefix at byte 128');
  }
  let uid: string | undefined;
  try {
    uid = text(dicomParser.readPart10Header(bytes), 'TransferSyntaxUID');
  } catch (cause) {
    throw refusalOf(cause);
  }
  const syntax = TRANSFER_SYNTAXES.get(uid ?? '');
  if (syntax) return syntax;
  throw new DicomRefusal(
    'unsupported-transfer-syntax',
    `Transfer Syntax UID (0002,0010) is ${uid ?? 'missing'}`,
  );
}

function parse(bytes: Uint8Array): DataSet {
  try {
    return dicomParser.parseDicom(bytes);
  } catch (cause) {
    throw refusalOf(cause);
  }
}

/** dicom-parser throws strings, and objects that carry the data set read so far: only the sentence is kept. */
function refusalOf(thrown: unknown): DicomRefusal {
  const inner =
    typeof thrown === 'object' && thrown !== null && 'exception' in thrown ? thrown.exception : thrown;
  const message = inner instanceof Error ? inner.message : String(inner);
  if (/overrun|past end|'position'|'maxPosition'/.test(message)) {
    return new DicomRefusal('truncated', 'the data set ends inside an element');
  }
  if (message.includes('0002,0010')) {
    return new DicomRefusal('unsupported-transfer-syntax', 'Transfer Syntax UID (0002,0010) is missing');
  }
  return new DicomRefusal('not-dicom', 'the data set cannot be parsed');
}

function requirePhotometric(dataSet: DataSet): 'MONOCHROME1' | 'MONOCHROME2' {
  if (!(TAG.PixelData in dataSet.elements)) {
    throw new DicomRefusal('no-pixel-data', 'Pixel Data (7FE0,0010) is missing');
  }
  const frames = dataSet.intString(TAG.NumberOfFrames) ?? 1;
  if (frames > 1) throw new DicomRefusal('multi-frame', `Number of Frames (0028,0008) is ${frames}`);
  const samples = dataSet.uint16(TAG.SamplesPerPixel) ?? 1;
  const photometric = text(dataSet, 'PhotometricInterpretation');
  if (samples === 1 && (photometric === 'MONOCHROME1' || photometric === 'MONOCHROME2')) return photometric;
  throw new DicomRefusal(
    'unsupported-photometric',
    `Photometric Interpretation (0028,0004) is ${photometric ?? 'missing'} with ${samples} samples per pixel`,
  );
}

function readLayout(dataSet: DataSet): PixelLayout {
  const number = (name: keyof typeof TAG): number => dataSet.uint16(TAG[name]) ?? 0;
  const bitsStored = number('BitsStored');
  const layout = {
    width: number('Columns'),
    height: number('Rows'),
    bitsAllocated: number('BitsAllocated'),
    bitsStored,
    highBit: dataSet.uint16(TAG.HighBit) ?? bitsStored - 1,
    signed: number('PixelRepresentation') === 1,
  };
  requireLayout(layout);
  return layout;
}

function pixelWords(dataSet: DataSet, syntax: TransferSyntax, layout: PixelLayout): Uint8Array {
  const element = dataSet.elements[TAG.PixelData]!;
  const bytes = dataSet.byteArray.subarray(element.dataOffset, element.dataOffset + element.length);
  return syntax.decode(bytes, { bitsAllocated: layout.bitsAllocated, vr: element.vr });
}

function readRescale(dataSet: DataSet): { slope: number; intercept: number } {
  const slope = dataSet.floatString(TAG.RescaleSlope) ?? 1;
  const intercept = dataSet.floatString(TAG.RescaleIntercept) ?? 0;
  return { slope: Number.isFinite(slope) ? slope : 1, intercept: Number.isFinite(intercept) ? intercept : 0 };
}

function description(dataSet: DataSet) {
  return {
    modality: text(dataSet, 'Modality'),
    bodyPart: text(dataSet, 'BodyPartExamined'),
    viewPosition: text(dataSet, 'ViewPosition'),
    laterality: text(dataSet, 'ImageLaterality'),
    patientOrientation: text(dataSet, 'PatientOrientation')?.split('\\') ?? [],
    sex: text(dataSet, 'PatientSex'),
    age: text(dataSet, 'PatientAge'),
    ids: {
      sopInstanceUid: text(dataSet, 'SOPInstanceUID'),
      studyInstanceUid: text(dataSet, 'StudyInstanceUID'),
      patientId: text(dataSet, 'PatientID'),
    },
  };
}

function text(dataSet: DataSet, name: keyof typeof TAG): string | undefined {
  return dataSet.string(TAG[name])?.trim() || undefined;
}
