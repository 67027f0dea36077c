// A hospital's folder for the search after patient data: films with markers, each text of them planted, with labels.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cohort } from '@sidemark/phantom';
import { phantomSite } from './phantom-site.ts';
import { plantedDicom, type Planted } from './planted-dicom.ts';

export interface PlantedFilms {
  /** paths of films that can be read, relative to the folder */
  readonly good: string[];
  /** their labels as CSV */
  readonly labels: string;
  /** the same with rows that are wrong in every way */
  readonly bad: string;
}

/** 36 good films of as many patients, and rows that are wrong in every way. */
export async function writePlantedFilms(films: string, planted: Planted): Promise<PlantedFilms> {
  const folder = join(films, planted.name, planted.date);
  await mkdir(folder, { recursive: true });
  const profile = phantomSite({ name: 'north', films: 36, patients: { severalFilms: 0, trained: 0 } });
  const header = `path,label,patient_id,class,mask,view,sex,age,split,${planted.name}`;
  const lines: string[] = [];
  const good: string[] = [];
  for await (const { film, label } of cohort(profile)) {
    const i = good.length;
    const path = `${planted.name}/${planted.date}/${planted.id}-${i}.dcm`;
    // one patient in six was filmed from the side: a skip of the report
    const view = i % 6 === 5 ? 'LL' : 'PA';
    const { width, height } = film;
    const pixels = Uint16Array.from(film.pixels);
    await writeFile(join(films, path), plantedDicom(planted, { width, height, pixels, view }));
    good.push(path);
    lines.push(`${path},${label},${planted.id}-${i},,,,${planted.name},97,test,${planted.number}`);
  }
  const [first = ''] = good;
  const whole = await readFile(join(films, first));
  const film = {
    width: 4,
    height: 4,
    pixels: Uint16Array.from({ length: 16 }, (_, i) => i),
    view: planted.id,
  };
  const broken: Record<string, Uint8Array> = {
    cut: whole.subarray(0, whole.length >> 1),
    syntax: plantedDicom(planted, { ...film, transferSyntax: `1.2.${planted.number}` }),
    photometric: plantedDicom(planted, { ...film, photometric: planted.id }),
    constant: plantedDicom(planted, { ...film, pixels: new Uint16Array(16) }),
    text: Buffer.from(Object.values(planted).join('\n')),
    copy: whole,
  };
  const bad: string[] = [];
  for (const [kind, bytes] of Object.entries(broken)) {
    const path = `${planted.name}/${planted.id}-${kind}.dcm`;
    await writeFile(join(films, path), bytes);
    bad.push(`${path},1,${planted.id},,,,,,,`);
  }
  const { id, name, date } = planted;
  bad.push(
    `${name}/${id}-missing.dcm,1,${id},,,,,,,`,
    `../${name}.dcm,1,${id},,,,,,,`,
    `${first},1,${id},,,,,,,`,
    `${name}/a.dcm,${name},${id},${id},${name},${date},${id},${name},${date},`,
    `${name}/b.dcm,1,=${name},,,,,,,`,
    `${name}/c.dcm,1,,,,,,,,`,
    `${name},${id},${date}`,
    `${name}/${id}-cut.dcm,0,${id}-1,,${name}/mask.png,,,,${name},`,
  );
  return { good, labels: [header, ...lines].join('\n'), bad: [header, ...lines, ...bad].join('\n') };
}
