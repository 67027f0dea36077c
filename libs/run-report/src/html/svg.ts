// A drawing as SVG text.
import { type Drawing, type Mark, rounded as r } from '../drawing/drawing.ts';

export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

export function svgOf({ width, height, alt, marks }: Drawing): string {
  return `<svg viewBox="0 0 ${r(width)} ${r(height)}" role="img" aria-label="${escaped(alt)}">${marks.map(markOf).join('')}</svg>`;
}

function markOf(mark: Mark): string {
  switch (mark.kind) {
    case 'text': {
      const weight = mark.bold ? ' font-weight="600"' : '';
      return `<text x="${r(mark.x)}" y="${r(mark.y)}" font-size="${mark.size}" text-anchor="${mark.anchor}" fill="${mark.fill}"${weight}>${escaped(mark.text)}</text>`;
    }
    case 'line': {
      const dash = mark.dash ? ' stroke-dasharray="4 3"' : '';
      return `<path d="M${r(mark.from[0])} ${r(mark.from[1])}L${r(mark.to[0])} ${r(mark.to[1])}" stroke="${mark.stroke}" stroke-width="${mark.width}"${dash}/>`;
    }
    case 'rect': {
      const stroke = mark.stroke === null ? '' : ` stroke="${mark.stroke}"`;
      return `<rect x="${r(mark.x)}" y="${r(mark.y)}" width="${r(mark.width)}" height="${r(mark.height)}" rx="${mark.radius}" fill="${mark.fill}"${stroke}/>`;
    }
    case 'path': {
      const d = mark.points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${r(x)} ${r(y)}`).join('');
      const stroke = mark.stroke === null ? '' : ` stroke="${mark.stroke}" stroke-width="${mark.width}"`;
      return `<path d="${d}${mark.fill === null ? '' : 'Z'}" fill="${mark.fill ?? 'none'}"${stroke}/>`;
    }
  }
}
