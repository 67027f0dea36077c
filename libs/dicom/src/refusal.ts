// Why a file is not read. Every code has a remedy that a radiology department can act on; none holds patient data.

const REMEDIES = {
  'not-dicom': 'give a DICOM Part 10 file (128 byte preamble, DICM, file meta information)',
  'unsupported-transfer-syntax': 'have the archive send explicit VR little endian, or transcode the file',
  'no-pixel-data':
    'leave out objects without Pixel Data (7FE0,0010), such as reports and presentation states',
  'multi-frame': 'give single-frame radiographs; split cine or tomosynthesis objects first',
  'unsupported-photometric': 'give MONOCHROME1 or MONOCHROME2 images, one sample per pixel',
  truncated: 'fetch the file again; it ends before its own lengths say it should',
  'constant-image': 'check the export; every pixel has the same value, as after a failed decompression',
  'bad-geometry': 'check Rows, Columns and the bit fields (0028,0010..0103) at the source system',
} as const;

export type DicomRefusalCode = keyof typeof REMEDIES;
export const DICOM_REFUSAL_CODES = Object.keys(REMEDIES) as readonly DicomRefusalCode[];

/** A file that is skipped and counted by `code`; the rest of the work goes on. */
export class DicomRefusal extends Error {
  /** what the site can do about it, one sentence */
  readonly remedy: string;

  constructor(
    readonly code: DicomRefusalCode,
    detail: string,
    options?: { cause?: unknown },
  ) {
    super(`${code}: ${detail}`, options);
    this.name = 'DicomRefusal';
    this.remedy = REMEDIES[code];
  }
}
