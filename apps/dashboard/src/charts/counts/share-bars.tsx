// Shares of a whole as bars, one for each row. Data in, SVG out.
import type { ReactNode } from 'react';
import { fitted } from '../frame/fitted.ts';
import { Mark } from '../frame/mark.tsx';
import type { Tone } from '../frame/tone.ts';

export interface ShareRow {
  readonly name: string;
  readonly tone: Tone;
  /** 0 to 1 */
  readonly share: number;
  readonly text: string;
}

const rowHeight = 30;

/** @param width px */
export function ShareBars({
  title,
  rows,
  width,
}: {
  title: string;
  rows: readonly ShareRow[];
  width: number;
}): ReactNode {
  const narrow = width < 640;
  const left = narrow ? 116 : 200;
  const longest = Math.max(...rows.map(({ text }) => text.length));
  const room = Math.max(60, width - left - longest * 6.9 - 20);
  const height = rows.length * rowHeight + 4;
  return (
    <svg
      className="chart shares"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={title}
    >
      {rows.map(({ name, tone, share, text }, i) => (
        <g key={name} transform={`translate(0,${i * rowHeight})`}>
          <Mark x={narrow ? 8 : 14} y={15} tone={tone} />
          <text className="name" x={narrow ? 20 : 28} y={19.5}>
            {fitted(name, left - 36)}
          </text>
          <rect className="trough" x={left} y={8} width={room} height={14} rx={2} />
          <rect
            className={`bar tone-${tone}`}
            x={left}
            y={8}
            width={Math.round(room * share * 10) / 10}
            height={14}
            rx={2}
          />
          <text className="number" x={width - 8} y={19.5} textAnchor="end">
            {text}
          </text>
        </g>
      ))}
    </svg>
  );
}
