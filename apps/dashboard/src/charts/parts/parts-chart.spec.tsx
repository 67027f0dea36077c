import { describe, expect, it } from '@jest/globals';
import { renderToStaticMarkup } from 'react-dom/server';
import { signed } from '../../format/number.ts';
import { PartsChart, type PartsData, partsScale } from './parts-chart.tsx';

const row = { href: '#/from', note: null, withheld: false, sum: false };
const data: PartsData = {
  title: 'Range and shape',
  names: ['range', 'shape', 'total'],
  ...{ axis: 'difference of AUC', show: signed },
  rows: [
    { ...row, name: 'north', parts: { first: 0.02, second: 0.05, total: 0.07 } },
    { ...row, name: 'south', parts: { first: 0.03, second: -0.04, total: -0.01 } },
    { ...row, name: 'west', parts: null, note: 'withheld: too few patients', withheld: true },
    { ...row, name: 'Pooled', sum: true, parts: { first: 0.022, second: 0.01, total: 0.032 } },
  ],
};
const draw = (width: number, change: Partial<PartsData> = {}): string =>
  renderToStaticMarkup(<PartsChart data={{ ...data, ...change }} width={width} />);

/** Left and right end of the bars of a part, row by row. */
function ends(svg: string, part: string): [left: number, right: number][] {
  const bars = [
    ...svg.matchAll(new RegExp(`class="part ${part}" x="([\\d.]+)" y="[\\d.]+" width="([\\d.]+)"`, 'g')),
  ];
  // the first is in the key
  return bars.slice(1).map(([, x, width]) => [Number(x), Number(x) + Number(width)]);
}

describe('the chart of two parts', () => {
  it.each([900, 360])('is drawn from its data at %d px', (width) => {
    expect(draw(width).replaceAll('><', '>\n<')).toMatchSnapshot();
  });

  it.each([900, 360])('lets the parts add up to the total, whatever their signs, at %d px', (width) => {
    const svg = draw(width);
    const [first, second] = [ends(svg, 'first'), ends(svg, 'second')];
    const plot: [number, number] = width < 640 ? [14, width - 14] : [200, width - 244];
    const { x } = partsScale(data, plot);
    // north: on to the right; south: back beyond zero
    expect(first[0]![1]).toBeCloseTo(second[0]![0], 1);
    expect(second[0]![1]).toBeCloseTo(x(0.07), 1);
    expect(first[1]![1]).toBeCloseTo(second[1]![1], 1);
    expect(second[1]![0]).toBeCloseTo(x(-0.01), 1);
    expect(svg).toContain(`transform="translate(${x(-0.01)},`);
  });

  it('draws no bar for what is withheld', () => {
    const svg = draw(900, { rows: [data.rows[2]!] });
    expect(ends(svg, 'first')).toEqual([]);
    expect(svg).toMatch(/class="note withheld"/);
  });
});
