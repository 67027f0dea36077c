export { TRANSFER_SYNTAXES } from './codecs/transfer-syntax.ts';
export { type DicomHeader, type Photometric, readHeader } from './read/header.ts';
export { looksLikeDicom } from './read/locate.ts';
export { type DicomImage, readDicom } from './read/read-dicom.ts';
export { DICOM_REFUSAL_CODES, DicomRefusal, type DicomRefusalCode } from './refusal.ts';
export { displayed, modalityValues } from './values/display.ts';
export { MAX_PIXELS } from './values/pixel-layout.ts';
export { paddingMask } from './values/padding.ts';
export { type StoredValues, storedBytes } from './values/stored-values.ts';
export { type Voi, voiValue } from './values/voi.ts';
export { type DicomMeta, uidOf, writeDicom } from './write/write-dicom.ts';
export {
  type Derivation,
  type DerivationProblem,
  DerivationRefusal,
  type DerivedFilm,
  storedPixels,
  writeDerived,
} from './write/write-derived.ts';
