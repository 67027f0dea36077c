// A forest plot: one line for each site or part, its interval, a square as large as its weight, and a diamond for the
// pooled figure with the interval of a new site under it. What is not the answer is drawn in outline.
import { type Drawing, ink, line, type Mark, outline, polygon, rect, text } from './drawing.ts';
import { type Scale, scaleOver } from './scale.ts';

export interface Interval {
  readonly estimate: number;
  readonly lower: number | null;
  readonly upper: number | null;
}

export interface ForestRow {
  readonly label: string;
  /** e.g. patients of the two classes */
  readonly detail: string;
  /** null: there is none, and `said` tells why */
  readonly figure: Interval | null;
  /** 0 to 100; null: it has no weight */
  readonly weight: number | null;
  /** the figure in words and numbers, at the right */
  readonly said: string;
  /** square: of one site; diamond: pooled; heading: no figure, a title over rows; range: an interval alone */
  readonly shape: 'square' | 'diamond' | 'heading' | 'range';
  /** shown beside the answer, and no part of it */
  readonly aside?: boolean;
}

export interface ForestPlot {
  readonly alt: string;
  readonly axis: string;
  readonly heads: readonly [label: string, detail: string, said: string];
  readonly rows: readonly ForestRow[];
  /** of no difference; null: none is drawn */
  readonly reference: number | null;
  readonly limits?: readonly [number, number];
  /** what lies left and right of the reference */
  readonly sides?: readonly [string, string];
}

const [width, left, right] = [680, 232, 484];
const [top, rowHeight] = [30, 21];

export function forestPlot({ alt, axis, heads, rows, reference, limits, sides }: ForestPlot): Drawing {
  const scale = scaleOver(reaches(rows, reference), [left, right], limits);
  const bottom = top + rows.length * rowHeight + 4;
  const height = bottom + (sides ? 50 : 38);
  return {
    width,
    height,
    alt,
    marks: [
      ...headMarks(heads),
      ...axisMarks(scale, bottom, axis, reference),
      ...(sides && reference !== null ? sideMarks(scale.at(reference), bottom, sides) : []),
      ...rows.flatMap((row, i) => rowMarks(row, top + i * rowHeight, scale)),
    ],
  };
}

/** What the axis must hold; of intervals far wider than the rest only the part that lies near them. */
function reaches(rows: readonly ForestRow[], reference: number | null): number[] {
  const figures = rows.flatMap(({ figure, shape }) => (figure ? [{ ...figure, shape }] : []));
  const centres = figures.map(({ estimate }) => estimate);
  const ends = figures.flatMap(({ lower, upper, shape }) =>
    shape === 'range' ? [] : [lower ?? [], upper ?? []].flat(),
  );
  const near = [...centres, ...ends, ...(reference === null ? [] : [reference])];
  if (near.length === 0) return [0, 1];
  const span = Math.max(...near) - Math.min(...near) || 0.1;
  const within = (value: number): number =>
    Math.min(Math.max(value, Math.min(...near) - span / 3), Math.max(...near) + span / 3);
  const wide = figures.flatMap(({ lower, upper, shape }) =>
    shape === 'range' ? [lower ?? [], upper ?? []].flat().map(within) : [],
  );
  return [...near, ...wide];
}

function headMarks([label, detail, said]: ForestPlot['heads']): Mark[] {
  const style = { size: 11, fill: ink.muted, bold: true };
  return [
    text(4, 16, label, style),
    text(left - 18, 16, detail, { ...style, anchor: 'end' }),
    text(width - 4, 16, said, { ...style, anchor: 'end' }),
    line([0, 23], [width, 23], ink.rule),
  ];
}

