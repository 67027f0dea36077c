// Derived objects of real and odd files: read back pixel by pixel, in every syntax. `test/peers` asks other readers.
import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DerivationRefusal, DicomRefusal, readDicom, writeDerived } from '@sidemark/dicom';

const shared = process.env['SIDEMARK_SHARED'] ?? join(import.meta.dirname, '../../../shared');
const folder = join(shared, 'data', 'dicom');

const derivation = {
  recipe: 'test',
  description: 'one pixel changed',
  code: { value: '113047', scheme: 'DCM', meaning: 'Pixel by pixel mask' },
  series: 'changed',
  software: ['sidemark'],
  nothingBurnedIn: false,
};

const refused: Readonly<Record<string, string>> = {
  'CR-ModalitySequenceLUT.dcm': 'no-way-back',
  'HTJ2KLossless_08_RGB.dcm': 'colour',
  'OT-PAL-8-face.dcm': 'colour',
};

/** What became of a file of which one pixel was changed. */
async function outcomeOf(name: string): Promise<string> {
  const bytes = new Uint8Array(readFileSync(join(folder, name)));
  try {
    const image = await readDicom(bytes);
    const at = Math.floor(image.pixels.length / 2);
    const pixels = image.pixels.slice();
    pixels[at] = pixels[at] === image.maxValue ? image.minValue : image.maxValue;
    const read = await readDicom(
      await writeDerived({ bytes, image, film: { ...image, pixels } }, derivation),
    );
    const [before, after] = [image.stored.samples, read.stored.samples].map((samples) => {
      const known = samples.slice();
      known[at] = 0;
      return Buffer.from(known.buffer);
    });
    return before!.equals(after!) ? 'written' : 'another pixel changed';
  } catch (error) {
    if (error instanceof DerivationRefusal) return error.problem;
    if (error instanceof DicomRefusal) return 'not read';
    throw error;
  }
}

describe('derived objects of real files', () => {
  it.each(readdirSync(folder).filter((name) => name.endsWith('.dcm')))('%s', async (name) => {
    const outcome = await outcomeOf(name);
    if (refused[name] !== undefined) expect(outcome).toBe(refused[name]);
    else expect(['written', 'not read']).toContain(outcome);
  });

  it('are written in every syntax of the folder', async () => {
    for (const name of ['966.dcm', 'RG1_JLSN.dcm', 'RG2_JPLY.dcm', 'RG2_RLE.dcm', 'XA1_JLSL.dcm'])
      expect(await outcomeOf(name)).toBe('written');
  });
});
