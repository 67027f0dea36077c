// The only file that knows dcmjs. Writes synthetic or derived films as DX objects; same arguments, same bytes.
import { createHash } from 'node:crypto';
import { type GrayImage, invertPolarity } from '@sidemark/core/imaging';
import dcmjs from 'dcmjs';

// its console lines can carry header values
dcmjs.log.setLevel('silent');

/** Digital X-Ray Image Storage - For Presentation (PS3.4 annex B.5). */
const DX_FOR_PRESENTATION = '1.2.840.10008.5.1.4.1.1.1.1';
const EXPLICIT_LITTLE_ENDIAN = '1.2.840.10008.1.2.1';
/** PS3.5 annex B.2: 2.25. and a 128-bit number. */
const IMPLEMENTATION_UID = uidOf('sidemark implementation');

export interface DicomMeta {
  /** all UIDs derive from it: one uidSeed per image */
  uidSeed: string;
  /** images with one studySeed share a study; default uidSeed */
  studySeed?: string;
  /** Patient ID (0010,0020), at most 64 characters */
  patientId: string;
  /** Patient's Sex (0010,0040); default O */
  sex?: 'F' | 'M' | 'O';
  /** whole years, 0..999 */
  ageYears?: number;
  /** View Position (0018,5101), e.g. PA, AP, LL */
  viewPosition?: string;
  /** Patient Orientation (0020,0020): where rows and columns run to; default L, F */
  patientOrientation?: readonly [string, string];
  /** Image Laterality (0020,0062); default U */
  laterality?: 'L' | 'R' | 'U' | 'B';
  /** Study Date (0008,0020) as YYYYMMDD; default empty */
  studyDate?: string;
  /** Institution Name (0008,0080) */
  institution?: string;
  /** MONOCHROME1 stores the film inverted, as some detectors do; default MONOCHROME2 */
  photometric?: 'MONOCHROME1' | 'MONOCHROME2';
}

/**
 * One explicit VR little endian DX object.
 * @param image bone white; 1..16 bits stored
 * @returns a Part 10 file that `readDicom` reads back to the same pixels
 * @throws RangeError when the film has more than 16 bits
 */
export function writeDicom({ image, meta }: { image: GrayImage; meta: DicomMeta }): Uint8Array {
  if (image.bitsStored > 16)
    throw new RangeError(`invalid bitsStored; at most 16 can be written: ${image.bitsStored}`);
  const { data } = dcmjs;
  const file = new data.DicomDict(
    data.DicomMetaDictionary.denaturalizeDataset({
      FileMetaInformationVersion: Uint8Array.of(0, 1).buffer,
      MediaStorageSOPClassUID: DX_FOR_PRESENTATION,
      MediaStorageSOPInstanceUID: uidOf(`instance ${meta.uidSeed}`),
      TransferSyntaxUID: EXPLICIT_LITTLE_ENDIAN,
      ImplementationClassUID: IMPLEMENTATION_UID,
    }),
  );
  file.dict = data.DicomMetaDictionary.denaturalizeDataset({ ...header(meta), ...pixelModule(image, meta) });
  return new Uint8Array(file.write());
}

/** A UID from a text: 2.25. and the first 128 bits of its SHA-256, in decimal. */
export function uidOf(seed: string): string {
  return `2.25.${BigInt(`0x${createHash('sha256').update(seed).digest('hex').slice(0, 32)}`)}`;
}

function header(meta: DicomMeta): Record<string, unknown> {
  const study = meta.studySeed ?? meta.uidSeed;
  return {
    ImageType: ['ORIGINAL', 'PRIMARY'],
    SOPClassUID: DX_FOR_PRESENTATION,
    SOPInstanceUID: uidOf(`instance ${meta.uidSeed}`),
    StudyDate: meta.studyDate ?? '',
    StudyTime: '',
    AccessionNumber: '',
    Modality: 'DX',
    Manufacturer: 'Sidemark phantom',
    InstitutionName: meta.institution ?? '',
    ReferringPhysicianName: '',
    PresentationIntentType: 'FOR PRESENTATION',
    PatientName: meta.patientId,
    PatientID: meta.patientId,
    PatientBirthDate: '',
    PatientSex: meta.sex ?? 'O',
    ...(meta.ageYears === undefined ? {} : { PatientAge: `${String(meta.ageYears).padStart(3, '0')}Y` }),
    BodyPartExamined: 'CHEST',
    ViewPosition: meta.viewPosition ?? '',
    StudyInstanceUID: uidOf(`study ${study}`),
    SeriesInstanceUID: uidOf(`series ${study}`),
    StudyID: '',
    SeriesNumber: '1',
    InstanceNumber: '1',
    // viewer's right is the patient's left, downwards is towards the feet
    PatientOrientation: [...(meta.patientOrientation ?? ['L', 'F'])],
    ImageLaterality: meta.laterality ?? 'U',
    BurnedInAnnotation: 'NO',
  };
}

function pixelModule(image: GrayImage, meta: DicomMeta): Record<string, unknown> {
  const photometric = meta.photometric ?? 'MONOCHROME2';
  const inverse = photometric === 'MONOCHROME1';
  const bitsAllocated = image.bitsStored > 8 ? 16 : 8;
  return {
    SamplesPerPixel: 1,
    PhotometricInterpretation: photometric,
    Rows: image.height,
    Columns: image.width,
    BitsAllocated: bitsAllocated,
    BitsStored: image.bitsStored,
    HighBit: image.bitsStored - 1,
    PixelRepresentation: image.signed ? 1 : 0,
    RescaleIntercept: '0',
    RescaleSlope: '1',
    RescaleType: 'US',
    PresentationLUTShape: inverse ? 'INVERSE' : 'IDENTITY',
    LossyImageCompression: '00',
    PixelData: [words(inverse ? invertPolarity(image) : image, bitsAllocated)],
    _vrMap: { PixelData: bitsAllocated === 8 ? 'OB' : 'OW' },
  };
}

function words({ pixels, bitsStored }: GrayImage, bitsAllocated: number): ArrayBuffer {
  const mask = 2 ** bitsStored - 1;
  const bytes = bitsAllocated / 8;
  // Pixel Data has an even length (PS3.5 section 8.1.1)
  const buffer = new ArrayBuffer(Math.ceil((pixels.length * bytes) / 2) * 2);
  const view = new DataView(buffer);
  for (let i = 0; i < pixels.length; i++) {
    if (bytes === 2) view.setUint16(2 * i, pixels[i]! & mask, true);
    else view.setUint8(i, pixels[i]! & mask);
  }
  return buffer;
}
