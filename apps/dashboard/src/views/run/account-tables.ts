// What a result rests on: how it changes without one site, and what was left out of it.
import type { Analysis } from '@sidemark/core/contract';
import { pValue, signed, three } from '../../format/number.ts';
import { absence, exclusionNames } from '../../format/words.ts';
import type { Cell, Table } from '../parts/table.ts';
import { type Figure, refOf } from './pooled.ts';

/** The pooled answer without each of its sites. */
export function leaveOneOutTable(figure: Figure): Table {
  const ref = refOf(figure);
  const show = figure.kind === 'cell' ? three : signed;
  const number = (x: number): Cell => ({ text: show(x), raw: String(x) });
  return {
    caption: 'Pooled without one site',
    file: ref.kind === 'cell' ? `leave-one-out-${ref.classifier}-${ref.arm}` : `leave-one-out-${ref.id}`,
    columns: [
      { label: 'Without' },
      ...['Pooled', 'Lower', 'Upper', 'p'].map((label) => ({ label, numeric: true })),
    ],
    rows: figure.of.meta.leaveOneOut.map(({ without, estimate, lower, upper, pTwoSided }) => [
      { text: without },
      ...[estimate, lower, upper].map(number),
      pTwoSided === null
        ? { text: '–', raw: '', tone: 'absent' }
        : { text: pValue(pTwoSided), raw: String(pTwoSided) },
    ]),
  };
}

const from = {
  run: 'the whole run',
  classifier: 'a model',
  cell: 'a model on an arm',
  comparison: 'a comparison',
};

/** Every site that some figure had to do without, and why. */
export function exclusionsTable({ exclusions }: Analysis): Table {
  return {
    caption: 'Left out',
    file: 'left-out',
    columns: ['Site', 'Of', 'Which', 'Why'].map((label) => ({ label })),
    rows: exclusions.map(({ siteName, from: level, of, reason, detail }) => [
      { text: siteName },
      { text: from[level] },
      of === null ? { text: '–', raw: '', tone: 'absent' } : { text: of },
      {
        text: detail === null ? exclusionNames[reason] : absence(detail),
        tone: reason === 'withheld' || reason === 'below-floor' ? 'withheld' : 'absent',
      },
    ]),
  };
}
