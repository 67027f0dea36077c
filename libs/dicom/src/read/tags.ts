// DICOM attributes by name (PS3.6), as dicom-parser spells their tags.

export const TAG = {
  /** (0002,0010) */
  TransferSyntaxUID: 'x00020010',
  /** (0008,0018) */
  SOPInstanceUID: 'x00080018',
  /** (0008,0060) */
  Modality: 'x00080060',
  /** (0008,0070) */
  Manufacturer: 'x00080070',
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
  /** (0028,0006) */
  PlanarConfiguration: 'x00280006',
  /** (0028,0008) */
  NumberOfFrames: 'x00280008',
  /** (0028,0010) */
  Rows: 'x00280010',
  /** (0028,0011) */
  Columns: 'x00280011',
  /** (0028,0034) */
  PixelAspectRatio: 'x00280034',
  /** (0028,0100) */
  BitsAllocated: 'x00280100',
  /** (0028,0101) */
  BitsStored: 'x00280101',
  /** (0028,0102) */
  HighBit: 'x00280102',
  /** (0028,0103) */
  PixelRepresentation: 'x00280103',
  /** (0028,0120) */
  PixelPaddingValue: 'x00280120',
  /** (0028,0121) */
  PixelPaddingRangeLimit: 'x00280121',
  /** (0028,1050) */
  WindowCenter: 'x00281050',
  /** (0028,1051) */
  WindowWidth: 'x00281051',
  /** (0028,1052) */
  RescaleIntercept: 'x00281052',
  /** (0028,1053) */
  RescaleSlope: 'x00281053',
  /** (0028,1056) */
  VOILUTFunction: 'x00281056',
  /** (0028,1101) */
  RedPaletteDescriptor: 'x00281101',
  /** (0028,1102) */
  GreenPaletteDescriptor: 'x00281102',
  /** (0028,1103) */
  BluePaletteDescriptor: 'x00281103',
  /** (0028,1201) */
  RedPaletteData: 'x00281201',
  /** (0028,1202) */
  GreenPaletteData: 'x00281202',
  /** (0028,1203) */
  BluePaletteData: 'x00281203',
  /** (0028,3000) */
  ModalityLUTSequence: 'x00283000',
  /** (0028,3002) */
  LUTDescriptor: 'x00283002',
  /** (0028,3006) */
  LUTData: 'x00283006',
  /** (0028,3010) */
  VOILUTSequence: 'x00283010',
  /** (2050,0020) */
  PresentationLUTShape: 'x20500020',
  /** (7FE0,0010) */
  PixelData: 'x7fe00010',
} as const;
