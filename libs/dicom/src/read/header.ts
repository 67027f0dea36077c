// What the data set says of its film, without a look at a pixel.
import { DicomRefusal } from '../refusal.ts';
import type { TransferSyntax } from '../codecs/transfer-syntax.ts';
import type { PaddingRange } from '../values/padding.ts';
import { type DataSet, openFile } from './data-set.ts';
import { TAG } from './tags.ts';

export const PHOTOMETRICS = [
  'MONOCHROME1',
  'MONOCHROME2',
  'PALETTE COLOR',
  'RGB',
  'YBR_FULL',
  'YBR_FULL_422',
  'YBR_ICT',
  'YBR_RCT',
] as const;
export type Photometric = (typeof PHOTOMETRICS)[number];

/** Header facts. Empty attributes are undefined. */
export interface DicomHeader {
  /** Transfer Syntax UID (0002,0010); of a file without one, the syntax it was found to be in */
  transferSyntax: string;
  /** Photometric Interpretation (0028,0004) as stored */
  photometric: Photometric;
  /** Samples per Pixel (0028,0002): 1, or 3 for colours */
  samplesPerPixel: number;
  /** Number of Frames (0028,0008), 1 where absent */
  frames: number;
  /** Rows (0028,0010) */
  rows: number;
  /** Columns (0028,0011) */
  columns: number;
  /** Bits Allocated (0028,0100) */
  bitsAllocated: number;
  /** Bits Stored (0028,0101) */
  bitsStored: number;
  /** High Bit (0028,0102) */
  highBit: number;
  /** Pixel Representation (0028,0103) = 1 */
  signed: boolean;
  /** Planar Configuration (0028,0006) = 1 */
  planar: boolean;
  /** Rescale Slope and Intercept (0028,1053), (0028,1052): modality value = slope * stored + intercept */
  rescale: { slope: number; intercept: number };
  /** a Modality LUT Sequence (0028,3000) is present */
  modalityLut: boolean;
  /** Presentation LUT Shape (2050,0020) */
  presentationShape: string | undefined;
  /** Pixel Padding Value (0028,0120) to Range Limit (0028,0121) */
  padding: PaddingRange | undefined;
  /** Pixel Aspect Ratio (0028,0034): height of a pixel divided by its width; 1 where absent */
  pixelAspect: number;
  /** an overlay plane (60xx) is present; never burnt in */
  overlay: boolean;
  /** Modality (0008,0060) */
  modality: string | undefined;
  /** Manufacturer (0008,0070) */
  manufacturer: string | undefined;
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
 * Header facts of a file, also of one whose film would be refused for its frames or its pixels. Nothing is decoded.
 * @throws DicomRefusal for what is no DICOM image, or no photometric interpretation that is read
 */
export function readHeader(bytes: Uint8Array): DicomHeader {
  const { dataSet, syntax } = openFile(bytes);
  return headerOf(dataSet, syntax);
}

export function headerOf(dataSet: DataSet, syntax: TransferSyntax): DicomHeader {
  if (!(TAG.PixelData in dataSet.elements)) {
    throw new DicomRefusal('no-pixel-data', 'Pixel Data (7FE0,0010) is missing');
  }
  const number = (name: keyof typeof TAG): number => dataSet.uint16(TAG[name]) ?? 0;
  const bitsStored = number('BitsStored');
  const samplesPerPixel = dataSet.uint16(TAG.SamplesPerPixel) ?? 1;
  const signed = number('PixelRepresentation') === 1;
  return {
    transferSyntax: syntax.uid,
    photometric: photometricOf(dataSet, samplesPerPixel),
    samplesPerPixel,
    frames: dataSet.intString(TAG.NumberOfFrames) ?? 1,
    rows: number('Rows'),
    columns: number('Columns'),
    bitsAllocated: number('BitsAllocated'),
    bitsStored,
    highBit: dataSet.uint16(TAG.HighBit) ?? bitsStored - 1,
    signed,
    planar: number('PlanarConfiguration') === 1,
    rescale: rescaleOf(dataSet),
    modalityLut: TAG.ModalityLUTSequence in dataSet.elements,
    presentationShape: text(dataSet, 'PresentationLUTShape'),
    padding: paddingOf(dataSet, signed),
    pixelAspect: aspectOf(dataSet),
    overlay: Object.keys(dataSet.elements).some((tag) => /^x60[0-9a-f]{2}(0010|3000)$/.test(tag)),
    ...description(dataSet),
  };
}

function photometricOf(dataSet: DataSet, samplesPerPixel: number): Photometric {
  const written = text(dataSet, 'PhotometricInterpretation');
  const photometric = PHOTOMETRICS.find((one) => one === written);
  const samples = /^(RGB|YBR)/.test(photometric ?? '') ? 3 : 1;
  if (photometric && samples === samplesPerPixel) return photometric;
  throw new DicomRefusal(
    'unsupported-photometric',
    `Photometric Interpretation (0028,0004) is ${photometric ?? (written ? 'another' : 'missing')} ` +
      `with ${samplesPerPixel} samples per pixel`,
  );
}

function rescaleOf(dataSet: DataSet): DicomHeader['rescale'] {
  const slope = dataSet.floatString(TAG.RescaleSlope) ?? 1;
  const intercept = dataSet.floatString(TAG.RescaleIntercept) ?? 0;
  return {
    slope: Number.isFinite(slope) && slope !== 0 ? slope : 1,
    intercept: Number.isFinite(intercept) ? intercept : 0,
  };
}

function paddingOf(dataSet: DataSet, signed: boolean): PaddingRange | undefined {
  const word = (tag: string): number | undefined => (signed ? dataSet.int16(tag) : dataSet.uint16(tag));
  const value = word(TAG.PixelPaddingValue);
  if (value === undefined) return undefined;
  const limit = word(TAG.PixelPaddingRangeLimit) ?? value;
  return { from: Math.min(value, limit), to: Math.max(value, limit) };
}

function aspectOf(dataSet: DataSet): number {
  const [vertical, horizontal] = [0, 1].map((i) => dataSet.intString(TAG.PixelAspectRatio, i) ?? 1) as [
    number,
    number,
  ];
  const aspect = vertical / horizontal;
  return Number.isFinite(aspect) && aspect > 0 ? aspect : 1;
}

function description(dataSet: DataSet) {
  return {
    modality: text(dataSet, 'Modality'),
    manufacturer: text(dataSet, 'Manufacturer'),
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
