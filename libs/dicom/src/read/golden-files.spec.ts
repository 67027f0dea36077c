// Files of other writers (dcmtk, GDCM, OpenJPEG) have the values that other readers find; scripts/dicom made both.
import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDicom, storedBytes, TRANSFER_SYNTAXES } from '../index.ts';

const folder = join(import.meta.dirname, '../../test-data');
const bytesOf = (name: string): Uint8Array => readFileSync(join(folder, name));
const digests = JSON.parse(readFileSync(join(folder, 'digests.json'), 'utf8')) as Record<
  string,
  { syntax: string; sha256: string; dcmtk: boolean | null }
>;
/** two decoders round its lossy values differently */
const rounded = 'htj2k-203-u12.dcm';
/** other readers make RGB of it, in their own ways */
const colourJpeg = 'jpeg-baseline-rgb.dcm';

describe('golden files', () => {
  it('cover every syntax that is read', () => {
    expect(new Set(Object.values(digests).map(({ syntax }) => syntax))).toEqual(
      new Set(TRANSFER_SYNTAXES.keys()),
    );
    expect(readdirSync(folder).filter((name) => name.endsWith('.dcm'))).toEqual(Object.keys(digests));
  });

  it.each(Object.keys(digests).filter((name) => name !== rounded && name !== colourJpeg))(
    '%s',
    async (name) => {
      const { stored, transferSyntax } = await readDicom(bytesOf(name));
      expect(transferSyntax).toBe(digests[name]!.syntax);
      expect(createHash('sha256').update(storedBytes(stored)).digest('hex')).toBe(digests[name]!.sha256);
    },
  );

  it('a colour JPEG has the grey of the film that it was made of', async () => {
    const [jpeg, source] = await Promise.all(
      [colourJpeg, 'explicit-rgb.dcm'].map((name) => readDicom(bytesOf(name))),
    );
    expect(jpeg).toMatchObject({ photometric: 'YBR_FULL_422', source: 'colour' });
    const apart = Array.from(jpeg!.pixels, (value, i) => Math.abs(value - source!.pixels[i]!));
    expect(Math.max(...apart)).toBeLessThanOrEqual(8);
    expect(apart.reduce((sum, one) => sum + one, 0) / apart.length).toBeLessThan(1.5);
  });

  it('lossy HTJ2K is within one of what OpenJPEG decodes', async () => {
    const [own, other] = await Promise.all(
      [rounded, 'htj2k-203-u12-by-openjpeg.dcm'].map((name) => readDicom(bytesOf(name))),
    );
    const apart = Array.from(own!.pixels, (value, i) => Math.abs(value - other!.pixels[i]!));
    expect(apart).toHaveLength(768);
    expect(Math.max(...apart)).toBeLessThanOrEqual(1);
  });
});
