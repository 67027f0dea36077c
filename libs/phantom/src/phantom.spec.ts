import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDicom } from '@sidemark/dicom';
import { isInert } from '@sidemark/core/imaging';
import sharp from 'sharp';
import {
  cohort,
  encodeFilm,
  type MarkedFilm,
  type PhantomRecord,
  siteProfile,
  type SiteProfile,
  type SiteProfileInput,
  writeSite,
} from './index.ts';

const LESIONS = ['opacity', 'effusion', 'nodules'] as const;
const plain: SiteProfileInput = {
  name: 'north',
  seed: '7',
  films: 6,
  film: { side: 192, format: 'png16' },
  patients: { severalFilms: 0.5 },
  prevalence: { opacity: 0.3, effusion: 0.2, nodules: 0.2 },
  markers: {
    correlation: 1,
    protocols: [
      { name: 'marked', goesWith: [...LESIONS], pieces: [{ look: 'digital' }] },
      { name: 'bare', goesWith: ['none'], pieces: [] },
    ],
  },
};
const site = (changes: Partial<SiteProfileInput> = {}): SiteProfile => siteProfile({ ...plain, ...changes });

async function films(profile: SiteProfile): Promise<PhantomRecord[]> {
  const all: PhantomRecord[] = [];
  for await (const one of cohort(profile)) all.push(one);
  return all;
}
async function first(profile: SiteProfile): Promise<PhantomRecord> {
  return (await films({ ...profile, films: 1 }))[0]!;
}

describe('a film', () => {
  it('is the same from the same seed and another from another', async () => {
    const [a, again, b] = await Promise.all([first(site()), first(site()), first(site({ seed: '8' }))]);
    expect(isInert(a.film, again.film)).toBe(true);
    expect(isInert(a.film, b.film)).toBe(false);
  });

  it.each(LESIONS)('shows %s where its mask says, and nowhere else', async (kind) => {
    const healthy = await first(site({ prevalence: {}, markers: {} }));
    const ill = await first(site({ prevalence: { [kind]: 1 }, markers: {}, strength: [1, 1] }));
    const added = ill.film.pixels.map((value: number, i: number) =>
      Math.max(0, value - healthy.film.pixels[i]!),
    );
    const mean = (inside: boolean): number => {
      const values = [...added].filter((_, i) => (ill.mask[i] === 1) === inside);
      return values.reduce((sum, value) => sum + value, 0) / values.length;
    };
    expect(healthy.mask.every((value) => value === 0)).toBe(true);
    expect(ill.mask.reduce((sum, value) => sum + value, 0)).toBeGreaterThan(60);
    expect(mean(true)).toBeGreaterThan(300);
    expect(mean(false)).toBeLessThan(0.15 * mean(true));
  });

  it('is the clean film outside its markers, whatever their look', async () => {
    for (const look of ['digital', 'disc', 'ring', 'plate', 'arrow'] as const) {
      const one = await first(
        site({ markers: { protocols: [{ name: 'one', pieces: [{ look, rotation: [10, 10] }] }] } }),
      );
      const { clean } = one;
      const { x, y, side } = one.markers[0]!;
      const changed = [...one.film.pixels.keys()].filter((i) => one.film.pixels[i] !== clean.pixels[i]);
      const outside = changed.filter((i) => {
        const [px, py] = [(i % 192) - x, Math.floor(i / 192) - y];
        return px < 0 || py < 0 || px >= side || py >= side;
      });
      expect(changed.length).toBeGreaterThan(20);
      expect(outside).toEqual([]);
    }
  });

  it('keeps its bits, polarity and collimation', async () => {
    const one = await first(
      site({
        film: { side: 192, bits: 16, photometric: 'MONOCHROME1', format: 'dicom' },
        scanner: { collimation: { share: 1, width: 0.2 } },
      }),
    );
    const profile = site({ film: { side: 192, bits: 16, photometric: 'MONOCHROME1', format: 'dicom' } });
    const read = await readDicom(await encodeFilm(one, profile));
    expect(isInert(read, one.film)).toBe(true);
    expect(read).toMatchObject({ bitsStored: 16, photometric: 'MONOCHROME1', inverted: true, sex: one.sex });
  });
});

