// A folder of films through the agent's own children, with the tiny models: what is written, listed, refused, resumed.
import { beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type GrayImage, grayImage } from '@sidemark/core/imaging';
import { sha256 } from '@sidemark/core/signing';
import { readDicom, writeDicom } from '@sidemark/dicom';
import { parse } from 'csv-parse/sync';
import { readFilm } from '../dataset/film/film.reader.ts';
import { encodePng } from '../dataset/film/film.writer.ts';
import { localDetector, localInpainter } from '../pipeline/test-support/tiny-models.ts';
import { temporaryFolder } from '../pipeline/test-support/tiny-study.ts';
import { changesCsv, changesName } from './changes-csv.ts';
import { filmFiles, outputFolder } from './film-files.ts';
import { type Harmonization, type HarmonizedFolder, harmonizeFolder } from './harmonize-folder.ts';
import { journalName } from './harmonize.journal.ts';
import type { WrittenFilm } from './harmonized-film.ts';

/** 64 x 64, 8 bits: dark noise; a marker is a white square in the tiny detector's box. */
function film(marker: boolean): GrayImage {
  const pixels = new Uint8Array(64 * 64);
  for (let i = 0; i < pixels.length; i++) pixels[i] = 60 + ((i * 31) % 9);
  if (marker) for (let y = 6; y < 14; y++) pixels.fill(255, y * 64 + 6, y * 64 + 14);
  return grayImage(64, 64, pixels, 8);
}

const dicom = (
  marker: boolean,
  uidSeed: string,
  photometric: 'MONOCHROME1' | 'MONOCHROME2' = 'MONOCHROME2',
) => writeDicom({ image: film(marker), meta: { uidSeed, patientId: 'P', photometric } });

let models: Harmonization['models'];
let input: string;

beforeAll(async () => {
  const folder = await temporaryFolder();
  models = { detector: await localDetector(folder), inpainter: await localInpainter(folder) };
  input = await temporaryFolder();
  await mkdir(join(input, 'ward'));
  await writeFile(join(input, 'marked.dcm'), dicom(true, 'a'));
  await writeFile(join(input, 'ward', 'inverted'), dicom(true, 'b', 'MONOCHROME1'));
  await writeFile(join(input, 'plain.dcm'), dicom(false, 'c'));
  await writeFile(join(input, 'picture.png'), await encodePng(film(true)));
  await writeFile(join(input, 'broken.dcm'), dicom(true, 'd').subarray(0, 2000));
  await writeFile(join(input, '=note, "odd".dcm'), 'nothing of an image');
  await writeFile(join(input, 'labels.csv'), 'path,label\n');
});

const run = (out: string, change: Partial<Harmonization> = {}): Promise<HarmonizedFolder> =>
  harmonizeFolder({
    ...{ in: input, out, arm: 'inpainted', format: 'dicom', models, workers: 2 },
    onProgress: () => undefined,
    ...change,
  });

const filmOf = ({ files }: HarmonizedFolder, path: string) => files.find((one) => one.path === path)!.film;
const digests = async (folder: string, names: readonly string[]): Promise<string[]> =>
  Promise.all(names.map(async (name) => sha256(await readFile(join(folder, name)))));

