// Axes of charts.
import type { ReactNode } from 'react';

export interface ValueAxisProps {
  readonly x: (value: number) => number;
  readonly ticks: readonly number[];
  readonly show: (x: number) => string;
  readonly label: string;
  /** px */
  readonly from: number;
  readonly to: number;
  readonly y: number;
}

/** Along the bottom, with its label below. */
export function ValueAxis({ x, ticks, show, label, from, to, y }: ValueAxisProps): ReactNode {
  return (
    <g className="axis">
      <line x1={from} x2={to} y1={y} y2={y} />
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={x(tick)} x2={x(tick)} y1={y} y2={y + 5} />
          <text className="number" x={x(tick)} y={y + 19} textAnchor="middle">
            {rounded(show(tick))}
          </text>
        </g>
      ))}
      <text className="side" x={(from + to) / 2} y={y + 38} textAnchor="middle">
        {label}
      </text>
    </g>
  );
}

/** Without zeros that say nothing: `0.750` is `0.75`, `1.000` is `1.0`. */
const rounded = (text: string): string => text.replace(/(\.\d\d?)0+$/, '$1').replace(/(\.\d)0$/, '$1');

/** Both axes of a unit square, quarter by quarter. */
export function SquareAxes(props: { side: number; x: string; y: string; quiet: boolean }): ReactNode {
  const { side, x, y, quiet } = props;
  const ticks = quiet ? [0, 1] : [0, 0.25, 0.5, 0.75, 1];
  return (
    <g className="axis">
      <rect className="frame" x={0} y={0} width={side} height={side} />
      {ticks.map((tick) => (
        <g key={tick}>
          <text className="number" x={tick * side} y={side + 15} textAnchor="middle">
            {tick}
          </text>
          <text className="number" x={-6} y={(1 - tick) * side + 4} textAnchor="end">
            {tick}
          </text>
          {tick > 0 && tick < 1 && (
            <path className="grid" d={`M${tick * side},0V${side}M0,${tick * side}H${side}`} />
          )}
        </g>
      ))}
      <text className="side" x={side / 2} y={side + (quiet ? 15 : 33)} textAnchor="middle">
        {x}
      </text>
      {y !== '' && (
        <text className="side" transform={`translate(-36,${side / 2}) rotate(-90)`} textAnchor="middle">
          {y}
        </text>
      )}
    </g>
  );
}