function axisMarks(scale: Scale, bottom: number, axis: string, reference: number | null): Mark[] {
  const ticks = scale.ticks.flatMap((tick) => [
    line([scale.at(tick), bottom], [scale.at(tick), bottom + 4], ink.muted),
    text(scale.at(tick), bottom + 16, scale.said(tick), { size: 10.5, anchor: 'middle', fill: ink.muted }),
  ]);
  const mark =
    reference === null
      ? []
      : [line([scale.at(reference), 23], [scale.at(reference), bottom], ink.muted, { width: 0.9 })];
  return [
    ...mark,
    line([left, bottom], [right, bottom], ink.muted),
    ...ticks,
    text((left + right) / 2, bottom + 31, axis, { size: 10.5, anchor: 'middle', fill: ink.muted }),
  ];
}

function sideMarks(x: number, bottom: number, [less, more]: readonly [string, string]): Mark[] {
  const style = { size: 10, fill: ink.muted };
  return [
    text(x - 8, bottom + 45, `\u2190 ${less}`, { ...style, anchor: 'end' }),
    text(x + 8, bottom + 45, `${more} \u2192`, style),
  ];
}

function rowMarks(
  { label, detail, figure, weight, said, shape, aside = false }: ForestRow,
  y: number,
  scale: Scale,
): Mark[] {
  const base = y + 14;
  const answer = shape === 'diamond' && !aside;
  const bold = answer || shape === 'heading';
  const words = [
    text(shape === 'square' ? 12 : 4, base, label, {
      size: 11.5,
      bold,
      fill: (figure && !aside) || bold ? ink.text : ink.muted,
    }),
    text(left - 18, base, detail, { size: 10.5, anchor: 'end', fill: ink.muted }),
    text(width - 4, base, said, {
      size: 10.5,
      anchor: 'end',
      bold: answer,
      fill: figure && !aside ? ink.text : ink.muted,
    }),
  ];
  const band = answer ? [rect([0, y, width, rowHeight], ink.accentPale)] : [];
  return [
    ...band,
    ...words,
    ...(figure ? shapeMarks({ figure, weight, shape, aside }, y + rowHeight / 2, scale) : []),
  ];
}

function shapeMarks(
  { figure, weight, shape, aside }: Pick<ForestRow, 'weight' | 'shape' | 'aside'> & { figure: Interval },
  y: number,
  { at, domain }: Scale,
): Mark[] {
  const inside = (value: number): number => Math.min(Math.max(value, domain[0]), domain[1]);
  const [lower, upper] = [figure.lower ?? figure.estimate, figure.upper ?? figure.estimate];
  const x = at(inside(figure.estimate));
  const ends = [
    ...(lower < domain[0]
      ? [
          polygon(
            [
              [left - 5, y],
              [left + 2, y - 4],
              [left + 2, y + 4],
            ],
            ink.accent,
          ),
        ]
      : []),
    ...(upper > domain[1]
      ? [
          polygon(
            [
              [right + 5, y],
              [right - 2, y - 4],
              [right - 2, y + 4],
            ],
            ink.accent,
          ),
        ]
      : []),
  ];
  if (shape === 'diamond') {
    const points = [
      [at(inside(lower)), y],
      [x, y - 7],
      [at(inside(upper)), y],
      [x, y + 7],
    ] as const;
    return [aside ? outline(points, ink.accent) : polygon(points, ink.accent), ...ends];
  }
  const stem = line(
    [at(inside(lower)), y],
    [at(inside(upper)), y],
    shape === 'range' ? ink.accent : aside ? ink.muted : ink.text,
    {
      width: shape === 'range' ? 1.6 : 1.2,
      dash: shape === 'range',
    },
  );
  if (shape === 'range') return [stem, ...ends];
  const side = weight === null ? 5.5 : 4 + 11 * Math.sqrt(weight / 100);
  const square = [x - side / 2, y - side / 2, side, side] as const;
  const filled = rect(square, weight === null ? ink.muted : ink.accent);
  return [stem, ...ends, aside ? rect(square, ink.paper, { stroke: ink.muted }) : filled];
}
