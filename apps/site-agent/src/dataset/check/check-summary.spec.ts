import { describe, expect, it } from '@jest/globals';
import type { LabelRows } from '../rows/label-rows.ts';
import type { CheckedFile } from './check-folder.ts';
import { summarise } from './check-summary.ts';
import { checkText } from './check.view.ts';
import { findDuplicates } from './duplicates.ts';
import type { FileFacts, FilmFacts } from './file-facts.ts';
import { listOfFiles } from './file-list.ts';

const hashOf = (k: number): string => `${k}`.padStart(2, '0').repeat(32);
const film = (k: number, change: Partial<FilmFacts> = {}): FilmFacts => ({
  kind: 'film',
  syntax: 'PNG',
  bits: 8,
  width: 9,
  height: 9,
  declared: '',
  view: 'PA',
  polarity: 'bone-white',
  hanging: 'upright',
  oneSided: false,
  overlay: false,
  pixels: `${k}`.padStart(64, '0'),
  // far apart: half of the bits of the decimal digits differ
  hash: k % 2 === 0 ? hashOf(k).replaceAll('0', 'f') : hashOf(10 * k),
  ...change,
});
const cut: FileFacts = {
  kind: 'skipped',
  syntax: 'PNG',
  reason: 'truncated',
  detail: 'the file ends before its image does',
};
const named = (facts: readonly FileFacts[]): CheckedFile[] =>
  facts.map((one, i) => ({ path: `ward/Doe^Jane-${i}.png`, facts: one }));
const labelsFor = (files: readonly CheckedFile[]): LabelRows => ({
  drafts: files.map(({ path }, i) => ({ row: i + 2, path, label: i % 2 === 0 ? 0 : 1, patient: `p${i}` })),
  problems: [{ row: 99, code: 'label-empty' }],
  considered: files.length + 1,
});

describe('findDuplicates', () => {
  it('groups the same pixels, and nearly the same pictures apart from them', () => {
    const near = hashOf(11).replace(/^1111/, '1110');
    const films = [
      film(1, { hash: hashOf(11) }),
      film(2),
      film(1, { hash: hashOf(11) }),
      film(3, { hash: near }),
    ];
    expect(findDuplicates(films)).toEqual({ same: [[0, 2]], near: [[0, 3]] });
    expect(findDuplicates([])).toEqual({ same: [], near: [] });
  });
});

describe('summarise', () => {
  const inverted = film(4, {
    polarity: 'inverted',
    declared: 'MONOCHROME1',
    syntax: 'DICOM, RLE lossless',
    bits: 12,
  });
  const files = named([film(1), film(1), inverted, film(3, { hanging: 'rotated-mirrored' }), cut]);

  it('counts formats, polarities, skips and warnings', () => {
    expect(summarise(files, undefined, 10)).toMatchObject({
      files: 5,
      films: 4,
      byFormat: [
        { syntax: 'PNG', bits: 8, films: 3 },
        { syntax: 'DICOM, RLE lossless', bits: 12, films: 1 },
      ],
      skipped: [{ reason: 'truncated', files: 1 }],
      warnings: [
        { warning: 'inverted', films: 1 },
        { warning: 'mirrored', films: 1 },
        { warning: 'rotated', films: 1 },
      ],
      duplicates: [{ kind: 'same pixels', films: 2, groups: 1, patients: null }],
      labels: null,
      floor: { patients: 10, met: null },
    });
  });

  it('joins the labels, and says whether the floor can be met', () => {
    const labels = labelsFor([...files, { path: 'gone.png', facts: cut }]);
    const { labels: found, floor, duplicates } = summarise(files, labels, 2);
    expect(found).toMatchObject({
      rows: 7,
      usable: 4,
      rowsWithoutFile: 1,
      rowsWithoutFilm: 1,
      filmsWithoutRow: 0,
    });
    expect(found?.classes).toEqual([
      { name: '0', films: 2, patients: 2 },
      { name: '1', films: 2, patients: 2 },
    ]);
    expect(floor.met).toBe(true);
    expect(duplicates[0]!.patients).toBe(2);
    expect(summarise(files, labels, 3).floor.met).toBe(false);
  });

  it('takes the view of the labels before the header’s', () => {
    const labels = labelsFor(files.slice(0, 1));
    labels.drafts[0]!.view = 'LATERAL';
    expect(summarise(files, labels, 2).byView).toContainEqual({
      view: 'LATERAL',
      hanging: 'upright',
      films: 1,
    });
  });
});

describe('what is shown', () => {
  const long = film(5, {
    syntax: 'DICOM, JPEG lossless, first-order prediction',
    polarity: 'undecided',
    overlay: true,
  });
  const odd: FileFacts = {
    ...cut,
    syntax: long.syntax,
    reason: 'unsupported-syntax',
    detail: 'x '.repeat(60).trim(),
  };
  const files = named([long, film(6, { oneSided: true, view: 'LATERAL' }), odd]);

  it('fits into 100 columns and names no file', () => {
    for (const labels of [undefined, labelsFor(files)]) {
      const text = checkText(summarise(files, labels, 10), 1);
      expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
      expect(text).not.toContain('Doe');
      expect(text).toContain('1 read now, 2 known from before');
    }
  });

  it('lists files for the site, safe for spreadsheets', () => {
    const list = listOfFiles([{ path: '=cmd,"x".png', facts: cut }, ...files]);
    expect(list.split('\n')[1]).toMatch(/^"'=cmd,""x"".png",PNG,/);
    expect(list).toContain('Doe^Jane-0.png');
  });
});
