// Where things of a chart of rows lie.
import { scaleLinear } from 'd3-scale';
import type { Dot, DotRowsData } from './row-data.ts';

/** px. */
export interface RowColumns {
  readonly width: number;
  readonly narrow: boolean;
  readonly name: number;
  readonly nameWidth: number;
  readonly plot: readonly [from: number, to: number];
  /** right edge of the text */
  readonly text: number;
  readonly headHeight: number;
  readonly rowHeight: number;
  /** below the top of a row */
  readonly textY: number;
  /** below the top of a row, one for each series */
  readonly lanes: readonly number[];
}

const [letter, lane] = [6.9, 15];

/** Below 640 px a row's name and numbers stand above its dots. */
export function rowColumns(
  { series, rows, joined, textLabel }: Pick<DotRowsData, 'series' | 'rows' | 'joined' | 'textLabel'>,
  width: number,
): RowColumns {
  const narrow = width < 640;
  const lanes = series.map((_, i) => (joined ? 0 : (i - (series.length - 1) / 2) * lane));
  const height = joined ? 0 : (series.length - 1) * lane;
  const longest = Math.max(textLabel.length, ...rows.map(({ text }) => text.length));
  const nameWidth = Math.min(250, Math.max(178, ...rows.map(({ name }) => name.length * 7.5)));
  if (narrow)
    return {
      ...{ width, narrow, name: 4, nameWidth: Math.max(90, width - 12 - longest * letter), text: width - 4 },
      ...{ plot: [14, width - 14], headHeight: 22, rowHeight: 44 + height, textY: 17 },
      lanes: lanes.map((y) => 31 + height / 2 + y),
    };
  const rowHeight = 30 + height;
  const textWidth = Math.min(330, longest * letter + 20);
  return {
    ...{ width, narrow, name: 8, nameWidth, text: width - 8, plot: [nameWidth + 22, width - 16 - textWidth] },
    ...{ headHeight: 32, rowHeight, textY: rowHeight / 2 + 4.5 },
    lanes: lanes.map((y) => rowHeight / 2 + y),
  };
}

export interface RowScale {
  readonly x: (value: number) => number;
  readonly ticks: readonly number[];
  /** false: the value lies off the axis */
  readonly holds: (value: number) => boolean;
}

/** An outer interval may widen the axis by this share of what the others need; beyond that it is cut. */
const roomForOuter = 0.6;

/** A linear scale that holds the reference and every dot with its interval, with round ends. */
export function rowScale(
  { rows, reference, alsoHolds = [] }: Pick<DotRowsData, 'rows' | 'reference' | 'alsoHolds'>,
  { plot, narrow }: Pick<RowColumns, 'plot' | 'narrow'>,
): RowScale {
  const dots = rows.flatMap((row) => row.dots).filter((dot) => dot !== null);
  const values = [...dots.flatMap(endsOf), ...(reference ? [reference.value] : []), ...alsoHolds];
  const outer = dots.flatMap((dot) => dot.outer ?? []);
  const [least, most] = values.length > 0 ? [Math.min(...values), Math.max(...values)] : [0, 1];
  const room = roomForOuter * (most - least);
  const low = Math.min(least, Math.max(Math.min(least, ...outer), least - room));
  const high = Math.max(most, Math.min(Math.max(most, ...outer), most + room));
  const apart = high - low < 0.002 ? 0.05 : 0;
  const count = narrow ? 4 : 6;
  const scale = scaleLinear([low - apart, high + apart], [plot[0], plot[1]]).nice(count);
  const [from = low, to = high] = scale.domain();
  return {
    x: (value) => Math.round(scale(value) * 10) / 10,
    ticks: scale.ticks(count),
    holds: (value) => value >= from && value <= to,
  };
}

const endsOf = ({ estimate, lower, upper }: Dot): number[] =>
  [estimate, lower, upper].filter((value) => value !== null);
