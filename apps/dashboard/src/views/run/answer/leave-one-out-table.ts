// The pooled answer without each of its sites, as a table.
import { pValue, signed, three } from '../../../format/number.ts';
import type { Cell, Table } from '../../parts/table.ts';
import { askedFigure, type Figure, refOf } from '../pooled.ts';

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
    rows: (askedFigure(figure)?.leaveOneOut ?? []).map(({ without, estimate, lower, upper, pTwoSided }) => [
      { text: without },
      ...[estimate, lower, upper].map(number),
      pTwoSided === null
        ? { text: '–', raw: '', tone: 'absent' }
        : { text: pValue(pTwoSided), raw: String(pTwoSided) },
    ]),
  };
}
