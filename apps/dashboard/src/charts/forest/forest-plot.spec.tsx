import { describe, expect, it } from '@jest/globals';
import { renderToStaticMarkup } from 'react-dom/server';
import { signed } from '../../format/number.ts';
import type { ForestData } from './forest-data.ts';
import { ForestPlot } from './forest-plot.tsx';
import { forestColumns, forestScale } from './forest-scale.ts';

const row = { href: '#/runs/r/reports/d', size: '40 / 90', note: null, withheld: false };
const data: ForestData = {
  title: 'A minus B, site by site',
  reference: 0,
  referenceLabel: 'no difference',
  sides: ['higher: B', 'higher: A'],
  sizeLabel: 'Patients with / without',
  valueLabel: 'Difference [95 %]',
  show: signed,
  rows: [
    { ...row, name: 'north', value: { estimate: 0.08, lower: 0.02, upper: 0.14 }, weightPercent: 64 },
    { ...row, name: 'south', value: { estimate: 0.01, lower: -0.09, upper: 0.11 }, weightPercent: 36 },
    {
      ...row,
      name: 'east',
      value: { estimate: 0.03, lower: null, upper: null },
      note: 'not pooled: has no variance, so no weight',
      weightPercent: null,
    },
    {
      ...row,
      name: 'west',
      value: null,
      note: 'withheld: fewer patients than the site’s floor',
      withheld: true,
      weightPercent: null,
    },
    { ...row, name: 'isle', href: null, size: '', value: null, note: 'no report yet', weightPercent: null },
  ],
  pooled: { label: 'Pooled', value: { estimate: 0.055, lower: 0.004, upper: 0.106 }, href: '#/from' },
  spread: 'I² 61 % · τ² 0.0012',
  prediction: { label: 'A new site, 95 %', lower: -0.06, upper: 0.17 },
  others: null,
};
const others: ForestData['others'] = {
  heading: 'Other sites, not in this question',
  rows: [
    { ...row, name: 'home', value: { estimate: -0.12, lower: -0.16, upper: -0.08 }, weightPercent: null },
    {
      ...row,
      name: 'annex',
      value: null,
      note: 'withheld: fewer patients than the site’s floor',
      withheld: true,
      weightPercent: null,
    },
  ],
  all: {
    label: 'All sites, for comparison',
    value: { estimate: 0.01, lower: -0.05, upper: 0.07 },
    href: '#/all',
  },
};
const draw = (width: number, change: Partial<ForestData> = {}): string =>
  renderToStaticMarkup(<ForestPlot data={{ ...data, ...change }} width={width} />);

describe('the forest plot', () => {
  it.each([1000, 360])('is drawn from its data at %d px', (width) => {
    expect(draw(width).replaceAll('><', '>\n<')).toMatchSnapshot();
  });

  it.each([1000, 360])('puts other sites below the answer, without weight, at %d px', (width) => {
    const svg = draw(width, { others });
    expect(svg.replaceAll('><', '>\n<')).toMatchSnapshot();
    const [answer, below] = svg.split('class="others"');
    expect(answer).toContain('Pooled');
    expect(below).toMatch(/Other sites, not in this question.*home.*annex.*All sites/);
    expect(below).not.toMatch(/not pooled|\d %/);
    const { x } = forestScale({ ...data, others }, forestColumns(width));
    expect(x(-0.16)).toBeGreaterThanOrEqual(forestColumns(width).plot[0]);
  });

  it('says why a site has no mark, and draws none', () => {
    const svg = draw(1000, { rows: data.rows.slice(3), pooled: null, prediction: null });
    expect(svg).toContain('withheld: fewer patients than the site’s floor');
    expect(svg).toContain('no report yet');
    expect(svg).not.toMatch(/class="site"|<polygon/);
  });

  it('does not let a wide prediction interval flatten the sites: it is cut, with an arrow at either end', () => {
    const wide = { label: 'A new site, 95 %', lower: -3, upper: 3.4 };
    const { x, ticks, holds } = forestScale({ ...data, prediction: wide }, forestColumns(1000));
    expect(ticks.at(-1)! - ticks[0]!).toBeLessThan(1);
    expect([holds(-3), holds(0.14), holds(3.4)]).toEqual([false, true, false]);
    const svg = draw(1000, { prediction: wide });
    expect(svg).toContain('[−3.000, +3.400]');
    const [from, to] = forestColumns(1000).plot;
    expect(svg).toContain(`d="M${from},`);
    expect(svg).toContain(`H${to}M${from + 7},`);
    expect(x(0.14)).toBeLessThanOrEqual(to);
  });

  it('gives each site the area of its weight', () => {
    const sides = [...draw(1000).matchAll(/<rect x="[\d.]+" y="[\d.]+" width="([\d.]+)"/g)].map(([, side]) =>
      Number(side),
    );
    expect((sides[0]! / sides[1]!) ** 2).toBeCloseTo(64 / 36, 6);
  });

  it.each([1000, 360])('keeps every interval and the reference inside the plot at %d px', (width) => {
    const columns = forestColumns(width);
    const wide = { ...data, rows: [{ value: { estimate: 0.9, lower: -1, upper: 1 } }] };
    const { x } = forestScale(wide, columns);
    for (const value of [-1, 0, 1]) {
      expect(x(value)).toBeGreaterThanOrEqual(columns.plot[0]);
      expect(x(value)).toBeLessThanOrEqual(columns.plot[1]);
    }
  });
});
