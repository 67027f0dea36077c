// What a chart of dots in rows shows: one row for each site, arm or model, one dot for each series.
import type { Shape, Tone } from '../frame/tone.ts';

export interface Dot {
  readonly estimate: number;
  readonly lower: number | null;
  readonly upper: number | null;
  /** a wider interval around, drawn thin: where a new site may lie */
  readonly outer?: readonly [lower: number, upper: number] | null;
}

export interface DotRow {
  readonly name: string;
  /** where the numbers come from */
  readonly href: string | null;
  /** parallel to the series; null: this one has none */
  readonly dots: readonly (Dot | null)[];
  /** the numbers as text */
  readonly text: string;
  /** why there is no dot at all, in words */
  readonly note: string | null;
  /** the number exists, and the site keeps it */
  readonly withheld: boolean;
  /** a sum of the others: it is set apart */
  readonly sum: boolean;
}

export interface Series {
  readonly name: string;
  readonly tone: Tone;
  readonly shape?: Shape;
}

export interface DotRowsData {
  readonly title: string;
  readonly series: readonly Series[];
  readonly rows: readonly DotRow[];
  readonly reference: { readonly value: number; readonly label: string } | null;
  /** what the axis measures */
  readonly axis: string;
  readonly rowLabel: string;
  readonly textLabel: string;
  readonly show: (x: number) => string;
  /** values that the axis holds anyway, so that charts beside each other have one axis; absent: none */
  readonly alsoHolds?: readonly number[];
  /** the dots of a row lie on one line that joins them; otherwise each series has a lane */
  readonly joined: boolean;
}
