// Cells -> rows, or the reasons why not. Pure: no file is opened here.
import { viewOf } from '@sidemark/core/imaging';
import type { LabelsFile } from './labels.reader.ts';
import { type DatasetRow, Split } from '../registered-dataset.ts';
import { toVendor } from '../vendor.ts';
import type { ProblemCode, RowProblem } from './row-problems.ts';

export const columnNames = {
  path: 'path',
  label: 'label',
  patient: 'patient_id',
  class: 'class',
  mask: 'mask',
  view: 'view',
  sex: 'sex',
  age: 'age',
  vendor: 'vendor',
  split: 'split',
} as const;
export type Column = keyof typeof columnNames;
const required: readonly Column[] = ['path', 'label', 'patient'];
const columns = Object.keys(columnNames) as Column[];

export interface LabelColumns {
  /** column of the CSV that holds each; those left out go by `columnNames` */
  names: Partial<Record<Column, string>>;
  /** class names in the order of the model's labels; empty: the column holds numbers */
  classes: readonly string[];
  /** rows to keep: every column must hold its value */
  where: Readonly<Record<string, string>>;
  allowExtraColumns: boolean;
}

/** A row before its file was opened. */
export type DraftRow = Omit<DatasetRow, 'sha256' | 'maskSha256'> & { row: number };

export interface LabelRows {
  drafts: DraftRow[];
  problems: RowProblem[];
  /** rows that `where` kept, good or bad */
  considered: number;
}

/** Reads every row that `where` keeps; a row with a problem gives no draft. */
export function labelRows(file: LabelsFile, wanted: LabelColumns): LabelRows {
  const names = { ...columnNames, ...wanted.names };
  const headerProblems = checkHeader(file.columns, names, wanted);
  if (headerProblems.some(({ code }) => code !== 'column-unknown')) {
    return { drafts: [], problems: headerProblems, considered: 0 };
  }
  const kept = file.records.filter(({ cells }) =>
    Object.entries(wanted.where).every(([name, value]) => cells[file.columns.indexOf(name)] === value),
  );
  const problems = [...headerProblems];
  const drafts: DraftRow[] = [];
  for (const { row, cells } of kept) {
    const cell = (column: Column): string => cells[file.columns.indexOf(names[column])] ?? '';
    const found =
      cells.length === file.columns.length ? checkCells(row, cell, wanted) : [problem(row, 'cell-count')];
    if (found.length === 0) drafts.push(draftOf(row, cell, wanted));
    else problems.push(...found);
  }
  return { drafts, problems, considered: kept.length };
}

function checkHeader(
  present: readonly string[],
  names: Record<Column, string>,
  wanted: LabelColumns,
): RowProblem[] {
  // a column that was named on purpose must be there
  const expected = [...required, ...columns.filter((column) => wanted.names[column] !== undefined)];
  const needed = new Set([...expected.map((column) => names[column]), ...Object.keys(wanted.where)]);
  const known = new Set([...Object.values(names), ...Object.keys(wanted.where)]);
  // by number alone: in a file without a header the "names" are those of its first row
  const numbered = present.map((name, i) => ({ name, where: `column ${i + 1}` }));
  const repeated = numbered.filter(({ name }, i) => present.indexOf(name) !== i);
  const unknown = wanted.allowExtraColumns ? [] : numbered.filter(({ name }) => !known.has(name));
  return [
    ...[...needed]
      .filter((name) => !present.includes(name))
      .map((name) => problem(1, 'column-missing', name)),
    ...repeated.map(({ where }) => problem(1, 'column-repeated', where)),
    ...unknown.map(({ where }) => problem(1, 'column-unknown', where)),
  ];
}

function checkCells(row: number, cell: (column: Column) => string, { classes }: LabelColumns): RowProblem[] {
  const found: RowProblem[] = columns
    .filter((column) => column !== 'age' && column !== 'label' && /^[=+\-@\t\r]/.test(cell(column)))
    .map((column) => problem(row, 'formula-cell', column));
  const check = (bad: boolean, code: ProblemCode): void => void (bad && found.push(problem(row, code)));
  check(cell('path') === '', 'path-empty');
  check(escapes(cell('path')) || escapes(cell('mask')), 'path-outside');
  check(cell('label') === '', 'label-empty');
  check(cell('label') !== '' && !/^[01]$/.test(cell('label')), 'label-invalid');
  check(cell('patient') === '', 'patient-empty');
  check(cell('class') !== '' && classOf(cell('class'), classes) === undefined, 'class-invalid');
  check(cell('split') !== '' && !Split.safeParse(cell('split')).success, 'split-invalid');
  check(cell('age') !== '' && ageOf(cell('age')) === undefined, 'age-invalid');
  return found;
}

function draftOf(row: number, cell: (column: Column) => string, { classes }: LabelColumns): DraftRow {
  const { mask, sex, split } = {
    mask: slashed(cell('mask')),
    sex: cell('sex'),
    split: Split.safeParse(cell('split')).data,
  };
  const number = classOf(cell('class'), classes);
  const age = ageOf(cell('age'));
  const vendor = toVendor(cell('vendor'));
  return {
    row,
    path: slashed(cell('path')),
    label: cell('label') === '1' ? 1 : 0,
    patient: cell('patient'),
    ...(number === undefined ? {} : { class: number }),
    ...(mask === '' ? {} : { mask }),
    ...(cell('view') === '' ? {} : { view: viewOf(cell('view')) }),
    ...(sex === '' ? {} : { sex }),
    ...(age === undefined ? {} : { age }),
    ...(vendor === undefined ? {} : { vendor }),
    ...(split === undefined ? {} : { split }),
  };
}

const problem = (row: number, code: ProblemCode, detail?: string): RowProblem =>
  detail === undefined ? { row, code } : { row, code, detail };

/** Windows paths with forward slashes, without a leading ./ */
function slashed(path: string): string {
  return path.replaceAll('\\', '/').replace(/^(\.\/)+/, '');
}

function escapes(path: string): boolean {
  return /^([a-z]:)?\//i.test(slashed(path)) || slashed(path).split('/').includes('..');
}

function classOf(text: string, classes: readonly string[]): number | undefined {
  const named = classes.indexOf(text);
  if (named >= 0) return named;
  return /^\d{1,2}$/.test(text) && Number(text) < (classes.length || 20) ? Number(text) : undefined;
}

/** Years: 54, 54.5, DICOM's 054Y, 018M, 012W, 005D, or the middle of a band such as 1-5. */
export function ageOf(text: string): number | undefined {
  const band = /^(\d{1,3})-(\d{1,3})$/.exec(text);
  if (band) return bandMiddle(Number(band[1]), Number(band[2]));
  const found = /^(\d{1,3}(?:\.\d+)?)([YMWD]?)$/i.exec(text);
  if (!found) return undefined;
  const perYear = { M: 12, W: 52.18, D: 365.25 }[found[2]!.toUpperCase()] ?? 1;
  const years = Number(found[1]) / perYear;
  return years <= 150 ? years : undefined;
}

function bandMiddle(from: number, to: number): number | undefined {
  return from <= to && to <= 150 ? (from + to) / 2 : undefined;
}
