// Dots in rows, with intervals: one chart for whatever is a few numbers for each site, arm or model. Data in, SVG out.
import type { ReactNode } from 'react';
import { ValueAxis } from '../frame/axis.tsx';
import { fitted } from '../frame/fitted.ts';
import { Key, Mark } from '../frame/mark.tsx';
import { RowLink } from '../frame/row-link.tsx';
import type { Dot, DotRow, DotRowsData, Series } from './row-data.ts';
import { type RowColumns, rowColumns, type RowScale, rowScale } from './row-scale.ts';

interface Frame extends RowScale {
  readonly data: DotRowsData;
  readonly columns: RowColumns;
}

/** @param width px */
export function DotRows({ data, width }: { data: DotRowsData; width: number }): ReactNode {
  const columns = rowColumns(data, width);
  const frame = { data, columns, ...rowScale(data, columns) };
  const keyed = data.series.length > 1 ? 26 : 0;
  const top = keyed + columns.headHeight;
  const axis = top + data.rows.length * columns.rowHeight + 6;
  const height = axis + 46;
  const { reference } = data;
  return (
    <svg
      className="chart rows"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="group"
      aria-label={data.title}
    >
      {keyed > 0 && <Key entries={data.series} x={columns.narrow ? 4 : columns.plot[0]} y={11} />}
      <Head {...frame} y={keyed} />
      {reference && (
        <line
          className="reference"
          x1={frame.x(reference.value)}
          x2={frame.x(reference.value)}
          y1={top - 4}
          y2={axis}
        />
      )}
      {data.rows.map((row, i) => (
        <Row key={row.name} {...frame} row={row} y={top + i * columns.rowHeight} />
      ))}
      <ValueAxis
        {...frame}
        from={columns.plot[0]}
        to={columns.plot[1]}
        y={axis}
        show={data.show}
        label={data.axis}
      />
    </svg>
  );
}

function Head({ data, columns, x, y }: Frame & { y: number }): ReactNode {
  const { reference } = data;
  return (
    <g className="head">
      {!columns.narrow && (
        <text x={columns.name} y={y + 16}>
          {data.rowLabel}
        </text>
      )}
      {reference && (
        <text x={x(reference.value)} y={y + (columns.narrow ? 13 : 16)} textAnchor="middle">
          {reference.label}
        </text>
      )}
      {!columns.narrow && (
        <>
          <text x={columns.text} y={y + 16} textAnchor="end">
            {data.textLabel}
          </text>
          <line className="rule" x1={0} x2={columns.width} y1={y + 25} y2={y + 25} />
        </>
      )}
    </g>
  );
}

function Row({ row, y, ...frame }: Frame & { row: DotRow; y: number }): ReactNode {
  const { columns, data } = frame;
  const text = y + columns.textY;
  return (
    <RowLink row={row}>
      <rect className="band" x={0} y={y} width={columns.width} height={columns.rowHeight} />
      {row.sum && <line className="rule" x1={0} x2={columns.width} y1={y + 0.5} y2={y + 0.5} />}
      <text className="name" x={columns.name} y={text}>
        {fitted(row.name, columns.nameWidth)}
      </text>
      {data.joined && <Join {...frame} row={row} y={y} />}
      {row.dots.map(
        (dot, i) =>
          dot && <OneDot key={i} {...frame} dot={dot} series={data.series[i]!} y={y + columns.lanes[i]!} />,
      )}
      {row.note === null ? (
        <text className="number" x={columns.text} y={text} textAnchor="end">
          {row.text}
        </text>
      ) : (
        <text
          className={row.withheld ? 'note withheld' : 'note'}
          x={columns.plot[0]}
          y={columns.narrow ? y + columns.lanes[0]! + 4 : text}
        >
          {row.note}
        </text>
      )}
    </RowLink>
  );
}

/** From the lowest dot of the row to its highest. */
function Join({ columns, x, row, y }: Frame & { row: DotRow; y: number }): ReactNode {
  const spots = row.dots.flatMap((dot) => (dot ? [x(dot.estimate)] : []));
  if (spots.length < 2) return null;
  const at = y + columns.lanes[0]!;
  return <line className="join" x1={Math.min(...spots)} x2={Math.max(...spots)} y1={at} y2={at} />;
}

function OneDot({
  columns,
  x,
  holds,
  dot,
  series,
  y,
}: Frame & { dot: Dot; series: Series; y: number }): ReactNode {
  const { estimate, lower, upper, outer } = dot;
  const [from, to] = columns.plot;
  const within = (value: number): number => (holds(value) ? x(value) : value < estimate ? from : to);
  return (
    <g className={`dot tone-${series.tone}`}>
      {outer && <line className="outer" x1={within(outer[0])} x2={within(outer[1])} y1={y} y2={y} />}
      {lower !== null && upper !== null && (
        <line className="interval" x1={within(lower)} x2={within(upper)} y1={y} y2={y} />
      )}
      <Mark x={x(estimate)} y={y} tone={series.tone} {...(series.shape ? { shape: series.shape } : {})} />
    </g>
  );
}
