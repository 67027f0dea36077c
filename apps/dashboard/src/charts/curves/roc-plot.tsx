// ROC curves in a square. Dots are what sites tell; a shaded box is where the curve runs unseen. Data in, SVG out.
import type { ReactNode } from 'react';
import { SquareAxes } from '../frame/axis.tsx';
import { fitted } from '../frame/fitted.ts';
import { dashOf, shapePath, shapeOf, type Tone } from '../frame/tone.ts';
import type { Gap, Point } from './roc-points.ts';

export interface RocLine {
  readonly name: string;
  readonly tone: Tone;
  readonly points: readonly Point[];
  readonly gaps: readonly Gap[];
  /** the points are what is known; false: they are computed between known ones */
  readonly dotted: boolean;
}

export interface RocData {
  readonly title: string;
  readonly lines: readonly RocLine[];
  /** in the place of curves that are kept, in words */
  readonly note: string | null;
  readonly withheld: boolean;
  readonly href: string | null;
}

/** @param size px of the whole picture; below 300 axes say no more than their ends */
export function RocPlot({ data, size }: { data: RocData; size: number }): ReactNode {
  const quiet = size < 300;
  const [left, top, bottom] = quiet ? [20, 26, 22] : [50, 10, 42];
  const side = size - left - 8;
  const at = (value: number): number => Math.round(value * side * 10) / 10;
  const path = (points: readonly Point[]): string =>
    points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${at(x)},${at(1 - y)}`).join('');
  const content = (
    <>
      {quiet && (
        <text className="name" x={left} y={16}>
          {fitted(data.title, side)}
        </text>
      )}
      <g transform={`translate(${left},${top})`}>
        <SquareAxes side={side} x="false positive rate" y={quiet ? '' : 'true positive rate'} quiet={quiet} />
        <line className="reference" x1={0} x2={side} y1={side} y2={0} />
        {data.lines.map(({ name, tone, gaps }) =>
          gaps.map(({ from, to }, i) => (
            <rect
              key={`${name} ${i}`}
              className={`gap tone-${tone}`}
              x={at(from.x)}
              y={at(1 - to.y)}
              width={Math.max(0, at(to.x) - at(from.x))}
              height={Math.max(0, at(to.y) - at(from.y))}
            />
          )),
        )}
        {data.lines.map(({ name, tone, points, dotted }) => (
          <g key={name} className={`curve tone-${tone}`}>
            <path className="stroke" d={path(points)} strokeDasharray={dashOf[tone]} />
            {dotted &&
              points
                .slice(1, -1)
                .map(({ x, y }, i) => (
                  <path
                    key={i}
                    className="mark"
                    d={shapePath(shapeOf[tone], quiet ? 2.2 : 3)}
                    transform={`translate(${at(x)},${at(1 - y)})`}
                  />
                ))}
          </g>
        ))}
        {data.note !== null && <Note note={data.note} side={side} withheld={data.withheld} />}
      </g>
    </>
  );
  return (
    <svg
      className="chart roc"
      width={size}
      height={top + side + bottom}
      viewBox={`0 0 ${size} ${top + side + bottom}`}
      role="group"
      aria-label={`ROC curves: ${data.title}${data.note === null ? '' : `; ${data.note}`}`}
    >
      {data.href === null ? (
        content
      ) : (
        <a className="panel" href={data.href}>
          {content}
        </a>
      )}
    </svg>
  );
}

/** Words on a hatched ground: what is kept is not a curve along zero. */
function Note({ note, side, withheld }: { note: string; side: number; withheld: boolean }): ReactNode {
  const words = note.split(': ');
  return (
    <>
      {withheld && (
        <rect className="kept" x={0} y={0} width={side} height={side} fill="url(#withheld-ground)" />
      )}
      <g className={withheld ? 'note withheld' : 'note'}>
        {words.map((line, i) => (
          <text key={line} x={side / 2} y={side / 2 + i * 17} textAnchor="middle">
            {fitted(line, side - 8)}
          </text>
        ))}
      </g>
    </>
  );
}
