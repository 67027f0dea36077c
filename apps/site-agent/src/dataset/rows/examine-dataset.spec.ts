import { describe, expect, it } from '@jest/globals';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDicom } from '@sidemark/dicom';
import { sha256 } from '@sidemark/core/signing';
import sharp from 'sharp';
import { grayImage } from '@sidemark/core/imaging';
import { temporaryFolder, tinyFilm } from '../../pipeline/test-support/tiny-study.ts';
import { dicomThatPromises, jpegThatPromises, noisyFilm, pngBomb } from '../film/bombs.sample.ts';
import { examineDataset } from './examine-dataset.ts';

const columns = { names: {}, classes: [], where: {}, allowExtraColumns: false };

async function examined(files: Record<string, Uint8Array | string>, lines: string[]) {
  const folder = await temporaryFolder();
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder, name), bytes);
  await writeFile(join(folder, 'labels.csv'), ['path,label,patient_id,split', ...lines].join('\n'));
  await symlink('/etc/hostname', join(folder, 'out.png'));
  const found = await examineDataset({ folder, csv: join(folder, 'labels.csv'), columns });
  return { ...found, said: found.problems.map(({ row, code }) => `${row} ${code}`) };
}

describe('examineDataset', () => {
  it('tells every problem row with its reason and keeps the good rows', async () => {
    const [a, b] = [await tinyFilm({ level: 10 }), await tinyFilm({ level: 20 })];
    const files = {
      'a.png': a,
      'a2.png': a,
      'b.png': b,
      'b2.png': b,
      'c.png': await tinyFilm({ level: 30 }),
      'text.png': 'hello',
      'cut.dcm': Buffer.alloc(140).fill('DICM', 128, 132),
    };
    const { said, rows, considered } = await examined(files, [
      'a.png,0,p1,',
      'a2.png,0,p1,',
      'b.png,0,p2,',
      'b2.png,1,p2,',
      'c.png,1,p3,',
      'c.png,1,p3,',
      'gone.png,1,p4,',
      'text.png,1,p5,',
      'cut.dcm,1,p6,',
      'out.png,1,p7,',
    ]);
    expect(said).toEqual([
      '3 file-repeated',
      '4 file-two-labels',
      '5 file-two-labels',
      '7 path-repeated',
      '8 file-missing',
      '9 file-unsupported',
      '10 file-unsupported',
      '11 path-outside',
    ]);
    expect(rows.map(({ path }) => path).sort()).toEqual(['a.png', 'c.png']);
    expect(considered).toBe(10);
  });

  it('names films that were cut, and films that promise more than a radiograph has', async () => {
    const [png, jpeg] = [await noisyFilm('png'), await noisyFilm('jpeg')];
    const files = {
      'cut.png': png.subarray(0, png.length >> 1),
      'cut.jpg': jpeg.subarray(0, jpeg.length >> 1),
      'huge.png': pngBomb(60_000, 60_000, 1000),
      'huge.jpg': await jpegThatPromises(65_500),
      'huge.dcm': dicomThatPromises(65_535),
      'deflated.dcm': dicomThatPromises(8, '1.2.840.10008.1.2.1.99'),
    };
    const { said } = await examined(
      files,
      Object.keys(files).map((name, i) => `${name},0,p${i},`),
    );
    expect(said).toEqual([
      '2 file-unreadable',
      '3 file-unreadable',
      '4 file-geometry',
      '5 file-geometry',
      '6 file-geometry',
      '7 file-unreadable',
    ]);
  });

  it('refuses a patient in two splits', async () => {
    const files = { 'a.png': await tinyFilm({ level: 10 }), 'b.png': await tinyFilm({ level: 20 }) };
    const { said } = await examined(files, ['a.png,0,p1,train', 'b.png,0,p1,test']);
    expect(said).toEqual(['2 split-conflict', '3 split-conflict']);
  });

  it('refuses a patient with a row of training and one without a split: that one would be a test', async () => {
    const files = { 'a.png': await tinyFilm({ level: 10 }), 'b.png': await tinyFilm({ level: 20 }) };
    expect((await examined(files, ['a.png,0,p1,fold-2', 'b.png,0,p1,'])).said).toEqual([
      '2 split-conflict',
      '3 split-conflict',
    ]);
    expect((await examined(files, ['a.png,0,p1,test', 'b.png,0,p1,'])).said).toEqual([]);
  });

  it('takes masks of the film’s size, black ones too, and says what is wrong with others', async () => {
    const film = await tinyFilm({ level: 10 });
    const mask = (side: number, value: number) =>
      sharp({
        create: { width: side, height: side, channels: 3, background: { r: value, g: value, b: value } },
      })
        .toColourspace('b-w')
        .png()
        .toBuffer();
    const folder = await temporaryFolder();
    const films = await Promise.all([1, 2, 3, 4, 5].map((k) => tinyFilm({ level: 10 * k })));
    const masks = [await mask(64, 0), await mask(64, 255), await mask(63, 0), Buffer.from('no mask'), film];
    for (const [k, bytes] of films.entries()) await writeFile(join(folder, `${k}.png`), bytes);
    for (const [k, bytes] of masks.entries()) await writeFile(join(folder, `m${k}.png`), bytes);
    const lines = films.map((_, k) => `${k}.png,1,p${k},${k === 4 ? 'gone' : `m${k}`}.png`);
    await writeFile(join(folder, 'labels.csv'), ['path,label,patient_id,mask', ...lines].join('\n'));
    const { rows, problems } = await examineDataset({ folder, csv: join(folder, 'labels.csv'), columns });
    expect(problems.map(({ row, code }) => `${row} ${code}`)).toEqual([
      '4 mask-size',
      '5 mask-unreadable',
      '6 file-missing',
    ]);
    expect(rows.map(({ maskSha256 }) => maskSha256)).toEqual(
      rows.map(({ path }) => sha256(masks[Number(path[0])]!)),
    );
  });

  it('takes the view from DICOM where the labels name none', async () => {
    const image = grayImage(
      4,
      4,
      Uint16Array.from({ length: 16 }, (_, i) => i),
      12,
    );
    const bytes = writeDicom({ image, meta: { uidSeed: 'x', patientId: 'p1', viewPosition: 'LL' } });
    const { rows } = await examined({ 'a.dcm': bytes }, ['a.dcm,0,p1,']);
    expect(rows[0]).toMatchObject({ path: 'a.dcm', view: 'LATERAL' });
  });
});
