import { describe, expect, it } from '@jest/globals';
import type { Protocol, SegmentationAnalysis } from '@sidemark/core/contract';
import { renderToStaticMarkup } from 'react-dom/server';
import { DotRows } from '../../../charts/rows/dot-rows.tsx';
import { plainLinks } from '../../../routes/links.ts';
import { tableCsv } from '../../parts/table.ts';
import { bothEmptyText, diceDifferences, diceModel, segmentationTable } from './segmentation-model.ts';

const links = plainLinks('r1');
const site = (siteName: string, mean: number | null) => ({
  ...{ site: `id-${siteName}`, siteName, payloadDigest: (siteName === 'north' ? 'a' : 'b').repeat(64) },
  value:
    mean === null
      ? { kind: 'not-estimable', reason: 'too-few-affected' }
      : { kind: 'moments', films: { images: 90, patients: 80 }, mean, variance: 0.04 },
});
const pooled = (mean: number) => ({ sites: 2, images: 180, mean, variance: 0.04 });
const of = {
  classifier: 'multi',
  dice: [
    { arm: 'original', sites: [site('north', 0.62), site('south', null)], pooled: pooled(0.62) },
    { arm: 'inpainted', sites: [site('north', 0.66), site('south', null)], pooled: pooled(0.66) },
  ],
  differences: [
    {
      a: 'inpainted',
      b: 'original',
      sites: [site('north', 0.04), site('south', 0.02)],
      pooled: pooled(0.03),
    },
    { a: 'clipped', b: 'original', sites: [site('north', null)], pooled: null },
  ],
} as unknown as SegmentationAnalysis;

describe('the lesion drawn', () => {
  it.each([1000, 360])('is a row for each site and one for all films, at %d px', (width) => {
    const data = diceModel(of, links);
    expect(data.rows.map(({ name, text, note, withheld }) => [name, text, note, withheld])).toEqual([
      ['north', '0.620 · 0.660', null, false],
      ['south', '– · –', 'withheld: it would tell of too few patients', true],
      ['Films of all sites', '0.620 · 0.660', null, false],
    ]);
    const svg = renderToStaticMarkup(<DotRows data={data} width={width} />);
    expect(svg.replaceAll('><', '>\n<')).toMatchSnapshot();
  });

  it('is compared arm against arm, with the reach of the sites', () => {
    const [first, second] = diceDifferences(of, links).rows;
    expect(first).toMatchObject({
      name: 'inpainted − original',
      dots: [{ estimate: 0.03, lower: 0.02, upper: 0.04 }],
    });
    expect(second).toMatchObject({ dots: [null], withheld: true });
  });

  it('names the rule for films that are empty on both sides', () => {
    const rule = (segmentation?: object): string =>
      bothEmptyText({ document: { segmentation } } as unknown as Protocol);
    expect(rule()).toContain('counts as 1');
    expect(rule({ bothEmpty: 'one' })).toContain('counts as 1');
    expect(rule({ bothEmpty: 'excluded' })).toContain('is left out');
    expect(bothEmptyText(undefined)).toContain('the protocol says');
  });

  it('has a file with means, spread and films, and words where a site keeps its own', () => {
    const lines = tableCsv(segmentationTable(of)).split('\r\n');
    expect(lines[1]).toBe('north,original,0.62,0.2,90');
    expect(lines[2]).toMatch(/^south,original,withheld: it would tell of too few patients/);
    expect(lines[3]).toBe('Films of all sites,original,0.62,0.2,180');
  });
});