describe('harmonizeFolder', () => {
  it('writes what it can, lists the rest with reasons, and changes nothing outside the holes', async () => {
    const out = join(await temporaryFolder(), 'new', 'folder');
    const done = await run(out);
    expect(done.files.map(({ path, film: { kind } }) => [path, kind])).toEqual([
      ['=note, "odd".dcm', 'refused'],
      ['broken.dcm', 'refused'],
      ['marked.dcm', 'written'],
      ['picture.png', 'written'],
      ['plain.dcm', 'written'],
      ['ward/inverted', 'written'],
    ]);
    expect(filmOf(done, 'broken.dcm')).toMatchObject({ reason: 'truncated' });
    for (const path of ['marked.dcm', 'ward/inverted']) {
      const { stored: before, photometric } = await readDicom(await readFile(join(input, path)));
      const after = await readDicom(await readFile(join(out, path)));
      expect(after.photometric).toBe(photometric);
      const { markers, foundAfter } = filmOf(done, path) as WrittenFilm;
      const changed = [...before.samples.keys()].filter((i) => before.samples[i] !== after.stored.samples[i]);
      expect(changed.length).toBeGreaterThan(0);
      expect(changed.length).toBeLessThanOrEqual(markers[0]!.hole);
      // dilated by 4 px around 4..16
      for (const i of changed) expect(Math.max(i % 64, Math.floor(i / 64))).toBeLessThan(20);
      expect(foundAfter).toBe(0);
    }
    expect(filmOf(done, 'plain.dcm')).toMatchObject({ inert: true, markers: [], foundAfter: null });
    expect((await readFilm(await readFile(join(out, 'picture.png')))).pixels).toEqual(
      (await readDicom(await readFile(join(out, 'marked.dcm')))).pixels,
    );
  });

  it('gives stored values, boxes and reasons in changes.csv, in a form that a spreadsheet reads', async () => {
    const out = await temporaryFolder();
    await run(out);
    const rows = parse<Record<string, string>>(await readFile(join(out, changesName), 'utf8'), {
      columns: true,
    });
    const row = (file: string) => rows.find((one) => one['file'] === file)!;
    expect(row('marked.dcm')).toMatchObject({
      ...{ output: 'marked.dcm', arm: 'inpainted', marker: '1', label: 'left', x1: '4', y2: '16' },
      ...{ min_before: '60', max_before: '255', max_after: '68', inert: 'false', markers_after: '0' },
      ...{ look: 'digital', review: '', refused: '' },
    });
    expect(row('ward/inverted')).toMatchObject({ min_before: '0', max_before: '195', min_after: '187' });
    expect(row('plain.dcm')).toMatchObject({ marker: '0', label: '', inert: 'true', markers_after: '' });
    expect(row('broken.dcm')).toMatchObject({ output: '', refused: 'truncated' });
    expect(row(`'=note, "odd".dcm`)).toMatchObject({ refused: 'unsupported-syntax' });
  });

  it('does nothing a second time, mends what is missing or altered, and gives the same bytes elsewhere', async () => {
    const [out, other] = [await temporaryFolder(), await temporaryFolder()];
    const names = ['marked.dcm', 'ward/inverted', 'plain.dcm', 'picture.png', changesName];
    expect((await run(out)).unchanged).toBe(0);
    const first = await digests(out, names);
    expect((await run(out)).unchanged).toBe(4);
    await rm(join(out, 'plain.dcm'));
    await truncate(join(out, 'marked.dcm'), 100);
    expect((await run(out)).unchanged).toBe(2);
    expect(await digests(out, names)).toEqual(first);
    await run(other, { workers: 1 });
    expect(await digests(other, names)).toEqual(first);
  });

  it('goes on after it was stopped, also where a line of the journal was torn', async () => {
    const out = await temporaryFolder();
    await run(out);
    const path = join(out, journalName);
    const lines = (await readFile(path, 'utf8')).split('\n');
    await writeFile(path, `${lines.slice(0, 3).join('\n')}\n${lines[3]!.slice(0, 20)}`);
    expect((await run(out)).unchanged).toBe(2);
    expect((await run(out)).unchanged).toBe(4);
    const stop = new AbortController();
    stop.abort(new Error('stopped'));
    await expect(run(out, { signal: stop.signal })).rejects.toThrow('stopped');
  });

  it('clips to the range of the inpainted film, and says that the marker is still there to see', async () => {
    const out = await temporaryFolder();
    const done = await run(out, { arm: 'clipped' });
    const { pixels } = await readDicom(await readFile(join(out, 'marked.dcm')));
    expect(Math.max(...pixels)).toBe((filmOf(done, 'marked.dcm') as WrittenFilm).after.max);
    expect(filmOf(done, 'marked.dcm')).toMatchObject({ after: { min: 60, max: 68 }, inert: false });
  });

  it('writes PNGs of the same values under names of their own', async () => {
    const out = await temporaryFolder();
    await run(out, { format: 'png' });
    expect((await readdir(out)).filter((name) => name.endsWith('.png')).sort()).toEqual([
      'marked.dcm.png',
      'picture.png',
      'plain.dcm.png',
    ]);
    const { pixels } = await readFilm(await readFile(join(out, 'plain.dcm.png')));
    expect(pixels).toEqual(film(false).pixels);
  });

  it('writes neither into its input nor over what is not its own', async () => {
    await expect(run(input)).rejects.toMatchObject({ code: 'output-in-input' });
    await expect(run(join(input, 'ward', 'new'))).rejects.toMatchObject({ code: 'output-in-input' });
    await expect(run(join(input, '..'))).rejects.toMatchObject({ code: 'output-in-input' });
    const disguise = join(await temporaryFolder(), 'link');
    await symlink(input, disguise);
    await expect(run(join(disguise, 'x'))).rejects.toMatchObject({ code: 'output-in-input' });
    const out = await temporaryFolder();
    await writeFile(join(out, 'thesis.docx'), 'mine');
    await expect(run(out)).rejects.toMatchObject({ code: 'output-taken' });
    const mine = await temporaryFolder();
    await run(mine);
    await expect(run(mine, { arm: 'clipped' })).rejects.toMatchObject({ code: 'output-taken' });
    expect((await readdir(input)).sort()).toContain('labels.csv');
    expect((await readdir(join(input, 'ward'))).sort()).toEqual(['inverted']);
  });

  it('takes a single film, and refuses a folder without any', async () => {
    const out = await temporaryFolder();
    const done = await run(out, { in: join(input, 'marked.dcm') });
    expect(done.files).toHaveLength(1);
    const empty = await temporaryFolder();
    await expect(filmFiles(empty)).rejects.toMatchObject({ code: 'no-films' });
    await expect(filmFiles(join(empty, 'missing'))).rejects.toMatchObject({ code: 'no-films' });
    expect(await outputFolder(join(empty, 'a', 'b'), input)).toBe(join(empty, 'a', 'b'));
  });
});

describe('changesCsv', () => {
  it('has as many cells in every row as in the header', () => {
    const text = changesCsv([{ path: 'a.dcm', film: { kind: 'refused', reason: 'truncated' } }], 'clipped');
    const [header, row] = text
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(',').length);
    expect(row).toBe(header);
  });
});
