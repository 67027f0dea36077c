// A checked folder in tables of at most 100 columns.
import { table } from '@sidemark/terminal';
import { problemRemedies } from '../rows/row-problems.ts';
import { type CheckSummary, warnings } from './check-summary.ts';

/** Cells that explain are wrapped at it. */
const PROSE = 46;

export function checkText(summary: CheckSummary, opened: number): string {
  const { files, films, byFormat, byPolarity, byView } = summary;
  const head = `${count(files, 'file')}, ${count(films, 'film')}; ${opened} read now, ${files - opened} known from before`;
  const parts = [
    head,
    section(
      ['format', 'bits', 'films'],
      byFormat.map((one) => [one.syntax, `${one.bits}`, `${one.films}`]),
      1,
    ),
    section(
      ['polarity, from the picture', 'declared', 'films'],
      byPolarity.map((one) => [words[one.polarity], one.declared || '-', `${one.films}`]),
      2,
    ),
    section(
      ['view', 'hangs', 'films'],
      byView.map((one) => [one.view, one.hanging, `${one.films}`]),
      2,
    ),
    section(
      ['skipped', 'why', 'format', 'files'],
      summary.skipped.map((one) => [
        one.reason,
        wrapped(one.detail === one.reason ? '' : one.detail, 30),
        wrapped(one.syntax, 32),
        `${one.files}`,
      ]),
      3,
    ),
    section(
      ['warning', 'films', 'what to do'],
      summary.warnings.map((one) => [one.warning, `${one.films}`, wrapped(warnings[one.warning], PROSE)]),
      1,
    ),
    section(
      ['likely duplicates', 'groups', 'films', 'patients'],
      summary.duplicates.map((one) => [
        one.kind,
        `${one.groups}`,
        `${one.films}`,
        one.patients === null ? '-' : `${one.patients}`,
      ]),
      1,
    ),
    ...labelParts(summary),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

const words = { 'bone-white': 'bone white', inverted: 'inverted', undecided: 'undecided' };

function labelParts({ labels, floor }: CheckSummary): string[] {
  if (!labels) {
    return [
      `No labels: classes and the floor of ${floor.patients} patients in each were not looked at (--csv FILE).`,
    ];
  }
  const facts = [
    ['rows', labels.rows],
    ['usable: no problem, and a film that can be read', labels.usable],
    ['rows whose file is not there', labels.rowsWithoutFile],
    ['rows whose file gives no film', labels.rowsWithoutFilm],
    ['films without a row', labels.filmsWithoutRow],
  ] as const;
  const remedies = problemRemedies as Readonly<Record<string, string>>;
  return [
    section(
      ['labels', ''],
      facts.map(([name, value]) => [name, `${value}`]),
      1,
    ),
    section(
      ['problem', 'rows', 'what to do'],
      labels.problems.map((one) => [one.problem, `${one.rows}`, wrapped(remedies[one.problem] ?? '', PROSE)]),
      1,
    ),
    section(
      ['class', 'films', 'patients', `floor of ${floor.patients}`],
      labels.classes.map(({ name, films, patients }) => [
        name.startsWith('class:') ? `class ${name.slice(6)}` : `label ${name}`,
        `${films}`,
        `${patients}`,
        patients >= floor.patients ? 'met' : 'NOT met',
      ]),
      1,
    ),
    floor.met === true
      ? `The floor can be met: ${floor.patients} patients or more in each class. A protocol may ask for more.`
      : `The floor cannot be met: each class needs ${floor.patients} patients; jobs would be refused (floors-not-met).`,
  ];
}

/** A table; nothing without rows. @param from first column of numbers, which read best at the right */
function section(head: readonly string[], rows: readonly (readonly string[])[], from: number): string {
  if (rows.length === 0) return '';
  const align = head.map((name, i) => (i >= from && name !== 'what to do' ? 'right' : 'left'));
  return table(head, rows, align);
}

/** Broken between words into lines of at most `width`. */
function wrapped(text: string, width: number): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line !== '' && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join('\n');
}

function count(of: number, noun: string): string {
  return `${of} ${noun}${of === 1 ? '' : 's'}`;
}
