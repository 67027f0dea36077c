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
  ])('reads %s', async (name, side, bitsStored, signed) => {
    expect(await readDicom(bytesOf(name))).toMatchObject({
      width: side,
      height: side,
      bitsStored,
      signed,
      inverted: false,
    });
  });

  it('finds the extremes that pydicom found', async () => {
    const ct = await readDicom(
      bytesOf('CTImage.dcm_BigEndianExplicitTransferSyntax_1.2.840.10008.1.2.2.dcm'),
    );
    const mr = await readDicom(bytesOf('MR-SIEMENS-DICOM-WithOverlays.dcm'));
    const extremes = ({ pixels }: GrayImage) => [range(pixels).min, range(pixels).max];
    expect(extremes(ct)).toEqual([-2000, 2402]);
    expect(extremes(mr)).toEqual([0, 1123]);
    expect(mr.overlay).toBe(true);
  });

  it.each([
    ['Issue56-NoPixelData.dcm', 'no-pixel-data'],
    ['GH340.dcm', 'unsupported-photometric'],
    ['meta_missing_tsyntax.dcm', 'unsupported-transfer-syntax'],
    ['rtplan_truncated.dcm', 'truncated'],
  ])('refuses %s as %s', async (name, code) => {
    const reading = readDicom(bytesOf(name));
    await expect(reading).rejects.toBeInstanceOf(DicomRefusal);
    await expect(reading).rejects.toMatchObject({ code });
  });
});
