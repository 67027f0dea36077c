// Real and odd DICOM files of the shared folder: each gives the stored values that other readers find, or its reason why not.
// The digests were made by scripts/dicom/reference.py. Where the folder is absent the runner leaves this project out.
import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { range } from '@sidemark/core/imaging';
import { DicomRefusal, readDicom, storedBytes } from '@sidemark/dicom';

const folder = join(
  process.env['SIDEMARK_SHARED'] ?? join(import.meta.dirname, '../../../shared'),
  'data/dicom',
);
const bytesOf = (name: string): Uint8Array => readFileSync(join(folder, name));
const digests = JSON.parse(readFileSync(join(import.meta.dirname, 'dicom-digests.json'), 'utf8')) as Record<
  string,
  { syntax: string; min: number; max: number; sha256: string; dcmtk: boolean | null }
>;

const refused: Record<string, string> = {
  'GH340.dcm': 'unsupported-photometric',
  'Issue56-NoPixelData.dcm': 'no-pixel-data',
  // GDCM and dcmtk read noise; dcmtk reads a head with --workaround-pred6
  'JPEGLossless_1s_1f_i_16_16_bad.dcm': 'decode-failed',
  'meta_missing_tsyntax.dcm': 'unsupported-transfer-syntax',
  'rtplan_truncated.dcm': 'truncated',
};
const read = Object.keys(digests).filter((name) => !(name in refused));

describe('readDicom on real files', () => {
  it('reads or refuses every file of the folder', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.dcm'));
    expect([...read, ...Object.keys(refused)].sort()).toEqual(files.sort());
  });

  it.each(read)('%s has the values that other readers find', async (name) => {
    const { stored, transferSyntax } = await readDicom(bytesOf(name));
    const expected = digests[name]!;
    expect(expected.dcmtk).not.toBe(false);
    expect(transferSyntax).toBe(expected.syntax);
    expect(range(stored.samples)).toEqual({ min: expected.min, max: expected.max });
    expect(createHash('sha256').update(storedBytes(stored)).digest('hex')).toBe(expected.sha256);
  });

  it.each(Object.entries(refused))('%s is refused as %s', async (name, code) => {
    const reading = readDicom(bytesOf(name));
    await expect(reading).rejects.toBeInstanceOf(DicomRefusal);
    await expect(reading).rejects.toMatchObject({ code });
  });

  it.each([
    ['966.dcm', { inverted: true, source: 'gray', viewPosition: 'PA', patientOrientation: ['L', 'F'] }],
    ['CR-ModalitySequenceLUT.dcm', { inverted: true, modalityLut: true, bitsStored: 10 }],
    ['HTJ2KLossless_08_RGB.dcm', { source: 'colour', bitsStored: 8 }],
    ['OT-PAL-8-face.dcm', { source: 'palette', bitsStored: 16 }],
    ['MR-SIEMENS-DICOM-WithOverlays.dcm', { overlay: true }],
    ['vlut_04.dcm', { vois: [expect.objectContaining({ kind: 'table' })] }],
  ])('%s is known for what it is', async (name, facts) => {
    expect(await readDicom(bytesOf(name))).toMatchObject(facts);
  });
});
