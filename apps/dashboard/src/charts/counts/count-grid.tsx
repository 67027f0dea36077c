// A table of counts by two classifications of the same films, shaded by the share of its row. Data in, SVG out.
import type { ReactNode } from 'react';
import { fitted } from '../frame/fitted.ts';

export interface CountGridData {
  readonly title: string;
  readonly rowAxis: string;
  readonly columnAxis: string;
  readonly labels: readonly string[];
  /** row x column */
  readonly counts: readonly (readonly number[])[];
  readonly show: (n: number) => string;
}

/** 0 to 1, of the films in a row. */
export function rowShare(row: readonly number[], column: number): number {
  const sum = row.reduce((total, count) => total + count, 0);
  return sum === 0 ? 0 : (row[column] ?? 0) / sum;
}

/** @param width px of the whole picture */
export function CountGrid({ data, width }: { data: CountGridData; width: number }): ReactNode {
  const { labels, counts } = data;
  const k = labels.length;
  const [left, top] = [110, 46];
  const cell = Math.min(86, Math.floor((width - left - 4) / k));
  const cellHeight = Math.min(56, cell);
  const [right, bottom] = [left + k * cell, top + k * cellHeight];
  return (
    <svg
      className="chart counts"
      width={Math.max(width, right)}
      height={bottom + 12}
      viewBox={`0 0 ${Math.max(width, right)} ${bottom + 12}`}
      role="img"
      aria-label={data.title}
    >
      <g className="head">
        <text x={(left + right) / 2} y={14} textAnchor="middle">{`${data.columnAxis} →`}</text>
        <text x={left - 10} y={14} textAnchor="end">{`${fitted(data.rowAxis, left - 26)} ↓`}</text>
        {labels.map((label, i) => (
          <text key={label} x={left + (i + 0.5) * cell} y={36} textAnchor="middle">
            {fitted(label, cell - 4)}
          </text>
        ))}
      </g>
      {labels.map((label, row) => (
        <g key={label}>
          <text className="name" x={left - 10} y={top + (row + 0.5) * cellHeight + 4.5} textAnchor="end">
            {fitted(label, left - 14)}
          </text>
          {labels.map((other, column) => (
            <GridCell
              key={other}
              x={left + column * cell}
              y={top + row * cellHeight}
              width={cell - 2}
              height={cellHeight - 2}
              share={rowShare(counts[row] ?? [], column)}
              same={row === column}
              text={data.show(counts[row]?.[column] ?? 0)}
            />
          ))}
        </g>
      ))}
    </svg>
  );
}

function GridCell(props: {
  x: number;
  y: number;
  width: number;
  height: number;
  share: number;
  same: boolean;
  text: string;
}): ReactNode {
  const { x, y, width, height, share, same, text } = props;
  // a tint keeps dark letters legible in the light, and light ones in the dark
  const opacity = Math.round(share * 0.55 * 1000) / 1000;
  return (
    <g>
      <rect className="ground" x={x} y={y} width={width} height={height} rx={2} />
      <rect className="tint" x={x} y={y} width={width} height={height} rx={2} fillOpacity={opacity} />
      {same && <rect className="same" x={x + 1} y={y + 1} width={width - 2} height={height - 2} rx={1} />}
      <text className="number" x={x + width / 2} y={y + height / 2 + 1} textAnchor="middle">
        {text}
      </text>
      <text className="share number" x={x + width / 2} y={y + height / 2 + 16} textAnchor="middle">
        {`${Math.round(share * 100)}\u00a0%`}
      </text>
    </g>
  );
}
