// Models down, arms across, pooled AUCs in cells; a frame round the arm that the model was trained on.
import { type Drawing, ink, type Mark, rect, text } from './drawing.ts';

export interface MatrixCell {
  readonly auc: number | null;
  /** e.g. its interval, or why there is none */
  readonly said: string;
  readonly trained: boolean;
}

export interface AucMatrix {
  readonly alt: string;
  readonly arms: readonly string[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly (MatrixCell | null)[] }[];
}

const [width, left, top, cellHeight, gap] = [680, 176, 26, 46, 4];

export function aucMatrix({ alt, arms, rows }: AucMatrix): Drawing {
  const cellWidth = (width - left) / Math.max(arms.length, 3);
  const heads = arms.map((arm, c) =>
    text(left + (c + 0.5) * cellWidth, 16, `on ${arm}`, {
      size: 11,
      anchor: 'middle',
      bold: true,
      fill: ink.muted,
    }),
  );
  const cells = rows.flatMap(({ label, cells: own }, r) => [
    text(4, top + r * cellHeight + cellHeight / 2 + 3, label, { size: 11.5 }),
    ...own.flatMap((cell, c) => cellMarks(cell, left + c * cellWidth, top + r * cellHeight, cellWidth)),
  ]);
  const height = top + rows.length * cellHeight + 4;
  return { width, height, alt, marks: [...heads, ...cells] };
}

function cellMarks(cell: MatrixCell | null, x: number, y: number, cellWidth: number): Mark[] {
  const box = [x + gap / 2, y + gap / 2, cellWidth - gap, cellHeight - gap] as const;
  if (cell === null) return [rect(box, ink.pale, { radius: 3 })];
  const { auc, said, trained } = cell;
  const fill = auc === null ? ink.pale : shade(auc);
  const middle = { anchor: 'middle' } as const;
  return [
    ...(trained ? [rect([x, y, cellWidth, cellHeight], ink.text, { radius: 5 })] : []),
    ...(trained ? [rect([x + 1.5, y + 1.5, cellWidth - 3, cellHeight - 3], ink.paper, { radius: 4 })] : []),
    rect(trained ? [x + 3, y + 3, cellWidth - 6, cellHeight - 6] : box, fill, { radius: 3 }),
    text(x + cellWidth / 2, y + 21, auc === null ? '\u2013' : auc.toFixed(3), {
      ...middle,
      size: 14,
      bold: true,
    }),
    text(x + cellWidth / 2, y + 36, said, { ...middle, size: 9.5 }),
  ];
}

/** Pale at 0.5 and below, deep at 1, and dark ink can be read on all of it. */
function shade(auc: number): string {
  const share = Math.min(1, Math.max(0, (auc - 0.5) / 0.5));
  const mix = (pale: number, dark: number): string =>
    Math.round(pale + share * (dark - pale))
      .toString(16)
      .padStart(2, '0');
  return `#${mix(244, 60)}${mix(250, 164)}${mix(249, 154)}`;
}
