// Films as files: DICOM, PNG of 16 or 8 bits, JPEG.
import type { GrayImage } from '@sidemark/core/imaging';
import { writeDicom } from '@sidemark/dicom';
import sharp from 'sharp';
import type { PhantomRecord } from '../site/cohort.ts';
import type { SiteProfile } from '../site/profile.ts';

/** One film in the site's format: png16 keeps every value, png8 and jpeg the upper 8 bits, dicom is a DX object. */
export async function encodeFilm(one: PhantomRecord, site: SiteProfile): Promise<Uint8Array> {
  switch (site.film.format) {
    case 'png16':
      return encodePng16(one.film);
    case 'png8':
      return encodePng8(eightBits(one.film), one.film.width);
    case 'jpeg':
      return sharp(eightBits(one.film), { raw: rawOf(one.film.width) })
        .toColourspace('b-w')
        .jpeg({ quality: 92 })
        .toBuffer();
    case 'dicom':
      return writeDicom({
        image: one.film,
        meta: {
          uidSeed: `${site.seed}/${one.fileName}`,
          patientId: one.patientId,
          sex: one.sex,
          ageYears: one.age,
          viewPosition: one.view,
          institution: site.name,
          photometric: site.film.photometric,
        },
      });
  }
}

/** Keeps every value. */
export async function encodePng16(film: GrayImage): Promise<Buffer> {
  return sharp(new Uint16Array(film.pixels), { raw: rawOf(film.width) })
    .toColourspace('grey16')
    .png({ compressionLevel: 3 })
    .toBuffer();
}

/** A square plane of bytes. */
export async function encodePng8(pixels: Uint8Array, side: number): Promise<Buffer> {
  return sharp(pixels, { raw: rawOf(side) })
    .toColourspace('b-w')
    .png({ compressionLevel: 3 })
    .toBuffer();
}

/** The upper 8 bits. */
export function eightBits(film: GrayImage): Uint8Array {
  const out = new Uint8Array(film.pixels.length);
  for (let i = 0; i < out.length; i++) out[i] = film.pixels[i]! >> (film.bitsStored - 8);
  return out;
}

function rawOf(side: number): { width: number; height: number; channels: 1 } {
  return { width: side, height: side, channels: 1 };
}
