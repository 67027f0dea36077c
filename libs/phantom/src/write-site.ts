// The only file of the room that touches the disk: a site's films and its labels.csv.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GrayImage } from '@sidemark/core/imaging';
import { writeDicom } from '@sidemark/dicom';
import sharp from 'sharp';
import { cohort, type PhantomRecord } from './cohort.ts';
import type { SiteProfile } from './site.ts';

const COLUMNS = 'path,label,patient_id,class,view,sex,age,split';

/**
 * Writes `folder/images/*` and `folder/labels.csv` (path relative to the folder).
 * @param onFilm called after each film with the number written
 * @returns the number of films
 */
export async function writeSite(
  site: SiteProfile,
  folder: string,
  onFilm: (written: number) => void = () => undefined,
): Promise<number> {
  await mkdir(join(folder, 'images'), { recursive: true });
  const lines = [COLUMNS];
  for (const one of cohort(site)) {
    const path = `images/${one.fileName}`;
    await writeFile(join(folder, path), await encodeFilm(one, site));
    lines.push(
      [path, one.label, one.patientId, one.className, one.view, one.sex, one.age, one.split].join(','),
    );
    onFilm(lines.length - 1);
  }
  await writeFile(join(folder, 'labels.csv'), `${lines.join('\n')}\n`);
  return lines.length - 1;
}

/** One film in the site's format: png16 keeps the 12-bit values, png8 and jpeg their upper 8 bits, dicom a DX object. */
export async function encodeFilm(one: PhantomRecord, site: SiteProfile): Promise<Uint8Array> {
  const { film } = one;
  switch (site.format) {
    case 'png16':
      return sharp(Uint16Array.from(film.pixels), { raw: rawOf(film) })
        .toColourspace('grey16')
        .png({ compressionLevel: 3 })
        .toBuffer();
    case 'png8':
      return sharp(eightBits(film), { raw: rawOf(film) })
        .toColourspace('b-w')
        .png({ compressionLevel: 3 })
        .toBuffer();
    case 'jpeg':
      return sharp(eightBits(film), { raw: rawOf(film) })
        .toColourspace('b-w')
        .jpeg({ quality: 92 })
        .toBuffer();
    case 'dicom':
      return writeDicom({
        image: film,
        meta: {
          uidSeed: `${site.seed}/${one.fileName}`,
          patientId: one.patientId,
          sex: one.sex,
          ageYears: one.age,
          viewPosition: one.view,
          institution: site.name,
        },
      });
  }
}

function rawOf(film: GrayImage): { width: number; height: number; channels: 1 } {
  return { width: film.width, height: film.height, channels: 1 };
}

function eightBits(film: GrayImage): Uint8Array {
  return Uint8Array.from(film.pixels, (value) => value >> (film.bitsStored - 8));
}
