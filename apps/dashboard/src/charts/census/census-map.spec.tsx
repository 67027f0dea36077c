import { describe, expect, it } from '@jest/globals';
import { renderToStaticMarkup } from 'react-dom/server';
import { type CensusData, CensusMap, inkShare } from './census-map.tsx';

const map = Array.from({ length: 8 }, () => Array.from({ length: 8 }, (): number | null => 0));
map[0]![7] = 40;
map[7]![0] = 10;
map[3]![3] = null;
const data: CensusData = {
  site: 'north',
  href: '#/from',
  map,
  note: null,
  lines: ['50 films with a marker'],
};
const draw = (change: Partial<CensusData> = {}): string =>
  renderToStaticMarkup(<CensusMap data={{ ...data, ...change }} side={216} />);

describe('the map of a census', () => {
  it('is drawn from its data', () => {
    expect(draw().replaceAll('><', '>\n<')).toMatchSnapshot();
  });

  it('puts films where the markers lie, darker where there are more', () => {
    const cells = [...draw().matchAll(/class="ink" x="([\d.]+)" y="([\d.]+)"[^>]*fill-opacity="([\d.]+)"/g)];
    expect(cells.map(([, x, y]) => [Number(x), Number(y)])).toEqual([
      [7 * 27 + 0.5, 0.5],
      [0.5, 7 * 27 + 0.5],
    ]);
    expect(Number(cells[0]![3])).toBeGreaterThan(Number(cells[1]![3]));
    expect([inkShare(0, 40), inkShare(40, 40)]).toEqual([0, 1]);
  });

  it('hatches what is withheld and leaves empty what is nobody', () => {
    const svg = draw();
    expect(svg.match(/url\(#withheld-ground\)/g)).toHaveLength(1);
    expect(svg.match(/<title>/g)).toHaveLength(3);
  });

  it('says why there is no map', () => {
    expect(draw({ map: null, note: 'its agent takes no census' })).toContain('its agent takes no');
  });
});
