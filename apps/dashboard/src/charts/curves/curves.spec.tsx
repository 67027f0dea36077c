import { describe, expect, it } from '@jest/globals';
import { renderToStaticMarkup } from 'react-dom/server';
import { cellRadius, ReliabilityPlot } from './reliability-plot.tsx';
import { type RocData, RocPlot } from './roc-plot.tsx';
import { heightAt, meanCurve, rocCurve } from './roc-points.ts';

const cell = (upTo: number, positives: number, negatives: number) => ({
  ...{ upTo, positives, negatives, predicted: upTo / 28 },
});
/** Merged below edge 10; one bin from 10 to 11; merged above. */
const cells = [cell(10, 10, 60), cell(11, 10, 20), cell(28, 80, 20)];

describe('the points of an ROC curve', () => {
  it('are sums of cells from the highest score on', () => {
    expect(rocCurve(cells)?.points).toEqual([
      { x: 0, y: 0 },
      { x: 0.2, y: 0.8 },
      { x: 0.4, y: 0.9 },
      { x: 1, y: 1 },
    ]);
  });

  it('leave a gap where thresholds are taken together, and none within one bin or in cells of one class', () => {
    expect(rocCurve(cells)?.gaps).toEqual([
      { from: { x: 0, y: 0 }, to: { x: 0.2, y: 0.8 } },
      { from: { x: 0.4, y: 0.9 }, to: { x: 1, y: 1 } },
    ]);
    expect(rocCurve([cell(10, 0, 80), cell(28, 100, 20)])?.gaps).toHaveLength(1);
  });

  it('are none where a class has nobody', () => {
    expect(rocCurve([cell(28, 0, 10)])).toBeUndefined();
  });

  it('have a mean at the same false positive rate, by weight', () => {
    const chance = {
      points: [
        { x: 0, y: 0 },
        { x: 1, y: 1 },
      ],
      gaps: [],
      weight: 1,
    };
    const steep = {
      points: [
        { x: 0, y: 0 },
        { x: 0, y: 1 },
        { x: 1, y: 1 },
      ],
      gaps: [],
      weight: 3,
    };
    expect([heightAt(chance, 0.25), heightAt(steep, 0), heightAt(steep, 1)]).toEqual([0.25, 1, 1]);
    const mean = meanCurve([chance, steep]);
    expect(mean.find(({ x }) => x === 0.5)?.y).toBeCloseTo(0.25 * 0.5 + 0.75);
    expect([mean[0], mean.at(-1)]).toEqual([
      { x: 0, y: 0 },
      { x: 1, y: 1 },
    ]);
  });
});

const line = { name: 'original', tone: 'original' as const, ...rocCurve(cells)!, dotted: true };
const roc: RocData = { title: 'north', lines: [line], note: null, withheld: false, href: '#/from' };
const draw = (data: RocData, size: number): string =>
  renderToStaticMarkup(<RocPlot data={data} size={size} />);

describe('the ROC plot', () => {
  it.each([420, 230])('is drawn from its data at %d px', (size) => {
    expect(draw(roc, size).replaceAll('><', '>\n<')).toMatchSnapshot();
  });

  it('puts points and gaps where the rates say', () => {
    const svg = draw(roc, 230);
    const side = 230 - 20 - 8;
    expect(svg).toContain(`transform="translate(${(0.2 * side).toFixed(1)},${(0.2 * side).toFixed(1)})"`);
    const [, x, y, width, height] =
      /class="gap tone-original" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/.exec(svg)!;
    expect([x, y, width, height].map(Number)).toEqual(
      [0, 0.2, 0.2, 0.8].map((r) => expect.closeTo(r * side, 0)),
    );
  });

  it('hatches what is withheld, and draws no curve along zero', () => {
    const svg = draw({ ...roc, lines: [], note: 'withheld: too few patients', withheld: true }, 230);
    expect(svg).toContain('url(#withheld-ground)');
    expect(svg).not.toContain('class="stroke"');
  });
});

describe('the reliability plot', () => {
  const data = {
    title: 'original',
    tone: 'original' as const,
    lines: [
      {
        site: 'north',
        cells: [
          { predicted: 0.2, observed: 0.1, films: 40 },
          { predicted: 0.8, observed: 0.9, films: 10 },
        ],
      },
    ],
  };
  const svg = renderToStaticMarkup(<ReliabilityPlot data={data} size={316} most={40} />);

  it('is drawn from its data', () => {
    expect(svg.replaceAll('><', '>\n<')).toMatchSnapshot();
  });

  it('puts a dot at prediction and observation, its area by its films', () => {
    const side = 316 - 46 - 10;
    expect(svg).toContain(`cx="${0.2 * side}" cy="${0.9 * side}"`);
    expect((cellRadius(40, 40) / cellRadius(10, 40)) ** 2).toBeCloseTo(4, 5);
  });
});
