// Films that were given back to a site, judged by programs that are not ours: pydicom reads source and result, dciodvfy
// holds both against the standard.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const python = process.env['SIDEMARK_PYTHON'] ?? 'python3';
const script = join(import.meta.dirname, 'derived_films.py');
const root = join(import.meta.dirname, '../..');
const shared = process.env['SIDEMARK_SHARED'] ?? join(root, '../shared');

let dir: string;

function run(program: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', cwd: root });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stdout}${stderr}`);
  return stdout;
}

const sidemark = (...args: string[]): string => run(process.execPath, ['apps/cli/bin/sidemark.mjs', ...args]);

/** Errors of one file against the standard. */
function errorsOf(file: string): string[] {
  const { stdout, stderr } = spawnSync('dciodvfy', [file], { encoding: 'latin1' });
  return `${stdout}${stderr}`.split('\n').filter((line) => line.startsWith('Error'));
}

interface Compared {
  readonly changed: number;
  readonly outside: number;
  readonly [fact: string]: unknown;
}

const compared = (source: string, out: string): Record<string, Compared> =>
  JSON.parse(run(python, [script, 'compare', source, out, join(out, 'changes.csv')])) as Record<
    string,
    Compared
  >;

function phantoms(profile: string, films: number): string {
  const made = join(dir, profile);
  sidemark('phantom', 'make', `libs/phantom/sites/${profile}.json`, '--out', made, '--films', String(films));
  const images = join(made, 'images');
  run(python, [script, 'clean', images]);
  return images;
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sidemark-derived-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

describe('derived films, read by pydicom and judged by dciodvfy', () => {
  it.each(['harbour', 'riverside'])('of %s: 0 errors, and nothing changed outside the holes', (profile) => {
    const images = phantoms(profile, 4);
    const out = join(dir, `${profile}-out`);
    sidemark('harmonize', '--in', images, '--out', out);
    const films = compared(images, out);
    expect(Object.keys(films)).toHaveLength(4);
    for (const [name, film] of Object.entries(films)) {
      expect([name, errorsOf(join(images, name)), errorsOf(join(out, name))]).toEqual([name, [], []]);
      expect(film).toMatchObject({
        ...{ outside: 0, privateLost: 0, private: 3, name: 'Müller^Jörg', sameFormat: true },
        ...{ newUids: true, validUids: true, metaFits: true, source: true },
        syntax: 'Explicit VR Little Endian',
      });
      expect((film['imageType'] as string[])[0]).toBe('DERIVED');
    }
    expect(Object.values(films).some(({ changed }) => changed > 0)).toBe(true);
  });

  it('of real films: no error that the source does not have', async () => {
    const folder = join(shared, 'data', 'dicom');
    const names = await readdir(folder).catch(() => []);
    // GDCM, which pydicom decodes with here, gives an all-zero picture of 966.dcm
    const wanted = names.filter((name) => /^(RG\d|XA1|MR-|vlut)/.test(name));
    if (wanted.length === 0) return;
    const images = join(dir, 'real');
    await mkdir(images);
    for (const name of wanted) await cp(join(folder, name), join(images, name));
    const out = join(dir, 'real-out');
    sidemark('harmonize', '--in', images, '--out', out);
    for (const name of wanted) {
      const before = errorsOf(join(images, name));
      expect([name, errorsOf(join(out, name)).filter((line) => !before.includes(line))]).toEqual([name, []]);
    }
    const lossless = /^(RG2_(J2KR|JPLL|RLE)|XA1|MR-|vlut)/;
    for (const [name, { outside }] of Object.entries(compared(images, out)))
      if (lossless.test(name)) expect([name, outside]).toEqual([name, 0]);
  });

  it('finds a pixel that was changed outside the holes: the test can fail', async () => {
    const images = join(dir, 'harbour', 'images');
    const out = join(dir, 'spoilt');
    sidemark('harmonize', '--in', images, '--out', out);
    const name = (await readdir(out)).find((one) => one.endsWith('.dcm'))!;
    const bytes = await readFile(join(out, name));
    // in the middle of Pixel Data, the last element
    const at = bytes.length - 384 * 384;
    bytes[at] = bytes[at]! ^ 1;
    await writeFile(join(out, name), bytes);
    expect(compared(images, out)[name]).toMatchObject({ outside: 1 });
  });
});
