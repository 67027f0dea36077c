// The little that a figure of the page is made of: text, lines, and a frame with a title. Pure: figures in, SVG text out.
export const COLOURS = {
  original: '#c2410c',
  inpainted: '#0f766e',
  clipped: '#6d28d9',
  other: '#475569',
} as const;
export type Series = keyof typeof COLOURS;

const FONT = 'system-ui, "DejaVu Sans", sans-serif';

export function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

export interface TextStyle {
  readonly size?: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly fill?: string;
  readonly weight?: number;
}

export function text(x: number, y: number, said: string, style: TextStyle = {}): string {
  const { size = 12, anchor = 'start', fill = '#1f2937', weight = 400 } = style;
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}" text-anchor="${anchor}" fill="${fill}" font-weight="${weight}">${escape(said)}</text>`;
}

export function line(x1: number, y1: number, x2: number, y2: number, stroke: string, width = 1): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${stroke}" stroke-width="${width}"/>`;
}

export function rect(x: number, y: number, width: number, height: number, fill: string): string {
  return `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${fill}"/>`;
}

/** @param title also what a screen reader says */
export function frame(width: number, height: number, title: string, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${round(height)}" viewBox="0 0 ${width} ${round(height)}" role="img" aria-label="${escape(title)}" font-family="${escape(FONT)}">`,
    rect(0, 0, width, height, '#ffffff'),
    text(16, 24, title, { size: 14, weight: 600 }),
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

export const round = (x: number): number => Math.round(100 * x) / 100;
