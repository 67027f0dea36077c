// The forest plot: a figure of every site with its interval, and what they pool to. Data in, SVG out; colours come from the page.
import type { ReactNode } from 'react';
import type { ForestData, ForestFrame } from './forest-data.ts';
import { PooledLine, PredictionLine, SiteLine } from './forest-lines.tsx';
import { areSidesStacked, type ForestColumns, forestColumns, forestScale } from './forest-scale.ts';

/** @param width px; below 640 each site takes two lines. */
export function ForestPlot({ data, width }: { data: ForestData; width: number }): ReactNode {
  const columns = forestColumns(width);
  const { x, ticks, holds } = forestScale(data, columns);
  const frame = { data, columns, x, holds };
  const [top, step] = [columns.headHeight, columns.rowHeight];
  const bottom = top + data.rows.length * step;
  const sums = (data.pooled ? 1 : 0) + (data.prediction ? 1 : 0);
  const end = bottom + sums * step + (data.spread === null ? 0 : 20);
  const axis = end + othersHeight(data, columns) + 8;
  const height = axis + (areSidesStacked(data.sides, columns) ? 68 : 52);
  return (
    <svg
      className="chart forest"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="group"
      aria-label={data.title}
    >
      <Head {...frame} />
      <line className="reference" x1={x(data.reference)} x2={x(data.reference)} y1={top - 4} y2={axis} />
      {data.rows.map((row, index) => (
        <SiteLine key={row.name} {...frame} row={row} y={top + index * step} />
      ))}
      {data.pooled && <PooledLine {...frame} {...data.pooled} y={bottom} />}
      {data.prediction && (
        <PredictionLine {...frame} {...data.prediction} y={bottom + (data.pooled ? step : 0)} />
      )}
      {data.spread !== null && (
        <text className="quiet number" x={columns.name} y={bottom + sums * step + (columns.narrow ? 20 : 14)}>
          {data.spread}
        </text>
      )}
      {data.others && <Others {...frame} others={data.others} y={end} />}
      <Axis {...frame} ticks={ticks} y={axis} />
    </svg>
  );
}

/** px of the heading over sites that are not asked about */
const headingHeight = 40;

function othersHeight({ others }: ForestData, { rowHeight }: ForestColumns): number {
  return others === null ? 0 : headingHeight + (others.rows.length + (others.all ? 1 : 0)) * rowHeight;
}

/** Sites that the question is not about, and what all sites pool to. */
function Others({
  others,
  y,
  ...frame
}: ForestFrame & { others: NonNullable<ForestData['others']>; y: number }): ReactNode {
  const { columns } = frame;
  const top = y + headingHeight;
  return (
    <g className="others">
      <line className="rule" x1={0} x2={columns.width} y1={y + 9} y2={y + 9} />
      <text className="quiet" x={columns.name} y={y + 30}>
        {others.heading}
      </text>
      {others.rows.map((row, index) => (
        <SiteLine key={row.name} {...frame} row={row} y={top + index * columns.rowHeight} aside />
      ))}
      {others.all && (
        <PooledLine {...frame} {...others.all} y={top + others.rows.length * columns.rowHeight} aside />
      )}
    </g>
  );
}

function Head({ data, columns, x }: ForestFrame): ReactNode {
  const reference = (
    <text x={x(data.reference)} y={columns.narrow ? 13 : 16} textAnchor="middle">
      {data.referenceLabel}
    </text>
  );
  if (columns.narrow) return <g className="head">{reference}</g>;
  return (
    <g className="head">
      <text x={columns.name} y={16}>
        Site
      </text>
      <text x={columns.size} y={16} textAnchor="end">
        {data.sizeLabel}
      </text>
      {reference}
      <text x={columns.value} y={16} textAnchor="end">
        {data.valueLabel}
      </text>
      <text x={columns.weight} y={16} textAnchor="end">
        Weight
      </text>
      <line className="rule" x1={0} x2={columns.width} y1={25} y2={25} />
    </g>
  );
}

function Axis({
  data,
  columns,
  x,
  ticks,
  y,
}: ForestFrame & { ticks: readonly number[]; y: number }): ReactNode {
  const [from, to] = columns.plot;
  const [left, right] = data.sides;
  return (
    <g className="axis">
      <line x1={from} x2={to} y1={y} y2={y} />
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={x(tick)} x2={x(tick)} y1={y} y2={y + 5} />
          <text className="number" x={x(tick)} y={y + 19} textAnchor="middle">
            {data.show(tick).replace(/(\.\d\d?)0+$/, '$1')}
          </text>
        </g>
      ))}
      <text className="side" x={from} y={y + 42}>{`← ${left}`}</text>
      <text
        className="side"
        x={to}
        y={y + (areSidesStacked(data.sides, columns) ? 60 : 42)}
        textAnchor="end"
      >{`${right} →`}</text>
    </g>
  );
}
