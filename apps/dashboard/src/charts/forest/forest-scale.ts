// Where things of a forest plot lie.
import { scaleLinear } from 'd3-scale';

/** An estimate with its interval, where it has one. */
export interface Spot {
  readonly estimate: number;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** px. Columns with right-aligned text give their right edge. */
export interface ForestColumns {
  readonly width: number;
  readonly narrow: boolean;
  readonly name: number;
  readonly nameWidth: number;
  readonly size: number;
  readonly plot: readonly [number, number];
  readonly value: number;
  readonly weight: number;
  readonly headHeight: number;
  readonly rowHeight: number;
  /** below the top of the row */
  readonly textY: number;
  readonly plotY: number;
  /** side of a site's square for each root of a percent of weight */
  readonly squarePerRoot: number;
}

export function forestColumns(width: number): ForestColumns {
  if (width < 640)
    return {
      ...{ width, narrow: true, name: 4, nameWidth: width - 190, size: 0, value: width - 4, weight: 0 },
      ...{ plot: [18, width - 18], headHeight: 24, rowHeight: 46, textY: 17, plotY: 32, squarePerRoot: 2.6 },
    };
  const right = width - 8;
  return {
    ...{ width, narrow: false, name: 8, nameWidth: 170, size: 264, value: right - 64, weight: right },
    ...{ plot: [300, right - 256], headHeight: 34, rowHeight: 34, textY: 22, plotY: 17, squarePerRoot: 3.2 },
  };
}

export interface ForestScale {
  readonly x: (value: number) => number;
  readonly ticks: readonly number[];
  /** false: the value lies off the axis */
  readonly holds: (value: number) => boolean;
}

interface Extent {
  readonly reference: number;
  readonly rows: readonly { readonly value: Spot | null }[];
  readonly pooled: { readonly value: Spot } | null;
  readonly others: {
    readonly rows: readonly { readonly value: Spot | null }[];
    readonly all: { readonly value: Spot } | null;
  } | null;
  readonly prediction: { readonly lower: number; readonly upper: number } | null;
}

/** A prediction interval may widen the axis by this share of what the others need; beyond that it is cut, with arrows. */
const roomForPrediction = 0.5;

/** A linear scale that holds every interval of sites and pooled figure and the reference, with round ends. */
export function forestScale(
  { reference, rows, pooled, others, prediction }: Extent,
  { plot, narrow }: ForestColumns,
): ForestScale {
  const spots = [...rows, pooled, ...(others?.rows ?? []), others?.all].map((one) => one?.value ?? null);
  const values = spots.flatMap((spot) => (spot ? [spot.estimate, spot.lower, spot.upper] : []));
  const all = [reference, ...values].filter((value) => value !== null);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const room = roomForPrediction * (most - least);
  const low = Math.min(least, Math.max(prediction?.lower ?? least, least - room));
  const high = Math.max(most, Math.min(prediction?.upper ?? most, most + room));
  const apart = high - low < 0.02 ? 0.05 : 0;
  const count = narrow ? 4 : 6;
  const scale = scaleLinear([low - apart, high + apart], [plot[0], plot[1]]).nice(count);
  const [from = low, to = high] = scale.domain();
  return {
    x: (value) => Math.round(scale(value) * 10) / 10,
    ticks: scale.ticks(count),
    holds: (value) => value >= from && value <= to,
  };
}

/** Whether the words for the two sides are too long for one line below the plot. */
export function areSidesStacked(
  [left, right]: readonly [string, string],
  { plot: [from, to] }: ForestColumns,
): boolean {
  return (left.length + right.length + 6) * 6.8 > to - from;
}
