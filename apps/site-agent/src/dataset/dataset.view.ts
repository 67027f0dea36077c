// A dataset and its problems in words and tables.
import { table } from '@sidemark/terminal';
import { type RegisteredDataset } from './registered-dataset.ts';
import { countByCode, problemRemedies, type RowProblem } from './rows/row-problems.ts';

const MOST_ROWS = 40;

/** What --json prints: counts and the digest, no row. */
export function datasetValue(dataset: RegisteredDataset): Record<string, unknown> {
  const { study, rows, digest, classPatients } = dataset;
  return { study, images: rows.length, patients: patientsIn(dataset), classPatients, digest };
}

/** Counts in words. The folder is left to `dataset show`: its name may be a patient's. */
export function datasetText(dataset: RegisteredDataset, skipped: number): string {
  const { study, rows, digest, classPatients } = dataset;
  const perClass = Object.entries(classPatients).map(([name, patients]) => [
    `patients, ${nameOf(name)}`,
    `${patients}`,
  ]);
  const facts = [
    ['study', study],
    ['images', `${rows.length}`],
    ['patients', `${patientsIn(dataset)}`],
    ...perClass,
    ...(skipped > 0 ? [['rows left out', `${skipped}`]] : []),
    ['digest', digest],
  ];
  return table(['dataset', ''], facts);
}

/** Problem rows first, then each kind once with its remedy. */
export function problemsText(problems: readonly RowProblem[]): string {
  const shown = problems.slice(0, MOST_ROWS);
  const rows = shown.map(({ row, code, detail = '' }) => [`${row}`, code, detail]);
  const more =
    problems.length > shown.length
      ? [`… and ${problems.length - shown.length} more (all of them with --json)`]
      : [];
  const kinds = [...countByCode(problems)].map(([code, count]) => [code, `${count}`, problemRemedies[code]]);
  return [
    table(['row', 'problem', 'where'], rows, ['right']),
    ...more,
    table(['problem', 'rows', 'what to do'], kinds, ['left', 'right']),
  ].join('\n');
}

function patientsIn({ rows }: RegisteredDataset): number {
  return new Set(rows.map(({ patient }) => patient)).size;
}

function nameOf(key: string): string {
  return key.startsWith('class:') ? `class ${key.slice('class:'.length)}` : `label ${key}`;
}
