// The films of a site, or every n-th of them, as files, and what is true about each.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cohort, type PhantomRecord } from '../site/cohort.ts';
import type { SiteProfile } from '../site/profile.ts';
import { encodeFilm, encodePng16, encodePng8 } from './encode-film.ts';

/** Columns of labels.csv; a mask is named where masks are written. */
export function labelColumns(truth: boolean): string {
  return `path,label,patient_id,class,view,sex,age,split${truth ? ',mask' : ''}`;
}

/** One film of markers.json: boxes in half-open native px. */
export interface MarkedFilm {
  path: string;
  width: number;
  height: number;
  site: string;
  patient_id: string;
  /** markers with a side letter */
  n_lr: number;
  /** the same film without the drawn markers, where it is beside it */
  background?: string;
  boxes: {
    x0: number;
    y0: number;
    x1: number;
    y1: number;
    text: 'L' | 'R' | 'other';
    glyph: string;
    look: string;
  }[];
}

/** A film that is on disk. */
export interface WrittenFilm {
  /** its line of labels.csv */
  row: string;
  marked: MarkedFilm;
}

export interface FilmsTask {
  site: SiteProfile;
  folder: string;
  /** also writes `clean/` (16-bit PNG without markers) and `masks/` (8-bit PNG, 255 = lesion) */
  truth: boolean;
  /** every `of`-th film beginning with `index` */
  part: { index: number; of: number };
}

/**
 * Writes the films into existing folders and yields each as soon as it is on disk. A film is encoded while the next one
 * is drawn.
 */
export async function* writeFilms(task: FilmsTask): AsyncGenerator<WrittenFilm> {
  let last: Promise<WrittenFilm> | undefined;
  for await (const one of cohort(task.site, task.part)) {
    const writing = writeFilm(one, task);
    // a film that cannot be written is reported in its turn, not while the next one is drawn
    writing.catch(() => undefined);
    if (last) yield await last;
    last = writing;
  }
  if (last) yield await last;
}

async function writeFilm(one: PhantomRecord, { site, folder, truth }: FilmsTask): Promise<WrittenFilm> {
  await writeFile(join(folder, 'images', one.fileName), await encodeFilm(one, site));
  if (truth) await writeTruth(folder, one);
  return { row: row(one, truth), marked: markedFilm(one, site) };
}

function row(one: PhantomRecord, truth: boolean): string {
  const { fileName, label, patientId, view, sex, age, split } = one;
  const cells = [`images/${fileName}`, label, patientId, one.class, view, sex, age, split];
  return [...cells, ...(truth ? [`masks/${pngName(fileName)}`] : [])].join(',');
}

const pngName = (fileName: string): string => fileName.replace(/\.[a-z]+$/, '.png');

function markedFilm(one: PhantomRecord, site: SiteProfile): MarkedFilm {
  const boxes = one.markers.map(({ box, text, glyph, piece }) => ({
    x0: box.x1,
    y0: box.y1,
    x1: box.x2,
    y1: box.y2,
    text,
    glyph,
    look: piece.look,
  }));
  return {
    path: `images/${one.fileName}`,
    width: one.film.width,
    height: one.film.height,
    site: site.name,
    patient_id: one.patientId,
    n_lr: boxes.filter(({ text }) => text !== 'other').length,
    boxes,
  };
}

async function writeTruth(folder: string, one: PhantomRecord): Promise<void> {
  const name = pngName(one.fileName);
  await writeFile(join(folder, 'clean', name), await encodePng16(one.clean));
  const mask = one.mask.map((value) => 255 * value);
  await writeFile(join(folder, 'masks', name), await encodePng8(mask, one.film.width));
}
