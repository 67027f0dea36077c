// Reliability: how often the finding is there where a model says so with a probability. A dot is one cell of one site's grid,
// its area the films in it. Data in, SVG out.
import type { ReactNode } from 'react';
import { SquareAxes } from '../frame/axis.tsx';
import { fitted } from '../frame/fitted.ts';
import type { Tone } from '../frame/tone.ts';

export interface ReliabilityCell {
  /** mean probability that the model gives */
  readonly predicted: number;
  /** share with the finding */
  readonly observed: number;
  readonly films: number;
}

export interface ReliabilityLine {
  readonly site: string;
  readonly cells: readonly ReliabilityCell[];
}

export interface ReliabilityData {
  readonly title: string;
  readonly tone: Tone;
  readonly lines: readonly ReliabilityLine[];
}

/** px, of a cell. @param most films of the largest cell in any of the pictures beside each other */
export const cellRadius = (films: number, most: number): number =>
  Math.round(Math.max(1.5, 11 * Math.sqrt(films / Math.max(1, most))) * 10) / 10;

/** @param size px of the whole picture */
export function ReliabilityPlot(props: { data: ReliabilityData; size: number; most: number }): ReactNode {
  const { data, size, most } = props;
  const [left, top, bottom] = [46, 26, 42];
  const side = size - left - 10;
  const at = (value: number): number => Math.round(value * side * 10) / 10;
  return (
    <svg
      className="chart reliability"
      width={size}
      height={top + side + bottom}
      viewBox={`0 0 ${size} ${top + side + bottom}`}
      role="img"
      aria-label={`Reliability: ${data.title}`}
    >
      <text className="name" x={left} y={16}>
        {fitted(data.title, side)}
      </text>
      <g transform={`translate(${left},${top})`} className={`tone-${data.tone}`}>
        <SquareAxes side={side} x="predicted probability" y="observed share" quiet={false} />
        <line className="reference" x1={0} x2={side} y1={side} y2={0} />
        {data.lines.map(({ site, cells }) => (
          <path
            key={site}
            className="thread"
            d={cells
              .map((cell, i) => `${i === 0 ? 'M' : 'L'}${at(cell.predicted)},${at(1 - cell.observed)}`)
              .join('')}
          />
        ))}
        {data.lines.flatMap(({ site, cells }) =>
          cells.map(({ predicted, observed, films }, i) => (
            <circle
              key={`${site} ${i}`}
              className="bubble"
              cx={at(predicted)}
              cy={at(1 - observed)}
              r={cellRadius(films, most)}
            >
              <title>{`${site}: ${films} films, predicted ${predicted.toFixed(2)}, observed ${observed.toFixed(2)}`}</title>
            </circle>
          )),
        )}
      </g>
    </svg>
  );
}
