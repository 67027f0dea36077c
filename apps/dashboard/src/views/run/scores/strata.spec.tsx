import { describe, expect, it } from '@jest/globals';
import type { FigureRow, StratumAnalysis } from '@sidemark/core/contract';
import { renderToStaticMarkup } from 'react-dom/server';
import { DotRows } from '../../../charts/rows/dot-rows.tsx';
import { plainLinks } from '../../../routes/links.ts';
import { tableCsv } from '../../parts/table.ts';
import { kindsOf, shownArms, strataModel, strataOf, strataTable } from './strata-model.ts';

const links = plainLinks('r1');
const row = (siteName: string, estimate: number | null): FigureRow => ({
  ...{ site: `id-${siteName}`, siteName, payloadDigest: (siteName === 'north' ? 'a' : 'b').repeat(64) },
  ...{ estimate, standardError: estimate === null ? null : 0.02 },
  ...(estimate === null ? { lower: null, upper: null } : { lower: estimate - 0.04, upper: estimate + 0.04 }),
  excluded: estimate === null ? 'too-few-affected' : null,
});

/** @param pooled null: nothing */
function part(
  arm: 'original' | 'inpainted' | 'placebo',
  of: StratumAnalysis['of'],
  level: StratumAnalysis['level'],
  pooled: number | null,
  sites: FigureRow[],
): StratumAnalysis {
  const known = sites.filter(({ estimate }) => estimate !== null);
  return {
    ...{ classifier: 'chest', arm, of, level, sites },
    meta: {
      members: known.map(({ siteName }) => ({ siteName, weightPercent: 100 / known.length })),
      answer: pooled === null ? null : { estimate: pooled, lower: pooled - 0.03, upper: pooled + 0.03 },
    },
  } as unknown as StratumAnalysis;
}

const both = (n: number | null, s: number | null) => [row('north', n), row('south', s)];
const strata = [
  part('original', 'age', '18-39', 0.72, both(0.7, 0.74)),
  part('original', 'age', '80+', null, both(null, null)),
  part('original', 'sex', 'female', 0.81, both(0.8, 0.82)),
  part('original', 'sex', 'male', 0.7, [row('north', 0.7)]),
  part('inpainted', 'age', '18-39', 0.78, both(0.77, 0.79)),
  part('inpainted', 'age', '80+', null, both(null, null)),
  part('inpainted', 'sex', 'female', 0.83, both(0.83, 0.83)),
  part('inpainted', 'sex', 'male', 0.76, [row('north', 0.76)]),
  part('placebo', 'sex', 'female', 0.8, both(0.8, 0.8)),
];

describe('parts of the patients', () => {
  it('are those of the model, by kind in the order of the contract', () => {
    expect(strataOf({ strata }, 'other')).toEqual([]);
    expect(kindsOf(strataOf({ strata }, 'chest'))).toEqual(['sex', 'age']);
  });

  it('are drawn on two arms: those side by side, or the first', () => {
    expect(shownArms(strata, null)).toEqual(['original', 'inpainted']);
    expect(shownArms(strata, ['inpainted', 'placebo'])).toEqual(['inpainted', 'placebo']);
    expect(shownArms(strata, ['inpainted', 'clipped'])).toEqual(['original', 'inpainted']);
  });

  it.each([1000, 360])('are a chart of rows, where withheld is not zero, at %d px', (width) => {
    const data = strataModel(strata, 'age', ['original', 'inpainted'], links);
    expect(data.rows.map(({ name, text, note, withheld }) => [name, text, note, withheld])).toEqual([
      ['18-39 (2 sites)', '0.720 · 0.780', null, false],
      ['80+ (0 sites)', '– · –', 'withheld: it would tell of too few patients', true],
    ]);
    const svg = renderToStaticMarkup(<DotRows data={data} width={width} />);
    expect(svg.replaceAll('><', '>\n<')).toMatchSnapshot();
  });

  it('say when one site alone shows one, and lead to its report', () => {
    const [, male] = strataModel(strata, 'sex', ['original', 'inpainted'], links).rows;
    expect(male).toMatchObject({ name: 'male (1 site)', href: `#/runs/r1?from=${'a'.repeat(12)}` });
  });

  it('have a file with every site, every arm and the change between arms', () => {
    const lines = tableCsv(strataTable(strata, ['north', 'south'])).split('\r\n');
    expect(lines[0]).toBe(
      'Part,Level,Site,"AUC, original","AUC, inpainted","AUC, placebo",inpainted − original,placebo − original',
    );
    expect(lines[1]).toMatch(/^Sex,female,north,0.8,0.83,0.8,0.0\d+,0$/);
    expect(lines[5]).toBe(
      'Sex,male,south,the site shows no such part,the site shows no such part,the site shows no such part,,',
    );
    expect(lines.find((line) => line.includes('80+,north'))).toMatch(
      /^Age in years,80\+,north,withheld: .*,$/,
    );
    expect(lines).toHaveLength(1 + 4 * 3 + 1);
  });
});
