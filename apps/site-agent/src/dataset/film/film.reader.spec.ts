import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { grayImage } from '@sidemark/core/imaging';
import { SkipReason } from '@sidemark/core/contract';
import { DICOM_REFUSAL_CODES, writeDicom } from '@sidemark/dicom';
import sharp from 'sharp';
import {
  commentBomb,
  deflateBomb,
  dicomThatPromises,
  jpegThatPromises,
  noisyFilm,
  pngBomb,
} from './bombs.sample.ts';
import { inspectFilm, readFilm, skipReasonOf } from './film.reader.ts';

const raw = (channels: 1 | 3 | 4) => ({ raw: { width: 8, height: 4, channels } });
const ramp16 = Uint16Array.from({ length: 32 }, (_, i) => i * 2000 + 7);
const ramp8 = Uint8Array.from({ length: 32 }, (_, i) => i * 8);
const threefold = Uint8Array.from({ length: 96 }, (_, i) => ramp8[Math.floor(i / 3)]!);

describe('readFilm', () => {
  it('reads 16-bit grey PNG to the last bit', async () => {
    const film = await readFilm(await sharp(ramp16, raw(1)).toColourspace('grey16').png().toBuffer());
    expect(film).toMatchObject({ width: 8, height: 4, bitsStored: 16, maxValue: 65535 });
    expect(Array.from(film.pixels)).toEqual(Array.from(ramp16));
  });

  it('reads 16-bit PNG to the last bit with alpha, and as three equal channels', async () => {
    const alpha = Uint16Array.from({ length: 64 }, (_, i) => (i % 2 === 0 ? ramp16[i / 2]! : 65535));
    const colours = Uint16Array.from({ length: 96 }, (_, i) => ramp16[Math.floor(i / 3)]!);
    for (const file of [
      sharp(alpha, { raw: { width: 8, height: 4, channels: 2 } })
        .toColourspace('grey16')
        .png(),
      sharp(colours, raw(3)).toColourspace('rgb16').png(),
    ]) {
      const bytes = await file.toBuffer();
      expect(bytes[24]).toBe(16);
      const film = await readFilm(bytes);
      expect(film.bitsStored).toBe(16);
      expect(Array.from(film.pixels)).toEqual(Array.from(ramp16));
    }
  });

  it('reads 8-bit PNG to the last bit: grey, with alpha, and as three equal channels', async () => {
    const files = [
      sharp(ramp8, raw(1)).toColourspace('b-w').png(),
      sharp(ramp8, raw(1)).toColourspace('b-w').ensureAlpha().png(),
      sharp(threefold, raw(3)).png(),
    ];
    for (const file of files) {
      const film = await readFilm(await file.toBuffer());
      expect(Array.from(film.pixels)).toEqual(Array.from(ramp8));
      expect(film.bitsStored).toBe(8);
    }
  });

  it('does not apply an embedded colour profile', async () => {
    const bytes = await sharp(threefold, raw(3))
      .keepIccProfile()
      .withIccProfile('p3', { attach: true })
      .png()
      .toBuffer();
    const stored = await sharp(bytes, { ignoreIcc: true }).raw().toBuffer();
    const film = await readFilm(bytes);
    expect(film.pixels[31]).toBe(stored[93]);
  });

  it('reads grey and colour JPEG as grey', async () => {
    for (const file of [
      sharp(ramp8, raw(1)).toColourspace('b-w').jpeg({ quality: 100 }),
      sharp(threefold, raw(3)).jpeg({ quality: 100 }),
    ]) {
      const { pixels } = await readFilm(await file.toBuffer());
      expect(pixels).toHaveLength(32);
      pixels.forEach((value: number, i: number) => expect(Math.abs(value - ramp8[i]!)).toBeLessThan(6));
    }
  });

  it('reads a grey JPEG exactly as its decoder gives it', async () => {
    const bytes = await sharp(ramp8, raw(1)).toColourspace('b-w').jpeg({ quality: 60 }).toBuffer();
    const decoded = await sharp(bytes).toColourspace('b-w').raw().toBuffer();
    expect(Array.from((await readFilm(bytes)).pixels)).toEqual(Array.from(decoded));
  });

  it('reads compressed DICOM, and files without a preamble', async () => {
    const golden = new URL('../../../../../libs/dicom/test-data/', import.meta.url);
    const whole = await readFilm(readFileSync(new URL('explicit-u12.dcm', golden)));
    for (const name of ['rle-u12', 'jpeg-lossless-57-u12', 'jpeg-ls-u12', 'jpeg-2000-u12', 'htj2k-201-u12']) {
      const { pixels } = await readFilm(readFileSync(new URL(`${name}.dcm`, golden)));
      expect(pixels).toEqual(whole.pixels);
    }
    const bare = readFileSync(new URL('explicit-u12.dcm', golden)).subarray(128);
    expect((await readFilm(bare)).pixels).toEqual(whole.pixels);
  });

  it('counts each refusal of a DICOM file under a reason of the report', () => {
    for (const code of DICOM_REFUSAL_CODES) expect(SkipReason.options).toContain(skipReasonOf(code));
  });

  it('reads DICOM in its stored values', async () => {
    const image = grayImage(
      8,
      4,
      Uint16Array.from(ramp16, (v) => v >> 4),
      12,
    );
    const film = await readFilm(
      writeDicom({ image, meta: { uidSeed: 'x', patientId: 'p', photometric: 'MONOCHROME1' } }),
    );
    expect(Array.from(film.pixels)).toEqual(Array.from(image.pixels));
  });

  it.each([
    ['unsupported-syntax', () => Promise.resolve(Buffer.from('GIF89a, or anything else'))],
    ['constant-image', () => sharp(new Uint8Array(32).fill(9), raw(1)).png().toBuffer()],
    ['unreadable', () => Promise.resolve(Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3, 4, 5, 6, 7, 8]))],
  ])('refuses as %s', async (reason, bytes) => {
    await expect(readFilm(await bytes())).rejects.toMatchObject({ name: 'FilmRefusal', reason });
  });

  it.each(['png', 'jpeg'] as const)(
    'refuses a cut %s as truncated, at registration already',
    async (format) => {
      const whole = await noisyFilm(format);
      await expect(inspectFilm(whole)).resolves.toEqual({ width: 128, height: 128 });
      const cut = whole.subarray(0, whole.length >> 1);
      for (const read of [readFilm, inspectFilm]) {
        await expect(read(cut)).rejects.toMatchObject({ name: 'FilmRefusal', reason: 'truncated' });
      }
    },
  );
});

