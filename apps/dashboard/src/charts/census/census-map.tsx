// Where the markers of a site lie: films with a marker's centre in each of 8 x 8 parts of the film, over a chest for
// orientation. Hatched is withheld, empty is nobody. Data in, SVG out.
import type { ReactNode } from 'react';
import { fitted } from '../frame/fitted.ts';
import { bodyPath, bonePath, lungPaths } from './chest.ts';

export interface CensusData {
  readonly site: string;
  readonly href: string | null;
  /** row by row from the upper left; null: withheld */
  readonly map: readonly (readonly (number | null)[])[] | null;
  /** why there is no map, in words */
  readonly note: string | null;
  /** films with a marker, letters, looks */
  readonly lines: readonly string[];
}

/** How dark a part is: by the root, so that rare places are still seen. @returns 0.15 to 1 */
export const inkShare = (films: number, most: number): number =>
  films === 0 ? 0 : Math.round((0.15 + 0.85 * Math.sqrt(films / Math.max(1, most))) * 1000) / 1000;

/** @param side px of the map */
export function CensusMap({ data, side }: { data: CensusData; side: number }): ReactNode {
  const { map, note } = data;
  const height = 24 + side + 8 + data.lines.length * 17;
  const content = (
    <>
      <text className="name" x={0} y={15}>
        {fitted(data.site, side)}
      </text>
      <g transform="translate(0,24)">
        <rect className="film" x={0} y={0} width={side} height={side} rx={3} />
        <g transform={`scale(${side / 100})`}>
          {lungPaths.map((d) => (
            <path key={d} className="lung" d={d} />
          ))}
          <path className="bone" d={bonePath} />
          <path className="body" d={bodyPath} />
        </g>
        {map && <Cells map={map} side={side} />}
        {note !== null && (
          <text className="note" x={side / 2} y={side / 2} textAnchor="middle">
            {fitted(note, side - 8)}
          </text>
        )}
      </g>
      {data.lines.map((line, i) => (
        <text key={line} className="quiet number" x={0} y={24 + side + 20 + i * 17}>
          {fitted(line, side + 24)}
        </text>
      ))}
    </>
  );
  return (
    <svg
      className="chart census"
      width={side}
      height={height}
      viewBox={`0 0 ${side} ${height}`}
      role="group"
      aria-label={`Where the markers of ${data.site} lie; ${note ?? data.lines.join('; ')}`}
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

function Cells({ map, side }: { map: NonNullable<CensusData['map']>; side: number }): ReactNode {
  const cell = side / map.length;
  const most = Math.max(1, ...map.flat().map((films) => films ?? 0));
  const at = (i: number): number => Math.round(i * cell * 10) / 10;
  return map.map((row, y) =>
    row.map((films, x) => {
      if (films === 0) return null;
      const place = { x: at(x) + 0.5, y: at(y) + 0.5, width: cell - 1, height: cell - 1 };
      const kept = films === null;
      return (
        <g key={`${x} ${y}`}>
          <rect
            className={kept ? 'kept' : 'ink'}
            {...place}
            rx={2}
            {...(kept ? { fill: 'url(#withheld-ground)' } : { fillOpacity: inkShare(films, most) })}
          />
          {!kept && cell >= 20 && (
            <text
              className={inkShare(films, most) > 0.8 ? 'number on-ink' : 'number'}
              x={at(x) + cell / 2}
              y={at(y) + cell / 2 + 3.5}
              textAnchor="middle"
            >
              {films}
            </text>
          )}
          <title>{kept ? 'withheld: too few patients' : `${films} films`}</title>
        </g>
      );
    }),
  );
}
