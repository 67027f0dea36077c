// Mutated DICOM files of every syntax end in a film of the size they say, or in a typed refusal; none takes long.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type DicomImage, readDicom, readHeader } from '@sidemark/dicom';
import fc from 'fast-check';
import { always, doneOrRefused, patience, spoiltBytes } from './fuzz.ts';

const golden = join(import.meta.dirname, '../../libs/dicom/test-data');
const shared = join(
  process.env['SIDEMARK_SHARED'] ?? join(import.meta.dirname, '../../../shared'),
  'data/dicom',
);
/** a new decoder after each refusal takes its time: fewer by default than of other parsers */
const dicomRuns = Math.max(1, Number(process.env['SIDEMARK_FUZZ_DICOM_RUNS'] ?? 1_000));
/** bytes: larger real films would only make the runs slow */
const SMALL = 300_000;

const files = [golden, ...(existsSync(shared) ? [shared] : [])]
  .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
  .filter((path) => path.endsWith('.dcm') && statSync(path).size <= SMALL)
  .map((path) => readFileSync(path));

/** Of the file itself: anywhere, or in its last part, where the compressed frame is. */
const mutated = fc
  .tuple(fc.constantFrom(...files), fc.boolean(), fc.nat(255))
  .chain(([file, inFrame, byte]) => {
    if (!inFrame) return spoiltBytes(file);
    const places = fc.array(fc.nat(Math.floor(file.length / 2)), { minLength: 1, maxLength: 5 });
    return places.map((list) => {
      const bytes = Buffer.from(file);
      for (const place of list) bytes[file.length - 1 - place]! ^= byte || 1;
      return Uint8Array.from(bytes);
    });
  });

function requireWhole(film: DicomImage): void {
  const pixels = film.width * film.height;
  expect([film.width, film.height]).toEqual([film.columns, film.rows]);
  expect(film.pixels).toHaveLength(pixels);
  expect(film.stored.samples).toHaveLength(pixels * film.samplesPerPixel);
  let [min, max] = [Infinity, -Infinity];
  for (const value of film.pixels) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  expect(min).toBeGreaterThanOrEqual(film.minValue);
  expect(max).toBeLessThanOrEqual(film.maxValue);
  expect(max).toBeGreaterThan(min);
}

describe('a mutated DICOM file', () => {
  it(
    'becomes a film of the size it says, or is refused',
    async () => {
      let films = 0;
      const holds = async (bytes: Uint8Array): Promise<void> => {
        if (await doneOrRefused(async () => requireWhole(await readDicom(bytes)))) films++;
        await doneOrRefused(() => readHeader(bytes));
      };
      await always(mutated, holds, dicomRuns);
      // neither all refused nor all read: the mutations bite and do not destroy
      expect(films).toBeGreaterThan(dicomRuns / 50);
      expect(films).toBeLessThan(dicomRuns);
    },
    patience,
  );
});
