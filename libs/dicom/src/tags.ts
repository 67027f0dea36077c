// DICOM attributes by name (PS3.6), as dicom-parser spells their tags.

export const TAG = {
  /** (0002,0010) */
  TransferSyntaxUID: 'x00020010',
  /** (0008,0018) */
  SOPInstanceUID: 'x00080018',
  /** (0008,0060) */
  Modality: 'x00080060',
  /** (0010,0020) */
  PatientID: 'x00100020',
  /** (0010,0040) */
  PatientSex: 'x00100040',
  /** (0010,1010) */
  PatientAge: 'x00101010',
  /** (0018,0015) */
  BodyPartExamined: 'x00180015',
  /** (0018,5101) */
  ViewPosition: 'x00185101',
  /** (0020,000D) */
  StudyInstanceUID: 'x0020000d',
  /** (0020,0020) */
  PatientOrientation: 'x00200020',
  /** (0020,0062) */
  ImageLaterality: 'x00200062',
  /** (0028,0002) */
  SamplesPerPixel: 'x00280002',
  /** (0028,0004) */
  PhotometricInterpretation: 'x00280004',
  /** (0028,0008) */
  NumberOfFrames: 'x00280008',
  /** (0028,0010) */
  Rows: 'x00280010',
  /** (0028,0011) */
  Columns: 'x00280011',
  /** (0028,0100) */
  BitsAllocated: 'x00280100',
  /** (0028,0101) */
  BitsStored: 'x00280101',
  /** (0028,0102) */
  HighBit: 'x00280102',
  /** (0028,0103) */
  PixelRepresentation: 'x00280103',
  /** (0028,1052) */
  RescaleIntercept: 'x00281052',
  /** (0028,1053) */
  RescaleSlope: 'x00281053',
  /** (0028,3000) */
  ModalityLUTSequence: 'x00283000',
  /** (2050,0020) */
  PresentationLUTShape: 'x20500020',
  /** (6000,3000) */
  OverlayData: 'x60003000',
  /** (7FE0,0010) */
  PixelData: 'x7fe00010',
} as const;
