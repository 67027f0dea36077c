// The checks of films on real radiographs: true films are not called inverted, their negatives are, copies are found.
import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { judgeFilm } from '@sidemark/core/imaging';
import { readDicom } from '@sidemark/dicom';

const root = join(import.meta.dirname, '../..');
const data = resolve(root, process.env['SIDEMARK_SHARED'] ?? '../shared', 'data');

interface Figures {
  polarity: {
    site: string;
    films: number;
    asTheyAre: Record<string, number>;
    negatives: Record<string, number>;
    cropped: Record<string, number>;
  }[];
  hash: { copies: number; copiesFound: number; pairsTaken: number };
}

describe('npm run eval:films -- DIR --json', () => {
  const args = ['run', '--silent', 'eval:films', '--', join(data, 'radiographs'), '--json'];
  const env = { ...process.env, NODE_OPTIONS: '' };
  const out = execFileSync('npm', args, { cwd: root, env, encoding: 'utf8', maxBuffer: 1e8 });
  const { polarity, hash } = JSON.parse(out.trim().split('\n').at(-1)!) as Figures;
  const sum = (kind: 'asTheyAre' | 'negatives' | 'cropped', verdict: string): number =>
    polarity.reduce((total, site) => total + site[kind][verdict]!, 0);
  const films = polarity.reduce((total, site) => total + site.films, 0);

  it('sees the four hospitals', () => {
    expect(polarity).toHaveLength(4);
    expect(films).toBeGreaterThan(500);
  });

  it('calls no true film inverted, and nearly every negative', () => {
    expect(sum('asTheyAre', 'inverted')).toBe(0);
    expect(sum('asTheyAre', 'bone-white') / films).toBeGreaterThanOrEqual(0.99);
    expect(sum('negatives', 'bone-white')).toBe(0);
    expect(sum('negatives', 'inverted') / films).toBeGreaterThanOrEqual(0.99);
  });

  it('rather does not decide than err on films with their edges cut off', () => {
    expect(sum('cropped', 'inverted')).toBe(0);
    expect(sum('cropped', 'bone-white') / films).toBeGreaterThan(0.97);
  });

  it('finds lossy copies, and takes no two patients for one film', () => {
    expect(hash.copiesFound / hash.copies).toBeGreaterThan(0.98);
    expect(hash.pairsTaken).toBe(0);
  });
});

describe('judgeFilm on real DICOM', () => {
  it.each([
    ['1.2.276.0.7230010.3.1.4.8323329.6904.1517875201.850819.dcm', 'bone-white'],
    ['Fake_MONOHR1.dcm', 'inverted'],
    ['966.dcm', 'bone-white'],
    ['RG1_JLSN.dcm', 'bone-white'],
    ['RG2_RLE.dcm', 'undecided'],
  ])('%s is %s: the tag of Fake_MONOHR1 lies, the hip is not judged', async (name, verdict) => {
    const film = await readDicom(readFileSync(join(data, 'dicom', name)));
    expect(judgeFilm(film, film).polarity.verdict).toBe(verdict);
  });
});
