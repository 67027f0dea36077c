// The golden files, and their frames taken out and put back.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openFile } from '../read/data-set.ts';
import { headerOf } from '../read/header.ts';
import { pixelData } from '../read/pixel-data.ts';
import { type Attributes, dicomFile } from './dicom-file.ts';

const folder = join(import.meta.dirname, '../../test-data');

export const goldenBytes = (name: string): Uint8Array => readFileSync(join(folder, `${name}.dcm`));

/** A golden file taken apart; `file` puts a frame, or other attributes, into one like it. */
export function golden(name: string): {
  frame: Buffer;
  file: (frame: Uint8Array | readonly Uint8Array[], attributes?: Attributes) => Buffer;
} {
  const opened = openFile(goldenBytes(name));
  const header = headerOf(opened.dataSet, opened.syntax);
  const attributes: Attributes = {
    '00080016': '1.2.840.10008.5.1.4.1.1.1.1',
    '00080060': 'DX',
    '00280002': [header.samplesPerPixel],
    '00280004': header.photometric,
    '00280010': [header.rows],
    '00280011': [header.columns],
    '00280100': [header.bitsAllocated],
    '00280101': [header.bitsStored],
    '00280102': [header.highBit],
    '00280103': [header.signed ? 1 : 0],
  };
  return {
    frame: Buffer.from(pixelData(opened).bytes),
    file: (frame, more = {}) =>
      dicomFile(
        { ...attributes, ...more },
        { syntax: header.transferSyntax, fragments: frame instanceof Uint8Array ? [frame] : frame },
      ),
  };
}