describe('a film that is a bomb', () => {
  /** Most bytes that the process grew while it worked. */
  async function growth(work: () => Promise<unknown>): Promise<number> {
    const before = process.memoryUsage.rss();
    let peak = before;
    const scales = setInterval(() => void (peak = Math.max(peak, process.memoryUsage.rss())), 2);
    await work().finally(() => clearInterval(scales));
    return Math.max(peak, process.memoryUsage.rss()) - before;
  }

  it.each([
    ['bad-geometry', 'a PNG that declares 60000 x 60000', () => pngBomb(60_000, 60_000, 1000)],
    ['bad-geometry', 'a PNG that holds 8500 x 8500 zeros', () => pngBomb(8500, 8500, 8500 * 8501)],
    ['bad-geometry', 'a 16-bit PNG one row above the limit', () => pngBomb(8192, 8193, 1000, 16)],
    ['bad-geometry', 'a JPEG that declares 65500 x 65500', () => jpegThatPromises(65_500)],
    ['truncated', 'a PNG that holds less than it declares', () => pngBomb(8000, 8000, 1000)],
    ['truncated', 'a JPEG that holds less than it declares', () => jpegThatPromises(6000)],
    ['bad-geometry', 'a DICOM file that declares 65535 x 65535', () => dicomThatPromises(65_535)],
    [
      'unreadable',
      'a deflated DICOM file that is none',
      () => dicomThatPromises(8, '1.2.840.10008.1.2.1.99'),
    ],
    ['constant-image', 'a small PNG with 60 MB of pixels', () => pngBomb(8, 8, 60e6)],
  ])('is refused as %s in little memory: %s', async (reason, _, make) => {
    const bytes = await make();
    const grown = await growth(() => expect(readFilm(bytes)).rejects.toMatchObject({ reason }));
    expect(grown).toBeLessThan(96 * 2 ** 20);
  });

  it('stops to inflate a DICOM file where no film goes on', async () => {
    const bytes = await deflateBomb(2e9);
    const grown = await growth(() =>
      expect(readFilm(bytes)).rejects.toMatchObject({ reason: 'bad-geometry' }),
    );
    expect(grown).toBeLessThan(400 * 2 ** 20);
  });

  it('does not inflate a comment', async () => {
    const bytes = commentBomb(60e6);
    const grown = await growth(() => expect(readFilm(bytes)).resolves.toMatchObject({ width: 8 }));
    expect(grown).toBeLessThan(48 * 2 ** 20);
  });
});