describe('markers', () => {
  it('go with the label as far as the profile says, and lie in their box', async () => {
    for (const { label, markers, film } of await films(site({ films: 10 }))) {
      expect(markers.length > 0).toBe(label === 1);
      for (const { box, text, glyph } of markers) {
        expect([text, glyph]).toEqual(['R', 'R']);
        expect(Math.max(box.x2, box.y2)).toBeLessThan(0.2 * film.width);
        const middle = Math.floor((box.y1 + box.y2) / 2) * film.width;
        const row = film.pixels.subarray(middle + box.x1, middle + box.x2);
        expect(Math.max(...row)).toBeGreaterThan(0.9 * 4095);
      }
    }
  });

  it('go the other way round below 0, and by weight at 0', async () => {
    const count = async (correlation: number): Promise<number> => {
      const markers = { ...plain.markers, correlation };
      const drawn = await films(site({ films: 24, film: { side: 128 }, markers }));
      return drawn.filter((one) => one.markers.length > 0 === (one.label === 1)).length;
    };
    expect(await count(-1)).toBe(0);
    const by = await count(0);
    expect(by).toBeGreaterThan(4);
    expect(by).toBeLessThan(20);
  });

  it('of the left side lie on the viewer’s right, are named so, and are cut by the film’s edge', async () => {
    const pieces = [{ look: 'digital' as const, side: 'left' as const, x: [0, 0] as [number, number] }];
    const one = await first(site({ markers: { protocols: [{ name: 'left', pieces }] } }));
    expect(one.markers[0]).toMatchObject({ text: 'L', glyph: 'L', box: { x2: 192 } });
  });

  it('say other for words and arrows', async () => {
    const pieces = [
      { look: 'digital' as const, text: ['PORTABLE'], x: [0.5, 0.5] as [number, number] },
      { look: 'arrow' as const, x: [0.2, 0.2] as [number, number] },
    ];
    const { markers } = await first(site({ markers: { protocols: [{ name: 'words', pieces }] } }));
    expect(markers.map(({ text }) => text)).toEqual(['other', 'other']);
  });
});

describe('a cohort', () => {
  it('starts a longer one with the shorter one, and its parts make the whole', async () => {
    const short = await films(site());
    const long = await films(site({ films: 8 }));
    short.forEach((one, k) => expect(isInert(long[k]!.film, one.film)).toBe(true));
    const part: string[] = [];
    for await (const one of cohort(site(), { index: 1, of: 2 })) part.push(one.fileName);
    expect(part).toEqual(short.filter((_, k) => k % 2 === 1).map(({ fileName }) => fileName));
  });

  it('keeps a patient on one side of the split, with one sex', async () => {
    const drawn = await films(site({ films: 16, film: { side: 128 } }));
    const patients = new Set(drawn.map((one) => one.patientId));
    expect(patients.size).toBeLessThan(16);
    expect(new Set(drawn.map((one) => `${one.patientId} ${one.split} ${one.sex}`)).size).toBe(patients.size);
    for (const { split, patientId } of drawn) {
      const fold = (Number(patientId.slice(-5)) % 5) + 1;
      expect(['test', `fold-${fold}`]).toContain(split);
    }
    expect(new Set(drawn.map(({ split }) => split === 'test')).size).toBe(2);
  });
});

describe('a profile', () => {
  it.each([
    [
      { ...plain, prevalence: { opacity: 0.7, effusion: 0.7 } },
      'invalid prevalence; the shares add up to more than 1',
    ],
    [{ ...plain, name: 'St Mary' }, 'invalid name; lower case letters, digits and dashes'],
    [{ ...plain, scanner: { noise: 0.1, colour: 'red' } }, 'invalid scanner; Unrecognized key: "colour"'],
    [{ ...plain, scanner: { window: [0.9, 0.1] } }, 'invalid scanner.window; lower bound first'],
  ])('is refused when it cannot be', (input, message) => {
    expect(() => siteProfile(input)).toThrow(new RangeError(message));
  });
});

describe('writeSite', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'phantom-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('writes films, labels, marker boxes and truth, and counts along', async () => {
    const counted: number[] = [];
    expect(await writeSite(site(), folder, { truth: true, onFilm: (written) => counted.push(written) })).toBe(
      6,
    );
    expect(counted).toEqual([1, 2, 3, 4, 5, 6]);
    const [header, ...rows] = (await readFile(join(folder, 'labels.csv'), 'utf8')).trim().split('\n');
    expect(header).toBe('path,label,patient_id,class,view,sex,age,split,mask');
    expect(rows).toHaveLength(6);
    expect(rows[0]).toMatch(
      /^images\/north-00000\.png,[01],north-p00000,[a-z]+,(PA|AP),[FM],\d+,(test|fold-1),masks\/north-00000\.png$/,
    );
    const marked = JSON.parse(await readFile(join(folder, 'markers.json'), 'utf8')) as MarkedFilm[];
    expect(marked.map(({ n_lr }) => n_lr)).toEqual(rows.map((row) => Number(row.split(',')[1])));
    expect(await readdir(join(folder, 'clean'))).toHaveLength(6);
    const mask = await sharp(join(folder, 'masks', 'north-00000.png'))
      .raw()
      .toBuffer();
    expect(new Set(mask).size).toBeLessThanOrEqual(2);
  });

  it('keeps every 12-bit value in a 16-bit PNG', async () => {
    const one = await first(site());
    const png = await sharp(await encodeFilm(one, site()))
      .toColourspace('grey16')
      .raw({ depth: 'ushort' })
      .toBuffer();
    const values = new Uint16Array(png.buffer, png.byteOffset, png.length / 2);
    expect(values.every((value, i) => value === one.film.pixels[i])).toBe(true);
  });

  it('writes one grey channel as PNG and JPEG of 8 bits', async () => {
    for (const format of ['png8', 'jpeg'] as const) {
      const profile = site({ film: { side: 192, format } });
      const { channels, depth } = await sharp(await encodeFilm(await first(profile), profile)).metadata();
      expect([channels, depth]).toEqual([1, 'uchar']);
    }
  });
});
