export { type DicomImage, readDicom } from './read-dicom.ts';
export { DICOM_REFUSAL_CODES, DicomRefusal, type DicomRefusalCode } from './refusal.ts';
export { TRANSFER_SYNTAXES } from './transfer-syntax.ts';
export { type DicomMeta, uidOf, writeDicom } from './write-dicom.ts';
