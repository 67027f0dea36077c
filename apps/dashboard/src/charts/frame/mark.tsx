// A mark of a chart, and the key that says what its marks stand for.
import type { ReactNode } from 'react';
import { dashOf, type Shape, shapeOf, shapePath, type Tone } from './tone.ts';

export function Mark(props: { x: number; y: number; tone: Tone; shape?: Shape; r?: number }): ReactNode {
  const { x, y, tone, shape = shapeOf[tone], r = 4.5 } = props;
  return (
    <path
      className={`mark tone-${tone}${shape === 'ring' ? ' ring' : ''}`}
      d={shapePath(shape, r)}
      transform={`translate(${x},${y})`}
    />
  );
}

export interface KeyEntry {
  readonly name: string;
  readonly tone: Tone;
  readonly shape?: Shape;
  /** a line, too */
  readonly line?: boolean;
}

const letterWidth = 6.9;

/** In one line from (x, y) on. */
export function Key({ entries, x, y }: { entries: readonly KeyEntry[]; x: number; y: number }): ReactNode {
  const starts = entries.map((_, i) =>
    entries.slice(0, i).reduce((at, { name, line }) => at + name.length * letterWidth + (line ? 52 : 38), x),
  );
  return (
    <g className="key">
      {entries.map(({ name, tone, shape, line }, i) => (
        <g key={name} transform={`translate(${Math.round(starts[i]!)},${y})`}>
          {line && (
            <line
              className={`stroke tone-${tone}`}
              x1={0}
              x2={24}
              y1={0}
              y2={0}
              strokeDasharray={dashOf[tone]}
            />
          )}
          <Mark x={line ? 12 : 6} y={0} tone={tone} {...(shape ? { shape } : {})} />
          <text x={line ? 31 : 17} y={4.5}>
            {name}
          </text>
        </g>
      ))}
    </g>
  );
}
