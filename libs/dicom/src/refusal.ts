// Why a file is not read. Every code has a remedy that a radiology department can act on; none holds patient data.

const REMEDIES = {
  'not-dicom': 'give a DICOM file: Part 10, or a data set that begins with group 0008',
  'unsupported-transfer-syntax': 'have the archive send explicit VR little endian, or transcode the file',
  'no-pixel-data':
    'leave out objects without Pixel Data (7FE0,0010), such as reports and presentation states',
  'multi-frame': 'give single-frame radiographs; split cine or tomosynthesis objects first',
  'unsupported-photometric': 'give MONOCHROME1, MONOCHROME2, PALETTE COLOR, RGB or YBR images',
  truncated: 'fetch the file again; it ends before its own lengths say it should',
  'decode-failed': 'fetch the file again, or have the archive transcode it; its compressed image is damaged',
  'constant-image': 'check the export; every pixel has the same value, as after a failed decompression',
  'bad-geometry': 'check Rows, Columns and the bit fields (0028,0010..0103) at the source system',
  'bad-lookup-table': 'check the lookup tables (0028,3000) or (0028,1101..1203) at the source system',
} as const;

export type DicomRefusalCode = keyof typeof REMEDIES;
export const DICOM_REFUSAL_CODES = Object.keys(REMEDIES) as readonly DicomRefusalCode[];

/** A file that is skipped and counted by `code`; the rest of the work goes on. */
export class DicomRefusal extends Error {
  /** what the site can do about it, one sentence */
  readonly remedy: string;

  constructor(
    readonly code: DicomRefusalCode,
    /** what is wrong, in numbers and attribute names; no value that could be a patient's */
    readonly detail: string,
    options?: { cause?: unknown },
  ) {
    super(`${code}: ${detail}`, options);
    this.name = 'DicomRefusal';
    this.remedy = REMEDIES[code];
  }
}
