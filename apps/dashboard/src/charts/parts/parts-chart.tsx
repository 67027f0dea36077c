// A difference as the sum of two parts, site by site: the second bar begins where the first ends, and ends at the total.
// Data in, SVG out.
import type { ReactNode } from 'react';
import { scaleLinear } from 'd3-scale';
import { ValueAxis } from '../frame/axis.tsx';
import { fitted } from '../frame/fitted.ts';
import { Mark } from '../frame/mark.tsx';
import { RowLink } from '../frame/row-link.tsx';

export interface PartsRow {
  readonly name: string;
  readonly href: string | null;
  /** null: the site gives not all of them */
  readonly parts: { readonly first: number; readonly second: number; readonly total: number } | null;
  /** why there are none, in words */
  readonly note: string | null;
  readonly withheld: boolean;
  /** of all sites: it is set apart */
  readonly sum: boolean;
}

export interface PartsData {
  readonly title: string;
  readonly names: readonly [first: string, second: string, total: string];
  readonly axis: string;
  readonly show: (x: number) => string;
  readonly rows: readonly PartsRow[];
}

const [rowHeight, headHeight, barHeight] = [40, 58, 9];

interface Columns {
  readonly width: number;
  readonly narrow: boolean;
  readonly plot: readonly [number, number];
  /** right edges of the three numbers */
  readonly numbers: readonly number[];
}

function columnsOf(width: number): Columns {
  if (width < 640)
    return { width, narrow: true, plot: [14, width - 14], numbers: [width - 120, width - 62, width - 4] };
  const right = width - 8;
  return { width, narrow: false, plot: [200, right - 236], numbers: [right - 148, right - 74, right] };
}

/** A linear scale that holds zero and every end of a bar. */
export function partsScale(
  { rows }: Pick<PartsData, 'rows'>,
  plot: readonly [number, number],
): { readonly x: (value: number) => number; readonly ticks: readonly number[] } {
  const ends = rows.flatMap(({ parts }) =>
    parts ? [parts.first, parts.total, parts.first + parts.second] : [],
  );
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const scale = scaleLinear([low, high === low ? low + 0.05 : high], [plot[0], plot[1]]).nice(5);
  return { x: (value: number) => Math.round(scale(value) * 10) / 10, ticks: scale.ticks(5) };
}

/** @param width px; below 640 the names stand above the bars. */
export function PartsChart({ data, width }: { data: PartsData; width: number }): ReactNode {
  const columns = columnsOf(width);
  const { x, ticks } = partsScale(data, columns.plot);
  const step = columns.narrow ? rowHeight + 22 : rowHeight;
  const axis = headHeight + data.rows.length * step + 4;
  const height = axis + 46;
  return (
    <svg
      className="chart parts"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="group"
      aria-label={data.title}
    >
      <Head data={data} columns={columns} />
      <line className="reference" x1={x(0)} x2={x(0)} y1={headHeight - 4} y2={axis} />
      {data.rows.map((row, i) => (
        <Row key={row.name} data={data} columns={columns} x={x} row={row} y={headHeight + i * step} />
      ))}
      <ValueAxis
        {...{ x, ticks, y: axis, show: data.show, label: data.axis }}
        from={columns.plot[0]}
        to={columns.plot[1]}
      />
    </svg>
  );
}

function Head({
  data: { names },
  columns: { narrow, width, plot, numbers },
}: {
  data: PartsData;
  columns: Columns;
}) {
  const left = narrow ? 4 : plot[0];
  const [first, second, total] = names;
  const second0 = left + 22 + first.length * 6.9 + 16;
  const total0 = second0 + 22 + second.length * 6.9 + 16;
  return (
    <g className="head">
      <rect className="part first" x={left} y={5} width={16} height={barHeight} />
      <text x={left + 22} y={14}>
        {first}
      </text>
      <rect className="part second" x={second0} y={5} width={16} height={barHeight} />
      <text x={second0 + 22} y={14}>
        {second}
      </text>
      <Mark x={total0 + 6} y={9.5} tone="pooled" />
      <text x={total0 + 17} y={14}>
        {total}
      </text>
      {!narrow && (
        <>
          <text x={8} y={42}>
            Site
          </text>
          {names.map((name, i) => (
            <text key={name} x={numbers[i]} y={42} textAnchor="end">
              {name.split(' ')[0]}
            </text>
          ))}
          <line className="rule" x1={0} x2={width} y1={50} y2={50} />
        </>
      )}
    </g>
  );
}

function Row(props: {
  data: PartsData;
  columns: Columns;
  x: (value: number) => number;
  row: PartsRow;
  y: number;
}): ReactNode {
  const { data, columns, x, row, y } = props;
  const { narrow, width, plot, numbers } = columns;
  const bars = y + (narrow ? 24 : 10);
  const text = y + (narrow ? 17 : rowHeight / 2 + 4.5);
  return (
    <RowLink row={row}>
      <rect className="band" x={0} y={y} width={width} height={narrow ? rowHeight + 22 : rowHeight} />
      {row.sum && <line className="rule" x1={0} x2={width} y1={y + 0.5} y2={y + 0.5} />}
      <text className="name" x={narrow ? 4 : 8} y={text}>
        {fitted(row.name, narrow ? width - 190 : 178)}
      </text>
      {row.parts && <Bars parts={row.parts} x={x} y={bars} />}
      {row.parts &&
        [row.parts.first, row.parts.second, row.parts.total].map((value, i) => (
          <text key={i} className="number" x={numbers[i]} y={text} textAnchor="end">
            {data.show(value)}
          </text>
        ))}
      {row.note !== null && (
        <text className={row.withheld ? 'note withheld' : 'note'} x={plot[0]} y={narrow ? bars + 14 : text}>
          {row.note}
        </text>
      )}
    </RowLink>
  );
}

function Bars({
  parts,
  x,
  y,
}: {
  parts: NonNullable<PartsRow['parts']>;
  x: (value: number) => number;
  y: number;
}) {
  const [zero, middle, end] = [x(0), x(parts.first), x(parts.total)];
  const bar = (name: string, a: number, b: number, top: number): ReactNode => (
    <rect
      className={`part ${name}`}
      x={Math.min(a, b)}
      y={top}
      width={Math.max(0.5, Math.round(Math.abs(b - a) * 10) / 10)}
      height={barHeight}
    />
  );
  return (
    <g>
      {bar('first', zero, middle, y)}
      <line className="joint" x1={middle} x2={middle} y1={y} y2={y + 2 * barHeight + 2} />
      {bar('second', middle, end, y + barHeight + 2)}
      <Mark x={end} y={y + 1.5 * barHeight + 2} tone="pooled" r={5} />
    </g>
  );
}
