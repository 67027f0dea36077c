import { describe, expect, it } from '@jest/globals';
import { renderToStaticMarkup } from 'react-dom/server';
import { CountGrid, rowShare } from './count-grid.tsx';
import { ShareBars } from './share-bars.tsx';

const data = {
  ...{ title: 'truth and prediction', rowAxis: 'truth', columnAxis: 'predicted' },
  labels: ['none', 'mild'],
  counts: [
    [30, 10],
    [0, 0],
  ],
  show: String,
};

describe('a table of counts', () => {
  const svg = renderToStaticMarkup(<CountGrid data={data} width={380} />);

  it('is drawn from its data', () => {
    expect(svg.replaceAll('><', '>\n<')).toMatchSnapshot();
  });

  it('is shaded by the share of the row, and not at all in a row of nobody', () => {
    expect([rowShare([30, 10], 0), rowShare([0, 0], 1)]).toEqual([0.75, 0]);
    const tints = [...svg.matchAll(/fill-opacity="([\d.]+)"/g)].map(([, opacity]) => Number(opacity));
    expect(tints[0]! / tints[1]!).toBeCloseTo(3, 1);
    expect(tints.slice(2)).toEqual([0, 0]);
  });

  it('frames where both agree', () => {
    expect(svg.match(/class="same"/g)).toHaveLength(2);
  });
});

describe('bars of shares', () => {
  const rows = [
    { name: 'original', tone: 'original' as const, share: 0.25, text: '25 %' },
    { name: 'inpainted', tone: 'inpainted' as const, share: 0.75, text: '75 %' },
  ];
  const svg = renderToStaticMarkup(<ShareBars title="best arm" rows={rows} width={800} />);

  it('are drawn from their data, as long as their share of the trough', () => {
    expect(svg.replaceAll('><', '>\n<')).toMatchSnapshot();
    const trough = Number(/class="trough" x="\d+" y="8" width="([\d.]+)"/.exec(svg)![1]);
    const bars = [...svg.matchAll(/class="bar [^"]+" x="\d+" y="8" width="([\d.]+)"/g)].map(
      ([, w]) => Number(w) / trough,
    );
    expect(bars).toEqual([expect.closeTo(0.25, 2), expect.closeTo(0.75, 2)]);
  });
});
