import { describe, expect, it } from '@jest/globals';
import { renderToStaticMarkup } from 'react-dom/server';
import { three } from '../../format/number.ts';
import { DotRows } from './dot-rows.tsx';
import type { DotRow, DotRowsData } from './row-data.ts';
import { rowColumns, rowScale } from './row-scale.ts';

const row = (name: string, change: Partial<DotRow> = {}): DotRow => ({
  ...{ name, href: '#/from', text: '0.800', note: null, withheld: false, sum: false },
  dots: [{ estimate: 0.8, lower: 0.7, upper: 0.9 }, null],
  ...change,
});
const data: DotRowsData = {
  title: 'AUC by site',
  series: [
    { name: 'original', tone: 'original' },
    { name: 'inpainted', tone: 'inpainted' },
  ],
  rows: [
    row('north', {
      dots: [
        { estimate: 0.8, lower: 0.7, upper: 0.9 },
        { estimate: 0.85, lower: null, upper: null },
      ],
    }),
    row('south'),
    row('west', { dots: [null, null], text: '', note: 'withheld: too few patients', withheld: true }),
    row('Pooled', {
      sum: true,
      dots: [{ estimate: 0.82, lower: 0.78, upper: 0.86, outer: [-1.2, 2.4] }, null],
    }),
  ],
  reference: { value: 0.5, label: 'chance' },
  ...{ axis: 'AUC', rowLabel: 'Site', textLabel: 'AUC', show: three, joined: false },
};
const draw = (width: number, change: Partial<DotRowsData> = {}): string =>
  renderToStaticMarkup(<DotRows data={{ ...data, ...change }} width={width} />);

describe('a chart of dots in rows', () => {
  it.each([900, 360])('is drawn from its data at %d px', (width) => {
    expect(draw(width).replaceAll('><', '>\n<')).toMatchSnapshot();
  });

  it.each([900, 360])('puts a dot where the scale says, in the lane of its series, at %d px', (width) => {
    const columns = rowColumns(data, width);
    const { x } = rowScale(data, columns);
    const top = 26 + columns.headHeight;
    const svg = draw(width);
    expect(svg).toContain(`transform="translate(${x(0.8)},${top + columns.lanes[0]!})"`);
    expect(svg).toContain(`transform="translate(${x(0.85)},${top + columns.lanes[1]!})"`);
    expect(svg).toContain(`x1="${x(0.7)}" x2="${x(0.9)}"`);
  });

  it('cuts an outer interval at the axis, and lets it not flatten the rest', () => {
    const columns = rowColumns(data, 900);
    const { holds, ticks } = rowScale(data, columns);
    expect([holds(-1.2), holds(2.4)]).toEqual([false, false]);
    expect(ticks.at(-1)! - ticks[0]!).toBeLessThan(1.1);
    expect(draw(900)).toContain(`class="outer" x1="${columns.plot[0]}" x2="${columns.plot[1]}"`);
  });

  it('draws nothing for what is withheld, and says so in words', () => {
    const svg = draw(900, { rows: [data.rows[2]!] });
    expect(svg).toMatch(/class="note withheld"[^>]*>withheld: too few patients/);
    expect(svg).not.toContain('class="dot');
  });

  it('joins the dots of a row on one line where it is asked to', () => {
    const columns = rowColumns({ ...data, joined: true }, 900);
    const { x } = rowScale(data, columns);
    expect(new Set(columns.lanes).size).toBe(1);
    expect(draw(900, { joined: true })).toContain(`class="join" x1="${x(0.8)}" x2="${x(0.85)}"`);
  });

  it('has one axis beside another chart when it is told what that one holds', () => {
    const columns = rowColumns(data, 900);
    const narrow = rowScale({ rows: [data.rows[1]!], reference: null }, columns);
    const same = rowScale({ rows: [data.rows[1]!], reference: null, alsoHolds: [0.1, 1] }, columns);
    expect(narrow.holds(0.1)).toBe(false);
    expect(same.holds(0.1)).toBe(true);
  });
});
