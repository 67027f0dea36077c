// Real and odd DICOM files of the shared folder. Where the folder is absent the runner leaves this project out.
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type GrayImage, range } from '@sidemark/core/imaging';
import { DicomRefusal, readDicom } from '@sidemark/dicom';

const shared = process.env['SIDEMARK_SHARED'] ?? join(import.meta.dirname, '../../../shared');
const bytesOf = (name: string): Uint8Array => readFileSync(join(shared, 'data', 'dicom', name));

describe('readDicom on real files', () => {
  it.each([
    ['1.3.6.1.4.1.11129.5.5.110503645592756492463169821050252582267888.dcm', 1024, 8, false],
    ['CTImage.dcm_BigEndianExplicitTransferSyntax_1.2.840.10008.1.2.2.dcm', 512, 16, true],
    ['MR-SIEMENS-DICOM-WithOverlays.dcm', 484, 12, false],
    ['vlut_04.dcm', 512, 8, false],
  ])('reads %s', (name, side, bitsStored, signed) => {
    expect(readDicom(bytesOf(name))).toMatchObject({
      width: side,
      height: side,
      bitsStored,
      signed,
      inverted: false,
    });
  });

  it('finds the extremes that pydicom found', () => {
    const ct = readDicom(bytesOf('CTImage.dcm_BigEndianExplicitTransferSyntax_1.2.840.10008.1.2.2.dcm'));
    const mr = readDicom(bytesOf('MR-SIEMENS-DICOM-WithOverlays.dcm'));
    const extremes = ({ pixels }: GrayImage) => [range(pixels).min, range(pixels).max];
    expect(extremes(ct)).toEqual([-2000, 2402]);
    expect(extremes(mr)).toEqual([0, 1123]);
    expect(mr.overlay).toBe(true);
  });

  it.each([
    ['Issue56-NoPixelData.dcm', 'no-pixel-data'],
    ['GH340.dcm', 'not-dicom'],
    ['OT-PAL-8-face.dcm', 'not-dicom'],
    ['meta_missing_tsyntax.dcm', 'unsupported-transfer-syntax'],
    ['rtplan_truncated.dcm', 'truncated'],
  ])('refuses %s as %s', (name, code) => {
    const read = () => readDicom(bytesOf(name));
    expect(read).toThrow(DicomRefusal);
    expect(read).toThrow(expect.objectContaining({ code }));
  });
});
