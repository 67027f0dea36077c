import { describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../../pipeline/test-support/tiny-study.ts';
import { type LabelColumns, labelRows } from './label-rows.ts';
import { readLabels } from './labels.reader.ts';

const plain: LabelColumns = { names: {}, classes: [], where: {}, allowExtraColumns: false };

async function rowsOf(text: string | Uint8Array, change: Partial<LabelColumns> = {}) {
  const path = join(await temporaryFolder(), 'labels.csv');
  await writeFile(path, text);
  return labelRows(await readLabels(path), { ...plain, ...change });
}
const header = 'path,label,patient_id,class,mask,view,sex,age,split';
const codes = async (line: string, change: Partial<LabelColumns> = {}): Promise<string[]> =>
  (await rowsOf(`${header}\n${line}\n`, change)).problems.map(({ code }) => code);

describe('labelRows', () => {
  it('reads every column, whatever the separator, byte order mark and line ends', async () => {
    const text = '\ufeffpath;label;patient_id;view;age\r\n\r\nsub\\a.png;1;"p;1";AP supine;054Y\r\n';
    expect(await rowsOf(text)).toEqual({
      drafts: [{ row: 3, path: 'sub/a.png', label: 1, patient: 'p;1', view: 'AP', age: 54 }],
      problems: [],
      considered: 1,
    });
  });

  it('reads what a spreadsheet saves as Unicode text', async () => {
    const text = Buffer.from('\ufeffpath\tlabel\tpatient_id\nä.png\t0\tp1\n', 'utf16le');
    expect((await rowsOf(text)).drafts).toEqual([{ row: 2, path: 'ä.png', label: 0, patient: 'p1' }]);
  });

  it.each([
    ['a.png,,p1,,,,,,', ['label-empty']],
    ['a.png,2,p1,,,,,,', ['label-invalid']],
    ['a.png,1.0,p1,,,,,,', ['label-invalid']],
    ['a.png,1,,,,,,,', ['patient-empty']],
    [',1,p1,,,,,,', ['path-empty']],
    ['../a.png,1,p1,,,,,,', ['path-outside']],
    ['/etc/passwd,1,p1,,,,,,', ['path-outside']],
    ['C:\\a.png,1,p1,,,,,,', ['path-outside']],
    ['a.png,1,p1,,..\\m.png,,,,', ['path-outside']],
    ['a.png,1,p1,tall,,,,,', ['class-invalid']],
    ['a.png,1,p1,-1,,,,,', ['formula-cell', 'class-invalid']],
    ['a.png,1,p1,,,,,old,', ['age-invalid']],
    ['a.png,1,p1,,,,,,holdout', ['split-invalid']],
    ['a.png,1,p1,,,,,,fold-11', ['split-invalid']],
    ['a.png,1,p1,,,,,,fold-10', []],
    ['a.png,1,=cmd(),,,,,,', ['formula-cell']],
    ['a.png,1,p1', ['cell-count']],
    ['a.png,x,,,,,,,', ['label-invalid', 'patient-empty']],
  ])('%s has %j', async (line, expected) => {
    expect(await codes(line)).toEqual(expected);
  });

  it('takes class names in the order of the model', async () => {
    const classes = ['none', 'opacity'];
    expect(await codes('a.png,1,p1,tall,,,,,', { classes })).toEqual(['class-invalid']);
    expect((await rowsOf(`${header}\na.png,1,p1,opacity,,,,,`, { classes })).drafts[0]).toMatchObject({
      class: 1,
    });
  });

  it('names missing, repeated and unknown columns, and reads no row of a file that lacks one', async () => {
    const { problems, drafts } = await rowsOf('path,path,patient_id,veiw\na.png,a.png,p1,PA\n');
    expect(problems.map(({ code, detail }) => `${code} ${detail}`)).toEqual([
      'column-missing label',
      'column-repeated column 2',
      'column-unknown column 4',
    ]);
    expect(drafts).toEqual([]);
  });

  it('maps columns and picks rows', async () => {
    const text = 'file,y,who,site\na.png,1,p1,north\nb.png,,p2,south\n';
    const names = { path: 'file', label: 'y', patient: 'who' };
    const { drafts, problems } = await rowsOf(text, { names, where: { site: 'north' } });
    expect(drafts).toHaveLength(1);
    expect(problems).toEqual([]);
  });
});
