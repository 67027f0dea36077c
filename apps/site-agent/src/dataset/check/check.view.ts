// A checked folder in tables of at most 100 columns.
import { table } from '@sidemark/terminal';
import type { CheckSummary } from './check-summary.ts';
import { checkTables, type CheckTable, floorSentence } from './check-tables.ts';

/** Cells that explain are wrapped at it. */
const PROSE = 46;

export function checkText(summary: CheckSummary, opened: number): string {
  const { files, films } = summary;
  const head = `${count(files, 'file')}, ${count(films, 'film')}; ${opened} read now, ${files - opened} known from before`;
  return [head, ...checkTables(summary).map(section), floorSentence(summary)].join('\n');
}

/** Columns of numbers read best at the right. */
function section({ head, rows, from }: CheckTable): string {
  const align = head.map((name, i) => (i >= from && name !== 'what to do' ? 'right' : 'left'));
  const widths = head.map((name) => {
    if (name === 'what to do') return PROSE;
    if (head[0] !== 'skipped') return Infinity;
    return name === 'why' ? 30 : name === 'format' ? 32 : Infinity;
  });
  const cells = rows.map((row) => row.map((cell, i) => wrapped(cell, widths[i] ?? Infinity)));
  return table(head, cells, align);
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
