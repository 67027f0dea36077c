import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDicom } from '@sidemark/dicom';
import { isInert, range } from '@sidemark/core/imaging';
import sharp from 'sharp';
import {
  cohort,
  drawFilm,
  encodeFilm,
  type PhantomRecord,
  seededRandom,
  type SiteProfile,
  writeSite,
} from './index.ts';

const site: SiteProfile = {
  name: 'north',
  seed: '7',
  n: 6,
  filmSize: 256,
  prevalence: { opacity: 0.4, effusion: 0.3 },
  markerProbabilityGivenLabel: [0.2, 0.9, 0.9],
  corner: 'top-left',
  marker: { size: 0.08, brightness: 1, frame: false },
  strength: 0.8,
  gamma: 1,
  noise: 0.01,
  format: 'png16',
  patientsWithSeveralImages: 0.5,
};
const first = (profile: SiteProfile): PhantomRecord => cohort(profile).next().value as PhantomRecord;

describe('drawFilm', () => {
  it('draws the same film from the same seed and another from another', () => {
    const draw = (seed: string) => drawFilm({ size: 256, class: 1 }, seededRandom(seed));
    expect(isInert(draw('a'), draw('a'))).toBe(true);
    expect(isInert(draw('a'), draw('b'))).toBe(false);
  });

  it('leaves room above the anatomy for a marker to stand out', () => {
    const { min, max } = range(drawFilm({ size: 256, class: 2 }, seededRandom('a')).pixels);
    expect(min).toBeGreaterThanOrEqual(0);
    expect(max).toBeLessThanOrEqual(0.93 * 4095 + 1);
  });

  it('brightens the lungs by the lesion only', () => {
    const [none, lesion] = ([0, 1] as const).map((kind) =>
      drawFilm({ size: 256, class: kind }, seededRandom('a')),
    );
    const brighter = none!.pixels.filter(
      (value: number, i: number) => lesion!.pixels[i]! - value > 200,
    ).length;
    const darker = none!.pixels.filter((value: number, i: number) => value - lesion!.pixels[i]! > 200).length;
    expect(brighter).toBeGreaterThan(300);
    expect(darker).toBe(0);
  });
});

describe('cohort', () => {
  it('starts a longer cohort with the shorter one', () => {
    const short = [...cohort(site)];
    const long = [...cohort({ ...site, n: 8 })];
    short.forEach((one, k) => {
      const { film, ...rest } = long[k]!;
      expect(isInert(film, one.film)).toBe(true);
      expect(one).toMatchObject(rest);
    });
  });

  it('keeps a patient on one side of the split, with one sex', () => {
    const films = [...cohort({ ...site, n: 16 })];
    const patients = new Set(films.map((one) => one.patientId));
    expect(patients.size).toBeLessThan(16);
    expect(new Set(films.map((one) => `${one.patientId} ${one.split} ${one.sex}`)).size).toBe(patients.size);
  });

  it('places markers as the label asks for, saturated, in the corner', () => {
    const always = [...cohort({ ...site, markerProbabilityGivenLabel: [0, 1, 1] })];
    for (const { label, marker, film } of always) {
      expect(marker !== undefined).toBe(label === 1);
      if (!marker) continue;
      expect(marker.style.letter).toBe('R');
      expect(Math.max(marker.box.x2, marker.box.y2)).toBeLessThan(0.2 * film.width);
      expect(film.pixels[marker.box.y1 * film.width + marker.box.x1]).toBe(4095);
    }
  });

  it('refuses a profile that cannot be', () => {
    expect(() => first({ ...site, prevalence: { opacity: 0.7, effusion: 0.7 } })).toThrow(
      new RangeError('invalid prevalence; not in [0, 1]: 1.4'),
    );
  });
});

describe('encodeFilm', () => {
  it('keeps every 12-bit value in a 16-bit PNG and in DICOM', async () => {
    const one = first(site);
    const png = await sharp(await encodeFilm(one, site))
      .toColourspace('grey16')
      .raw({ depth: 'ushort' })
      .toBuffer();
    const values = new Uint16Array(png.buffer, png.byteOffset, png.length / 2);
    expect(values.every((value, i) => value === one.film.pixels[i])).toBe(true);
    const read = readDicom(await encodeFilm(one, { ...site, format: 'dicom' }));
    expect(isInert(read, one.film)).toBe(true);
    expect(read).toMatchObject({ sex: one.sex, viewPosition: one.view, ids: { patientId: one.patientId } });
  });

  it('writes one grey channel as PNG and JPEG of 8 bits', async () => {
    for (const format of ['png8', 'jpeg'] as const) {
      const { channels, depth } = await sharp(await encodeFilm(first(site), { ...site, format })).metadata();
      expect([channels, depth]).toEqual([1, 'uchar']);
    }
  });
});

describe('writeSite', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'phantom-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('writes the films and their labels, and counts along', async () => {
    const counted: number[] = [];
    expect(await writeSite(site, folder, (written) => counted.push(written))).toBe(6);
    expect(counted).toEqual([1, 2, 3, 4, 5, 6]);
    const [header, ...rows] = (await readFile(join(folder, 'labels.csv'), 'utf8')).trim().split('\n');
    expect(header).toBe('path,label,patient_id,class,view,sex,age,split');
    expect(rows).toHaveLength(6);
    expect(rows[0]).toMatch(
      /^images\/north-00000\.png,[01],north-p00000,(none|opacity|effusion),(PA|AP),[FM],\d+,/,
    );
    expect((await readFile(join(folder, rows[5]!.split(',')[0]!))).length).toBeGreaterThan(1000);
  });
});
