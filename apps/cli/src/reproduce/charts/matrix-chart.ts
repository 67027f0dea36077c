// A matrix of AUCs: what was trained down, what it is shown across; a frame round what the paper compares.
import { frame, rect, text } from './svg.ts';

export interface MatrixChart {
  readonly title: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** 0.5 to 1, row by row; null: not estimable */
  readonly values: readonly (readonly (number | null)[])[];
}

const [left, top, cellWidth, cellHeight] = [180, 62, 120, 44];

export function matrixChart({ title, rows, columns, values }: MatrixChart): string {
  const cells = values.flatMap((lineOf, r) =>
    lineOf.flatMap((value, c) => {
      const [x, y] = [left + c * cellWidth, top + r * cellHeight];
      const said = value === null ? '-' : value.toFixed(3);
      const own = rows[r] === columns[c];
      return [
        rect(x, y, cellWidth - 4, cellHeight - 4, shade(value)),
        ...(own
          ? [
              `<rect x="${x}" y="${y}" width="${cellWidth - 4}" height="${cellHeight - 4}" fill="none" stroke="#111827" stroke-width="2"/>`,
            ]
          : []),
        text(x + cellWidth / 2 - 2, y + cellHeight / 2 + 2, said, {
          anchor: 'middle',
          weight: own ? 600 : 400,
          fill: value !== null && value > 0.8 ? '#ffffff' : '#111827',
        }),
      ];
    }),
  );
  const heads = columns.map((name, c) =>
    text(left + c * cellWidth + cellWidth / 2 - 2, top - 8, `on ${name}`, { anchor: 'middle' }),
  );
  const names = rows.map((name, r) =>
    text(16, top + r * cellHeight + cellHeight / 2 + 2, `trained on ${name}`),
  );
  const size = { width: left + columns.length * cellWidth + 16, height: top + rows.length * cellHeight + 16 };
  return frame(size.width, size.height, title, [...heads, ...names, ...cells]);
}

/** Pale at 0.5, dark at 1. */
function shade(value: number | null): string {
  if (value === null) return '#f3f4f6';
  const share = Math.min(1, Math.max(0, (value - 0.5) / 0.5));
  const mix = (pale: number, dark: number): number => Math.round(pale + share * (dark - pale));
  return `rgb(${mix(240, 15)},${mix(253, 118)},${mix(250, 110)})`;
}
