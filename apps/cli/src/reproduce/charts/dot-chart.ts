// Dots on lines: one row for each thing compared, one dot for each seed or method, with an interval where there is one.
import { COLOURS, frame, line, round, type Series, text } from './svg.ts';

export interface Dot {
  readonly series: Series;
  readonly value: number | null;
  readonly lower?: number | null;
  readonly upper?: number | null;
}

export interface DotRow {
  readonly label: string;
  readonly dots: readonly Dot[];
}

export interface DotChart {
  readonly title: string;
  readonly axis: string;
  readonly domain: readonly [number, number];
  /** a line at chance or at no difference */
  readonly reference?: number;
  readonly rows: readonly DotRow[];
  readonly legend?: readonly Series[];
}

const [width, left, right, top, rowHeight] = [760, 250, 30, 56, 30];

export function dotChart({ title, axis, domain, reference, rows, legend = [] }: DotChart): string {
  const [low, high] = domain;
  const at = (value: number): number =>
    left + ((Math.min(high, Math.max(low, value)) - low) / (high - low)) * (width - left - right);
  const bottom = top + rows.length * rowHeight;
  const step = stepOf(high - low);
  const ticks = Math.floor((high - low) / step + 1e-9) + 1;
  const values = Array.from({ length: ticks }, (_, i) => low + i * step);
  const grid = values.flatMap((value) => [
    line(at(value), top - 8, at(value), bottom, '#e5e7eb'),
    text(at(value), bottom + 16, String(round(value)), { size: 11, anchor: 'middle', fill: '#4b5563' }),
  ]);
  const mark =
    reference === undefined ? [] : [line(at(reference), top - 8, at(reference), bottom, '#6b7280', 1.5)];
  const drawn = rows.flatMap(({ label, dots }, index) => {
    const y = top + (index + 0.5) * rowHeight;
    return [
      text(16, y + 4, label),
      ...dots.flatMap((dot, i) => drawDot(dot, at, y + spread(i, dots.length))),
    ];
  });
  return frame(width, bottom + 46, title, [
    ...legendOf(legend),
    ...grid,
    ...mark,
    ...drawn,
    text((left + width - right) / 2, bottom + 36, axis, { size: 11, anchor: 'middle', fill: '#4b5563' }),
  ]);
}

function drawDot({ series, value, lower, upper }: Dot, at: (value: number) => number, y: number): string[] {
  if (value === null) return [];
  const colour = COLOURS[series];
  const dot = `<circle cx="${round(at(value))}" cy="${round(y)}" r="4" fill="${colour}" fill-opacity="0.8"/>`;
  if (lower === null || lower === undefined || upper === null || upper === undefined) return [dot];
  return [line(at(lower), y, at(upper), y, colour, 2), dot];
}

/** Of the axis: 0.1 or 0.2 for shares and AUCs, whole numbers beyond. */
const stepOf = (span: number): number => (span <= 0.7 ? 0.1 : span <= 1.5 ? 0.2 : Math.ceil(span / 6));

/** Dots of a row lie a little apart. */
const spread = (index: number, count: number): number => (index - (count - 1) / 2) * Math.min(6, 18 / count);

function legendOf(series: readonly Series[]): string[] {
  return series.flatMap((one, i) => {
    const x = left + i * 110;
    return [`<circle cx="${x}" cy="38" r="4" fill="${COLOURS[one]}"/>`, text(x + 10, 42, one, { size: 11 })];
  });
}
