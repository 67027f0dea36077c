import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readDicom } from '@sidemark/dicom';
import { describeFilm, filmRows } from './decoded-film.ts';

const golden = new URL('../../../../libs/dicom/test-data/', import.meta.url);
const digests = JSON.parse(readFileSync(new URL('digests.json', golden), 'utf8')) as Record<
  string,
  { sha256: string; min: number; max: number }
>;
const decoded = async (name: string) => describeFilm(await readDicom(readFileSync(new URL(name, golden))));

describe('sidemark dicom decode', () => {
  it.each(['jpeg-ls-u12.dcm', 'explicit-s12.dcm', 'jpeg-baseline-u8.dcm', 'rle-rgb.dcm'])(
    'says of %s what other readers say',
    async (name) => {
      const { sha256, min, max } = digests[name]!;
      expect(await decoded(name)).toMatchObject({ sha256, min, max, rows: 24, cols: 32 });
    },
  );

  it('names syntax, bits and verdicts, and nobody', async () => {
    const film = await decoded('jpeg-lossless-70-s12.dcm');
    expect(film).toMatchObject({
      syntax: '1.2.840.10008.1.2.4.70',
      photometric: 'MONOCHROME2',
      bits: 12,
      bitsAllocated: 16,
      highBit: 11,
      signed: true,
      orientation: { verdict: 'undeclared' },
    });
    expect(film.mean).toBeGreaterThan(film.min);
    expect(['bone-white', 'inverted', 'undecided']).toContain(film.polarity.verdict);
    // Patient ID and name of the golden files
    expect(JSON.stringify([film, filmRows(film)])).not.toMatch(/golden|2\.25\./);
  });
});
