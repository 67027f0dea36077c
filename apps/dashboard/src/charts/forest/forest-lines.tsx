// The lines of a forest plot: sites, what they pool to, and what a new site may be expected to find.
import type { ReactNode } from 'react';
import { fitted } from '../frame/fitted.ts';
import type { ForestFrame, ForestPooled, ForestRow } from './forest-data.ts';
import type { ForestColumns, Spot } from './forest-scale.ts';

const spotText = (show: (x: number) => string, { estimate, lower, upper }: Spot): string =>
  lower === null || upper === null ? show(estimate) : `${show(estimate)} [${show(lower)}, ${show(upper)}]`;

export function SiteLine({
  data,
  columns,
  x,
  row,
  y,
  aside = false,
}: ForestFrame & { row: ForestRow; y: number; aside?: boolean }): ReactNode {
  const [text, middle] = [y + columns.textY, y + columns.plotY];
  const value = row.value && spotText(data.show, row.value);
  const weight = row.weightPercent === null ? 'not pooled' : `${row.weightPercent.toFixed(1)} %`;
  const line = (
    <>
      <rect className="band" x={0} y={y} width={columns.width} height={columns.rowHeight} />
      <text className="name" x={columns.name} y={text}>
        {fitted(row.name, columns.nameWidth)}
      </text>
      {!columns.narrow && (
        <text className="quiet number" x={columns.size} y={text} textAnchor="end">
          {row.size}
        </text>
      )}
      {row.value && (
        <Mark x={x} spot={row.value} y={middle} weightPercent={row.weightPercent} {...{ columns, aside }} />
      )}
      {value && (
        <text className="number" x={columns.value} y={text} textAnchor="end">
          {value}
        </text>
      )}
      {row.value && !columns.narrow && !aside && (
        <text className="quiet number" x={columns.weight} y={text} textAnchor="end">
          {weight}
        </text>
      )}
      {row.note && row.value && <title>{row.note}</title>}
      {row.note && !row.value && (
        <text
          className={row.withheld ? 'note withheld' : 'note'}
          x={columns.plot[0]}
          y={columns.narrow ? middle + 4 : text}
        >
          {row.note}
        </text>
      )}
    </>
  );
  const others = aside ? ' aside' : '';
  return row.href === null ? (
    <g className={aside ? 'aside' : undefined}>{line}</g>
  ) : (
    <a className={`row${others}`} href={row.href}>
      {line}
    </a>
  );
}

function Mark({
  x,
  spot,
  y,
  weightPercent,
  columns,
  aside,
}: {
  x: ForestFrame['x'];
  spot: Spot;
  y: number;
  weightPercent: number | null;
  columns: ForestColumns;
  aside: boolean;
}): ReactNode {
  const at = x(spot.estimate);
  // the area of the square is the weight; of a site that is not asked about it says nothing
  const side = aside ? 8 : Math.max(5, Math.sqrt(weightPercent ?? 0) * columns.squarePerRoot);
  return (
    <g className="site">
      {spot.lower !== null && spot.upper !== null && (
        <line x1={x(spot.lower)} x2={x(spot.upper)} y1={y} y2={y} />
      )}
      {weightPercent === null && !aside ? (
        <circle className="hollow" cx={at} cy={y} r={4.5} />
      ) : (
        <rect x={at - side / 2} y={y - side / 2} width={side} height={side} />
      )}
    </g>
  );
}

export function PooledLine({
  data,
  columns,
  x,
  label,
  value,
  href,
  y,
  aside = false,
}: ForestFrame & ForestPooled & { y: number; aside?: boolean }): ReactNode {
  const [text, middle] = [y + columns.textY, y + columns.plotY];
  const [left, right] = [x(value.lower ?? value.estimate), x(value.upper ?? value.estimate)];
  const centre = x(value.estimate);
  const points = `${left},${middle} ${centre},${middle - 8} ${right},${middle} ${centre},${middle + 8}`;
  return (
    <a className={aside ? 'pooled aside row' : 'pooled row'} href={href}>
      <rect className="band" x={0} y={y} width={columns.width} height={columns.rowHeight} />
      <line className="rule" x1={0} x2={columns.width} y1={y + 1} y2={y + 1} />
      <text className="name" x={columns.name} y={text}>
        {label}
      </text>
      <polygon points={points} />
      <text className="number" x={columns.value} y={text} textAnchor="end">
        {spotText(data.show, value)}
      </text>
    </a>
  );
}

export function PredictionLine({
  data,
  columns,
  x,
  holds,
  label,
  lower,
  upper,
  y,
}: ForestFrame & { label: string; lower: number; upper: number; y: number }): ReactNode {
  const [text, middle] = [y + columns.textY, y + columns.plotY];
  const [from, to] = columns.plot;
  const left = holds(lower) ? x(lower) : from;
  const right = holds(upper) ? x(upper) : to;
  // a bar where the interval ends, an arrow where it goes on beyond the axis
  const end = (at: number, value: number, way: 1 | -1): string =>
    holds(value) ? `M${at},${middle - 5}v10` : `M${at + 7 * way},${middle - 5}l${-7 * way},5l${7 * way},5`;
  return (
    <g className="prediction">
      <text className="quiet" x={columns.name} y={text}>
        {label}
      </text>
      <path d={`M${left},${middle}H${right}${end(left, lower, 1)}${end(right, upper, -1)}`} />
      <text
        className="quiet number"
        x={columns.value}
        y={text}
        textAnchor="end"
      >{`[${data.show(lower)}, ${data.show(upper)}]`}</text>
    </g>
  );
}
