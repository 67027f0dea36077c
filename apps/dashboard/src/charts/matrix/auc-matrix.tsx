// Models x arms, coloured by pooled AUC; a frame marks the arm that a model was trained on. Data in, SVG out.
import type { ReactNode } from 'react';
import { aucColour, aucRange, inkOn } from './auc-colour.ts';
import { fitted } from '../frame/fitted.ts';
import { HatchPattern } from '../frame/hatch.tsx';

export interface MatrixCell {
  readonly value: number | null;
  /** the interval, or why there is no value */
  readonly note: string;
  readonly withheld: boolean;
  readonly diagonal: boolean;
  readonly href: string;
  /** everything about it, for a reader who does not see it */
  readonly label: string;
}

export interface MatrixData {
  readonly title: string;
  readonly arms: readonly string[];
  readonly rows: readonly { readonly name: string; readonly cells: readonly (MatrixCell | null)[] }[];
}

const [cellHeight, gap, headHeight, legendHeight] = [58, 4, 26, 58];

/** @param width px; below 560 the name of a model stands above its cells. */
export function AucMatrix({ data, width }: { data: MatrixData; width: number }): ReactNode {
  const narrow = width < 560;
  const left = narrow ? 0 : 170;
  const labelHeight = narrow ? 24 : 0;
  const step = cellHeight + gap + labelHeight;
  const cellWidth = Math.min(210, (width - left) / data.arms.length - gap);
  const bottom = headHeight + data.rows.length * step;
  const x = (column: number): number => left + column * (cellWidth + gap);
  return (
    <svg
      className="chart matrix"
      width={width}
      height={bottom + legendHeight}
      viewBox={`0 0 ${width} ${bottom + legendHeight}`}
      role="group"
      aria-label={data.title}
    >
      <defs>
        <HatchPattern id="withheld" />
      </defs>
      {data.arms.map((arm, column) => (
        <text key={arm} className="head" x={x(column) + cellWidth / 2} y={16} textAnchor="middle">
          {arm}
        </text>
      ))}
      {data.rows.map(({ name, cells }, row) => {
        const y = headHeight + row * step + labelHeight;
        return (
          <g key={name}>
            <text
              className="name"
              x={narrow ? 2 : left - 14}
              y={narrow ? y - 7 : y + cellHeight / 2 + 5}
              textAnchor={narrow ? 'start' : 'end'}
            >
              {fitted(name, narrow ? width : left - 14)}
            </text>
            {cells.map(
              (cell, column) =>
                cell && (
                  <MatrixBox key={data.arms[column]} cell={cell} x={x(column)} y={y} width={cellWidth} />
                ),
            )}
          </g>
        );
      })}
      <Legend x={left} y={bottom + 16} width={Math.min(220, width - left)} />
    </svg>
  );
}

function MatrixBox({
  cell,
  x,
  y,
  width,
}: {
  cell: MatrixCell;
  x: number;
  y: number;
  width: number;
}): ReactNode {
  const fill = cell.value === null ? (cell.withheld ? 'url(#withheld)' : 'none') : aucColour(cell.value);
  const ink = cell.value === null ? undefined : inkOn(cell.value);
  const centre = x + width / 2;
  return (
    <a className="cell" href={cell.href} aria-label={cell.label}>
      <rect
        className={cell.value === null ? 'absent' : 'filled'}
        x={x}
        y={y}
        width={width}
        height={cellHeight}
        rx={3}
        fill={fill}
      />
      {cell.diagonal && (
        <rect className="diagonal" x={x + 1.5} y={y + 1.5} width={width - 3} height={cellHeight - 3} rx={2} />
      )}
      {cell.value !== null && (
        <text className="value number" x={centre} y={y + 27} textAnchor="middle" fill={ink}>
          {cell.value.toFixed(3)}
        </text>
      )}
      {/* parts the two for who hears them */ ' '}
      <text
        className="interval number"
        x={centre}
        y={y + (cell.value === null ? 33 : 44)}
        textAnchor="middle"
        fill={ink}
      >
        {cell.note}
      </text>
    </a>
  );
}

function Legend({ x, y, width }: { x: number; y: number; width: number }): ReactNode {
  const steps = Array.from({ length: 10 }, (_, i) => aucRange[0] + (i + 0.5) * 0.05);
  const each = width / steps.length;
  return (
    <g className="legend">
      {steps.map((auc, i) => (
        <rect key={auc} x={x + i * each} y={y} width={each + 0.5} height={9} fill={aucColour(auc)} />
      ))}
      <text x={x} y={y + 24}>
        ≤ 0.5
      </text>
      <text x={x + width / 2} y={y + 24} textAnchor="middle">
        pooled AUC
      </text>
      <text x={x + width} y={y + 24} textAnchor="end">
        1
      </text>
    </g>
  );
}
