import { describe, expect, it } from '@jest/globals';
import { renderToStaticMarkup } from 'react-dom/server';
import { aucColour, inkOn } from './auc-colour.ts';
import { AucMatrix, type MatrixCell, type MatrixData } from './auc-matrix.tsx';

const cell = (value: number | null, note: string, change: Partial<MatrixCell> = {}): MatrixCell => ({
  ...{ value, note, withheld: false, diagonal: false, href: '#/cell', label: `AUC ${note}` },
  ...change,
});
const data: MatrixData = {
  title: 'Pooled AUC',
  arms: ['original', 'inpainted'],
  rows: [
    {
      name: 'with-markers',
      cells: [cell(0.91, '0.880–0.933', { diagonal: true }), cell(0.52, '0.450–0.589')],
    },
    { name: 'without-markers', cells: [cell(null, 'withheld', { withheld: true }), null] },
  ],
};

/** Relative luminance of WCAG 2, of `rgb(r, g, b)` or `#rrggbb`. */
function luminance(colour: string): number {
  const parts = colour.startsWith('#')
    ? [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16))
    : (colour.match(/\d+/g) ?? []).map(Number);
  const [r = 0, g = 0, b = 0] = parts.map((part) => {
    const c = part / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

describe('the matrix of models and arms', () => {
  it.each([900, 360])('is drawn from its data at %d px', (width) => {
    const svg = renderToStaticMarkup(<AucMatrix data={data} width={width} />);
    expect(svg.replaceAll('><', '>\n<')).toMatchSnapshot();
  });

  it('hatches what is withheld, and frames the arm of the training alone', () => {
    const svg = renderToStaticMarkup(<AucMatrix data={data} width={900} />);
    expect(svg.match(/url\(#withheld\)/g)).toHaveLength(1);
    expect(svg.match(/class="diagonal"/g)).toHaveLength(1);
    expect(svg.match(/<a /g)).toHaveLength(3);
  });

  it('keeps its numbers legible on every colour: contrast of 4.5 and more', () => {
    for (let auc = 0.3; auc <= 1; auc += 0.005) {
      const [one, two] = [luminance(aucColour(auc)), luminance(inkOn(auc))];
      const contrast = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
      expect({ auc, legible: contrast >= 4.5 }).toEqual({ auc, legible: true });
    }
  });

  it('grows darker with the AUC, so that a print without colour keeps the order', () => {
    const steps = Array.from({ length: 51 }, (_, i) => luminance(aucColour(0.5 + i / 100)));
    expect(steps.every((one, i) => i === 0 || one < steps[i - 1]!)).toBe(true);
  });
});
