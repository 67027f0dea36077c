// Stacked bars: shares that add up to about 1.
import { frame, rect, text } from './svg.ts';

export interface ShareChart {
  readonly title: string;
  readonly parts: readonly { readonly name: string; readonly colour: string }[];
  readonly rows: readonly { readonly label: string; readonly shares: readonly (number | null)[] }[];
}

const [width, left, right, top, rowHeight] = [760, 250, 60, 56, 28];

export function shareChart({ title, parts, rows }: ShareChart): string {
  const full = width - left - right;
  const bars = rows.flatMap(({ label, shares }, index) => {
    const y = top + index * rowHeight;
    let x = left;
    const drawn = shares.flatMap((share, part) => {
      const wide = full * (share ?? 0);
      const bar = rect(x, y, wide, rowHeight - 8, parts[part]!.colour);
      const said = text(x + wide / 2, y + 14, (share ?? 0).toFixed(2), {
        size: 10,
        anchor: 'middle',
        fill: '#ffffff',
      });
      x += wide;
      return wide > 28 ? [bar, said] : [bar];
    });
    return [text(16, y + 14, label), ...drawn];
  });
  const legend = parts.flatMap(({ name, colour }, i) => [
    rect(left + i * 130, 33, 10, 10, colour),
    text(left + i * 130 + 16, 42, name, { size: 11 }),
  ]);
  return frame(width, top + rows.length * rowHeight + 12, title, [...legend, ...bars]);
}
