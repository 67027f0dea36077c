// ROC curves from counts on the fixed grid of thresholds: one small square for each classifier, one line for each arm.
import { armInk, type Drawing, ink, line, type Mark, polyline, rect, text } from './drawing.ts';

export interface RocPanel {
  readonly title: string;
  readonly curves: readonly {
    readonly arm: keyof typeof armInk;
    /** false positive share and sensitivity, from 0, 0 to 1, 1 */
    readonly points: readonly (readonly [number, number])[];
  }[];
}

const [width, side, gapX, gapY, left, top] = [680, 176, 44, 52, 34, 22];

export function rocCurves(alt: string, panels: readonly RocPanel[]): Drawing {
  const marks = panels.flatMap((panel, i) =>
    panelMarks(panel, left + (i % 3) * (side + gapX), top + Math.floor(i / 3) * (side + gapY)),
  );
  const rows = Math.ceil(panels.length / 3);
  const height = top + rows * (side + gapY) + 14;
  return { width, height, alt, marks: [...marks, ...legend(panels, height - 8)] };
}

function panelMarks({ title, curves }: RocPanel, x: number, y: number): Mark[] {
  const small = { size: 9.5, fill: ink.muted } as const;
  return [
    text(x, y - 7, title, { size: 11, bold: true }),
    rect([x, y, side, side], ink.paper, { stroke: ink.rule }),
    line([x, y + side], [x + side, y], ink.rule, { dash: true }),
    ...curves.map(({ arm, points }) =>
      polyline(
        points.map(([fpr, tpr]) => [x + fpr * side, y + side - tpr * side] as const),
        armInk[arm],
      ),
    ),
    ...[0, 0.5, 1].flatMap((tick) => [
      text(x + tick * side, y + side + 13, String(tick), { ...small, anchor: 'middle' }),
      text(x - 5, y + side - tick * side + 3, String(tick), { ...small, anchor: 'end' }),
    ]),
    text(x + side / 2, y + side + 27, '1 \u2212 specificity', { ...small, anchor: 'middle' }),
  ];
}

function legend(panels: readonly RocPanel[], y: number): Mark[] {
  const arms = [...new Set(panels.flatMap(({ curves }) => curves.map(({ arm }) => arm)))];
  return arms.flatMap((arm, i) => [
    line([left + i * 110, y - 4], [left + 22 + i * 110, y - 4], armInk[arm], { width: 2.5 }),
    text(left + 28 + i * 110, y, arm, { size: 11 }),
  ]);
}
