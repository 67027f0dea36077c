import { beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { grayImage } from '@sidemark/core/imaging';
import { writeDicom } from '@sidemark/dicom';
import { type DataDirectory, openDataDirectory } from '../../platform/disk/data-directory.ts';
import { SECRET, temporaryFolder, tinyFilm } from '../../pipeline/test-support/tiny-study.ts';
import { CheckCache } from './check-cache.store.ts';
import { type CheckedFolder, checkFolder } from './check-folder.ts';

let folder: string;
let directory: DataDirectory;

beforeEach(async () => {
  folder = await temporaryFolder();
  directory = await openDataDirectory(join(await temporaryFolder(), 'agent'));
});

async function check(leaveOut: string[] = []): Promise<CheckedFolder> {
  const cache = await CheckCache.open(directory, folder, SECRET);
  return checkFolder({ folder, leaveOut: new Set(leaveOut), workers: 2, cache });
}

const kinds = ({ files }: CheckedFolder): string[] =>
  files.map(({ path, facts }) => `${path} ${facts.kind === 'film' ? facts.syntax : facts.reason}`);

describe('checkFolder', () => {
  it('says of every file what it is; a bad one stops nothing', async () => {
    const film = grayImage(
      8,
      8,
      Uint16Array.from({ length: 64 }, (_, i) => i),
      12,
    );
    const dicom = writeDicom({ image: film, meta: { uidSeed: 'a', patientId: 'p', viewPosition: 'LL' } });
    await mkdir(join(folder, 'ward'));
    const png = await tinyFilm({ level: 40 });
    await writeFile(join(folder, 'a.png'), png);
    await writeFile(join(folder, 'cut.png'), png.subarray(0, png.length / 2));
    await writeFile(join(folder, 'empty.dcm'), '');
    await writeFile(join(folder, 'labels.csv'), 'path,label');
    await writeFile(join(folder, '.hidden.png'), 'x');
    await writeFile(join(folder, 'ward', 'film.dcm'), dicom);
    await writeFile(join(folder, 'ward', 'short.dcm'), dicom.subarray(0, dicom.length - 9));
    await symlink('/etc/hostname', join(folder, 'outside.png'));
    const found = await check(['labels.csv']);
    expect(kinds(found)).toEqual([
      'a.png PNG',
      'cut.png truncated',
      'empty.dcm unsupported-syntax',
      'ward/film.dcm DICOM, explicit VR little endian',
      'ward/short.dcm truncated',
    ]);
    expect(found.files[3]!.facts).toMatchObject({ view: 'LATERAL', hanging: 'lateral', bits: 12 });
  });

  it('opens only what is new or has changed at the second call', async () => {
    for (const name of ['a', 'b', 'c'])
      await writeFile(join(folder, `${name}.png`), await tinyFilm({ level: 40 }));
    const first = await check();
    expect(first.opened).toBe(3);
    const second = await check();
    expect(second).toEqual({ files: first.files, opened: 0 });

    const { mtime } = await stat(join(folder, 'a.png'));
    await writeFile(join(folder, 'a.png'), await tinyFilm({ level: 90, marker: true }));
    await utimes(join(folder, 'b.png'), mtime, new Date(mtime.getTime() + 5000));
    await rm(join(folder, 'c.png'));
    const third = await check();
    expect(third.opened).toBe(2);
    expect(third.files.map(({ path }) => path)).toEqual(['a.png', 'b.png']);
    expect(third.files[0]!.facts).not.toEqual(first.files[0]!.facts);
  });

  it('keeps no name of a file, and reads again what another version or a torn file left', async () => {
    await writeFile(join(folder, 'Doe^Jane.png'), await tinyFilm({ level: 40 }));
    await check();
    const [name] = await readdir(directory.checks);
    const path = join(directory.checks, name!);
    const text = await readFile(path, 'utf8');
    expect(text).not.toContain('Doe');
    for (const other of [text.replace('sidemark.check/', 'sidemark.check/0'), text.slice(0, 90), '']) {
      await writeFile(path, other);
      expect((await check()).opened).toBe(1);
    }
    expect((await check()).opened).toBe(0);
  });

  it('refuses a folder that is not there', async () => {
    folder = join(folder, 'nowhere');
    await expect(check()).rejects.toMatchObject({ code: 'dataset-problems' });
  });
});
