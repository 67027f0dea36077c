// A vector drawing as data: the marks that SVG and PDF both know. Charts make these, the writers draw them.
export interface TextMark {
  readonly kind: 'text';
  readonly x: number;
  /** of the baseline */
  readonly y: number;
  readonly text: string;
  readonly size: number;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly fill: string;
  readonly bold: boolean;
}

export type Mark =
  | TextMark
  | {
      readonly kind: 'line';
      readonly from: readonly [number, number];
      readonly to: readonly [number, number];
      readonly stroke: string;
      readonly width: number;
      readonly dash: boolean;
    }
  | {
      readonly kind: 'rect';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly fill: string;
      readonly stroke: string | null;
      readonly radius: number;
    }
  | {
      readonly kind: 'path';
      readonly points: readonly (readonly [number, number])[];
      /** null: an open line */
      readonly fill: string | null;
      readonly stroke: string | null;
      readonly width: number;
    };

export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** what the drawing says, for who cannot see it */
  readonly alt: string;
  readonly marks: readonly Mark[];
}

/** Ink that is told apart by eyes of any kind and on grey paper; arms as on the pages of the reproduction. */
export const ink = {
  text: '#1f2937',
  muted: '#4b5563',
  rule: '#d1d5db',
  pale: '#f3f4f6',
  paper: '#ffffff',
  accent: '#115e59',
  accentPale: '#e6f2f0',
  warn: '#9a3412',
  warnPale: '#fdf1e7',
} as const;

export const armInk = {
  original: '#c2410c',
  inpainted: '#0f766e',
  clipped: '#6d28d9',
  placebo: '#475569',
} as const;

interface TextStyle {
  readonly size?: number;
  readonly anchor?: TextMark['anchor'];
  readonly fill?: string;
  readonly bold?: boolean;
}

export function text(x: number, y: number, said: string, style: TextStyle = {}): Mark {
  const { size = 12, anchor = 'start', fill = ink.text, bold = false } = style;
  return { kind: 'text', x, y, text: said, size, anchor, fill, bold };
}

export function line(
  from: readonly [number, number],
  to: readonly [number, number],
  stroke: string = ink.text,
  { width = 1, dash = false } = {},
): Mark {
  return { kind: 'line', from, to, stroke, width, dash };
}

export function rect(
  [x, y, width, height]: readonly [number, number, number, number],
  fill: string,
  { stroke = null as string | null, radius = 0 } = {},
): Mark {
  return { kind: 'rect', x, y, width, height, fill, stroke, radius };
}

export const polygon = (points: readonly (readonly [number, number])[], fill: string): Mark => ({
  ...{ kind: 'path', points, fill, stroke: null, width: 0 },
});

/** A shape that is not filled, on paper that is. */
export const outline = (
  points: readonly (readonly [number, number])[],
  stroke: string,
  width = 1.4,
): Mark => ({
  ...{ kind: 'path', points, fill: ink.paper, stroke, width },
});

export const polyline = (
  points: readonly (readonly [number, number])[],
  stroke: string,
  width = 1.5,
): Mark => ({
  ...{ kind: 'path', points, fill: null, stroke, width },
});

/** A line that ends in a head. */
export function arrow(from: readonly [number, number], to: readonly [number, number]): Mark[] {
  const [dx, dy] = [Math.sign(to[0] - from[0]), Math.sign(to[1] - from[1])];
  const [x, y] = to;
  const head = [to, [x - 7 * dx - 4 * dy, y - 7 * dy - 4 * dx], [x - 7 * dx + 4 * dy, y - 7 * dy + 4 * dx]];
  return [
    line(from, [x - 4 * dx, y - 4 * dy], ink.muted, { width: 1.2 }),
    polygon(head as [number, number][], ink.muted),
  ];
}

/** Two decimals: files stay small, and equal everywhere. */
export const rounded = (x: number): number => Math.round(100 * x) / 100;

/** About how wide a text is in the face of the document, in units of the drawing. */
export const widthOf = (said: string, size: number): number => said.length * size * 0.49;

/** Lines of whole words that are no wider; a longer word stands alone. */
export function wrapped(said: string, size: number, width: number): string[] {
  const lines: string[] = [];
  for (const word of said.split(' ')) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && widthOf(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
