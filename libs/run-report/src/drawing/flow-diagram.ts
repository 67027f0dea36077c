// A STARD-like flow diagram: a column of boxes from the sites of the run down to the analysis, beside it what left on the
// way and why, and under it the arms.
import { arrow, type Drawing, ink, line, type Mark, rect, text, wrapped } from './drawing.ts';

export interface FlowBox {
  readonly title: string;
  readonly lines: readonly string[];
}

export interface FlowStep {
  readonly box: FlowBox;
  /** what leaves after this box; null: nothing does */
  readonly leaves: FlowBox | null;
}

export interface FlowDiagram {
  readonly alt: string;
  readonly steps: readonly FlowStep[];
  /** side by side under the last step; empty: none */
  readonly arms: readonly FlowBox[];
  readonly analysed: readonly FlowBox[];
}

const [width, mainWidth, sideX, sideWidth] = [680, 330, 378, 302];
const [pad, titleSize, lineSize, lineHeight, gap] = [9, 11.5, 10.5, 13.5, 26];

interface Placed {
  readonly marks: Mark[];
  readonly height: number;
}

export function flowDiagram({ alt, steps, arms, analysed }: FlowDiagram): Drawing {
  const marks: Mark[] = [];
  let y = 2;
  for (const [i, { box, leaves }] of steps.entries()) {
    const own = boxAt(box, 2, y, mainWidth, ink.accentPale);
    marks.push(...own.marks);
    const side = leaves && boxAt(leaves, sideX, y + own.height + 4, sideWidth - 2, ink.warnPale);
    const isLast = i === steps.length - 1 && arms.length + analysed.length === 0;
    const below = y + own.height + Math.max(gap, side ? side.height + 12 : 0);
    if (side) {
      const middle = y + own.height + 4 + side.height / 2;
      marks.push(...side.marks, ...arrow([mainWidth / 2, middle], [sideX, middle]));
    }
    if (!isLast) marks.push(...arrow([mainWidth / 2, y + own.height], [mainWidth / 2, below]));
    y = below;
  }
  for (const row of [arms, analysed]) y = rowAt(row, y, marks, row === arms && analysed.length > 0);
  return { width, height: y + 4, alt, marks };
}

/** Boxes side by side, three in a row at most, and a line down to what follows. */
function rowAt(boxes: readonly FlowBox[], y: number, marks: Mark[], more: boolean): number {
  if (boxes.length === 0) return y;
  const across = Math.min(boxes.length, 4);
  const each = (width - 4 - (across - 1) * 10) / across;
  let below = y;
  for (let from = 0; from < boxes.length; from += across) {
    const row = boxes.slice(from, from + across);
    const height = Math.max(...row.map((box) => heightOf(box, each)));
    row.forEach((box, i) =>
      marks.push(...boxAt(box, 2 + i * (each + 10), below, each, ink.pale, height).marks),
    );
    below += height + 10;
  }
  if (!more) return below;
  marks.push(line([mainWidth / 2, below - 10], [mainWidth / 2, below - 6], ink.muted, { width: 1.2 }));
  marks.push(...arrow([mainWidth / 2, below - 10], [mainWidth / 2, below + 14]));
  return below + 14;
}

function textOf({ title, lines }: FlowBox, boxWidth: number): { titles: string[]; said: string[] } {
  const within = boxWidth - 2 * pad;
  return {
    titles: wrapped(title, titleSize, within),
    said: lines.flatMap((one) => wrapped(one, lineSize, within)),
  };
}

function heightOf(box: FlowBox, boxWidth: number): number {
  const { titles, said } = textOf(box, boxWidth);
  return 2 * pad + (titles.length + said.length) * lineHeight + 1;
}

function boxAt(
  box: FlowBox,
  x: number,
  y: number,
  boxWidth: number,
  fill: string,
  height = heightOf(box, boxWidth),
): Placed {
  const { titles, said } = textOf(box, boxWidth);
  const stroke = fill === ink.warnPale ? ink.warn : ink.accent;
  const base = (i: number): number => y + pad + 10 + i * lineHeight;
  return {
    height,
    marks: [
      rect([x, y, boxWidth, height], fill, { stroke, radius: 4 }),
      ...titles.map((one, i) => text(x + pad, base(i), one, { size: titleSize, bold: true })),
      ...said.map((one, i) => text(x + pad, base(i + titles.length), one, { size: lineSize })),
    ],
  };
}
