// What a checked folder holds, as tables: for the terminal and for the console, by the same rules.
import { problemRemedies } from '../rows/row-problems.ts';
import { type CheckSummary, warnings } from './check-summary.ts';

export interface CheckTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** first column of numbers */
  readonly from: number;
}

/** Those that have rows. */
export function checkTables(summary: CheckSummary): CheckTable[] {
  const { byFormat, byPolarity, byView, skipped, duplicates } = summary;
  const all: CheckTable[] = [
    {
      head: ['format', 'bits', 'films'],
      rows: byFormat.map((one) => [one.syntax, `${one.bits}`, `${one.films}`]),
      from: 1,
    },
    {
      head: ['polarity, from the picture', 'declared', 'films'],
      rows: byPolarity.map((one) => [words[one.polarity], one.declared || '-', `${one.films}`]),
      from: 2,
    },
    {
      head: ['view', 'hangs', 'films'],
      rows: byView.map((one) => [one.view, one.hanging, `${one.films}`]),
      from: 2,
    },
    {
      head: ['skipped', 'why', 'format', 'files'],
      rows: skipped.map((one) => [
        one.reason,
        one.detail === one.reason ? '' : one.detail,
        one.syntax,
        `${one.files}`,
      ]),
      from: 3,
    },
    {
      head: ['warning', 'films', 'what to do'],
      rows: summary.warnings.map((one) => [one.warning, `${one.films}`, warnings[one.warning]]),
      from: 1,
    },
    {
      head: ['likely duplicates', 'groups', 'films', 'patients'],
      rows: duplicates.map((one) => [
        one.kind,
        `${one.groups}`,
        `${one.films}`,
        one.patients === null ? '-' : `${one.patients}`,
      ]),
      from: 1,
    },
    ...labelTables(summary),
  ];
  return all.filter(({ rows }) => rows.length > 0);
}

const words = { 'bone-white': 'bone white', inverted: 'inverted', undecided: 'undecided' };

function labelTables({ labels, floor }: CheckSummary): CheckTable[] {
  if (!labels) return [];
  const facts = [
    ['rows', labels.rows],
    ['usable: no problem, and a film that can be read', labels.usable],
    ['rows whose file is not there', labels.rowsWithoutFile],
    ['rows whose file gives no film', labels.rowsWithoutFilm],
    ['films without a row', labels.filmsWithoutRow],
  ] as const;
  const remedies = problemRemedies as Readonly<Record<string, string>>;
  return [
    { head: ['labels', ''], rows: facts.map(([name, value]) => [name, `${value}`]), from: 1 },
    {
      head: ['problem', 'rows', 'what to do'],
      rows: labels.problems.map((one) => [one.problem, `${one.rows}`, remedies[one.problem] ?? '']),
      from: 1,
    },
    {
      head: ['class', 'films', 'patients', `floor of ${floor.patients}`],
      rows: labels.classes.map(({ name, films, patients }) => [
        name.startsWith('class:') ? `class ${name.slice(6)}` : `label ${name}`,
        `${films}`,
        `${patients}`,
        patients >= floor.patients ? 'met' : 'NOT met',
      ]),
      from: 1,
    },
  ];
}

export function floorSentence({ labels, floor }: CheckSummary): string {
  if (!labels)
    return `No labels: classes and the floor of ${floor.patients} patients in each were not looked at (--csv FILE).`;
  return floor.met === true
    ? `The floor can be met: ${floor.patients} patients or more in each class. A protocol may ask for more.`
    : `The floor cannot be met: each class needs ${floor.patients} patients; jobs would be refused (floors-not-met).`;
}
