import { describe, expect, it } from '@jest/globals';
import type { Analysis } from '@sidemark/core/contract';
import { tableCsv, tableTabs } from '../parts/table.ts';
import { plainLinks } from '../../routes/links.ts';
import { sampleAnalysis } from './analysis.sample.ts';
import { figureTable } from './answer/figure-table.ts';
import { forestModel } from './answer/forest-model.ts';
import { leaveOneOutTable } from './answer/leave-one-out-table.ts';
import { verdictOf } from './answer/verdict.ts';
import { matrixModel } from './models/matrix-model.ts';
import { cellsTable, comparisonsTable } from './models/model-tables.ts';
import { type Figure, findFigure, mainFigure, pooledAnswer, whyNotPooled } from './pooled.ts';
import { exclusionsTable, sitesTable } from './sites/site-tables.ts';

const links = plainLinks('r1');
const gain = mainFigure(sampleAnalysis)!;
const figure = (classifier: string, arm: 'original' | 'inpainted'): Figure =>
  findFigure(sampleAnalysis, { kind: 'cell', classifier, arm })!;

describe('the figure of a run', () => {
  it('is the primary comparison, wherever it stands in the list', () => {
    expect(gain).toMatchObject({ kind: 'comparison', of: { id: 'gain' } });
  });

  it('is a cell where nothing is compared, and none where nothing is there', () => {
    expect(mainFigure({ ...sampleAnalysis, comparisons: [] })).toMatchObject({
      kind: 'cell',
      of: { diagonal: true },
    });
    expect(mainFigure({ ...sampleAnalysis, comparisons: [], cells: [] })).toBeUndefined();
    expect(findFigure(sampleAnalysis, { kind: 'comparison', id: 'unknown' })).toBeUndefined();
  });

  it('has no pooled answer where one site alone has the figure', () => {
    const second = findFigure(sampleAnalysis, { kind: 'comparison', id: 'second' })!;
    expect([pooledAnswer(second.of), whyNotPooled(second.of)]).toEqual([undefined, 'too-few-sites']);
  });
});

describe('the forest plot of a figure', () => {
  it('has a row for every site, and says why one has no number', () => {
    const { rows } = forestModel(sampleAnalysis, gain, links);
    expect(rows.map(({ name, value, note }) => [name, value?.estimate ?? null, note])).toEqual([
      ['north', 0.08, null],
      ['south', null, 'withheld: it would tell of too few patients'],
      ['east', null, 'not pooled: not qualified'],
      ['west', null, 'no report yet'],
    ]);
    expect(rows.map(({ href }) => href)).toEqual([
      `#/runs/r1?from=${'a'.repeat(12)}`,
      `#/runs/r1?from=${'a'.repeat(12)}`,
      null,
      null,
    ]);
  });

  it('names both sides of the reference by what tells them apart', () => {
    expect(forestModel(sampleAnalysis, gain, links)).toMatchObject({
      reference: 0,
      sides: ['higher: original', 'higher: inpainted'],
      title: 'AUC of chest on inpainted minus AUC of chest on original, site by site',
    });
    expect(forestModel(sampleAnalysis, figure('chest', 'original'), links)).toMatchObject({ reference: 0.5 });
  });
});

describe('a question about external sites', () => {
  const { meta, question } = gain.of as Extract<Figure, { kind: 'comparison' }>['of'];
  const external = {
    ...{ ...meta, members: [{ siteName: 'north', weightPercent: 100 }] },
    answer: { ...meta.answer!, estimate: 0.2, lower: 0.1, upper: 0.3, pTwoSided: 0.004 },
    heterogeneity: { ...meta.heterogeneity!, i2: 12, tau2: 0.0003, qP: 0.4 },
    prediction: { lower: 0.05, upper: 0.35 },
    leaveOneOut: [{ without: 'north', estimate: 0.21, lower: 0.1, upper: 0.32, pTwoSided: 0.01 }],
  };
  const groups = { internal: null, external, test: null };
  const of = { ...gain.of, question: { ...question, sites: 'external' }, groups };
  const asked = { ...gain, of } as Figure;
  const plan = { ...sampleAnalysis.plan, sites: 'external' };
  const run = { ...sampleAnalysis, plan, comparisons: [of] } as unknown as Analysis;

  it('has one answer: in the sentence, in the plot, in its table and among all comparisons', () => {
    const { headline, detail } = verdictOf(asked, run);
    expect(headline).toMatch(/Over one external site, .* is 0.200 higher .*0.004/);
    expect(detail).toContain('I² 12\u00a0%');
    const { pooled, prediction, spread } = forestModel(run, asked, links);
    expect(pooled).toMatchObject({ label: 'All external sites', value: { estimate: 0.2 } });
    expect(prediction).toEqual({ label: 'A new external site, 95\u00a0%', lower: 0.05, upper: 0.35 });
    expect(spread).toMatch(/^I² 12.*0.400$/);
    const { columns, rows } = comparisonsTable(run, links);
    expect(columns[3]?.label).toBe('Pooled, external sites');
    expect(rows[0]?.slice(3, 5).map(({ text }) => text)).toEqual(['+0.200 [+0.100, +0.300]', '0.004']);
    expect(leaveOneOutTable(asked).rows[0]?.[1]?.text).toBe('+0.210');
  });

  it('shows the other sites below, without weight, and what all sites pool to', () => {
    const { rows, others } = forestModel(run, asked, links);
    expect(rows.map(({ name }) => name)).toEqual(['north', 'east', 'west']);
    expect(others).toMatchObject({
      rows: [{ name: 'south', weightPercent: null }],
      all: { label: 'All sites', value: { estimate: 0.06 } },
    });
  });

  it('has a file with the same groups: asked about, pooled, the others, all', () => {
    const lines = tableCsv(figureTable(run, asked, links)).split('\r\n');
    expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual([
      ...['north', 'east', 'west', 'All external sites', 'All external sites: a new site'],
      ...['south', 'All sites', 'All sites: a new site', ''],
    ]);
    expect(lines[4]).toBe('All external sites,0.2,0.025,0.1,0.3,,,,');
    expect(lines[6]).toMatch(/^south,withheld.*,,,,,,,no: not in this question$/);
  });

  it('says so where the run has no such site', () => {
    const none = { ...of, groups: { ...groups, external: null }, a: { classifier: 'x', arm: 'original' } };
    const inside = { ...none, question: { ...question, sites: 'internal' }, b: none.a };
    const { rows, pooled, others } = forestModel(run, { ...gain, of: inside } as Figure, links);
    expect(pooled).toBeNull();
    expect(rows).toEqual([
      expect.objectContaining({ note: 'the plan asks about internal sites, and the run has none' }),
    ]);
    expect(others?.rows).toHaveLength(4);
  });
});

describe('the sentence above the plot', () => {
  it('says by how much, over how many sites, how sure, and how alike they are', () => {
    expect(verdictOf(gain, sampleAnalysis)).toEqual({
      headline:
        'Over one site, the AUC of chest on inpainted is 0.060 higher than that of chest on original (95\u00a0% interval +0.010 to +0.110; p\u00a0=\u00a00.016).',
      detail:
        'Random effects, REML, floored Knapp–Hartung interval. Between sites: I² 61\u00a0% (0\u00a0% to 89\u00a0%), τ² 0.0012, Q test p\u00a0=\u00a00.080. At 1 of one site the difference goes the same way. Adjusted for all questions (Holm with gatekeeping): p\u00a0=\u00a00.033.',
    });
  });

  it('is about the sites that the plan asks about', () => {
    const { meta, question, groups } = gain.of as Extract<Figure, { kind: 'comparison' }>['of'];
    const external = { ...meta, answer: { ...meta.answer!, estimate: 0.2, lower: 0.1, upper: 0.3 } };
    const of = { ...gain.of, question: { ...question, sites: 'external' }, groups: { ...groups, external } };
    expect(verdictOf({ ...gain, of } as Figure, sampleAnalysis).headline).toMatch(
      /^Over one external site, the AUC of chest on inpainted is 0.200 higher/,
    );
    const none = { ...of, groups: { ...groups, external: null } };
    expect(verdictOf({ ...gain, of: none } as Figure, sampleAnalysis).headline).toBe(
      'There is no pooled answer yet.',
    );
  });

  it('claims nothing where the interval holds zero, or nothing is pooled', () => {
    const { meta } = gain.of;
    const wide = {
      ...gain,
      of: { ...gain.of, meta: { ...meta, answer: { ...meta.answer!, lower: -0.02 } } },
    };
    expect(verdictOf(wide as Figure, sampleAnalysis).headline).toMatch(/no difference between .* is shown/);
    const second = findFigure(sampleAnalysis, { kind: 'comparison', id: 'second' })!;
    expect(verdictOf(second, sampleAnalysis)).toEqual({
      headline: 'There is no pooled answer yet.',
      detail: 'Not estimable: too few sites have a figure.',
    });
  });
});

describe('the matrix', () => {
  it('keeps withheld apart from a number, and marks the arm of the training', () => {
    const [chest] = matrixModel(sampleAnalysis, links).rows;
    expect(chest?.cells).toEqual([
      expect.objectContaining({ value: 0.82, diagonal: true, note: '0.720–0.890', withheld: false }),
      expect.objectContaining({ value: null, diagonal: false, note: 'withheld', withheld: true }),
    ]);
  });
});

describe('what a result rests on', () => {
  it('is shown without each site, and with what was left out', () => {
    expect(forestModel(sampleAnalysis, gain, links).prediction).toEqual({
      label: 'A new site, 95\u00a0%',
      lower: -0.07,
      upper: 0.19,
    });
    expect(leaveOneOutTable(gain).rows[0]?.map(({ text }) => text)).toEqual([
      'north',
      '+0.050',
      '−0.010',
      '+0.110',
      '0.090',
    ]);
    expect(exclusionsTable(sampleAnalysis).rows.map((row) => row.map(({ text }) => text))).toEqual([
      ['west', 'the whole run', '–', 'no report yet'],
      ['south', 'a comparison', 'gain', 'withheld: it would tell of too few patients'],
    ]);
  });
});

describe('the tables', () => {
  it('give files the numbers in full, and no number where there is none', () => {
    const lines = tableCsv(figureTable(sampleAnalysis, gain, links)).split('\r\n');
    expect(lines[1]).toBe('north,0.08,0.03,0.02,0.14,100,40,90,yes');
    expect(lines[2]).toBe(
      'south,withheld: it would tell of too few patients,,,,,,,no: it would tell of too few patients',
    );
    expect(lines[4]).toBe('west,no report yet,,,,,,,no');
    expect(tableTabs(sitesTable(sampleAnalysis, links)).split('\n')[4]).toBe(
      'west\texternal\tnone yet\tno answers yet\t\t\t\t\t',
    );
  });

  it('show a site that has not reported without counts, and zero as zero', () => {
    const rows = sitesTable(sampleAnalysis, links).rows.map((row) => row.slice(4).map(({ text }) => text));
    expect(rows[0]).toEqual(['133', '4', '100', '33', '0']);
    expect(rows[3]).toEqual(['–', '–', '–', '–', '–']);
  });

  it('show how far the sites of a cell lie apart', () => {
    const [first] = cellsTable(sampleAnalysis, links).rows;
    expect(first?.slice(5, 8).map(({ text }) => text)).toEqual(['0.700', '0.900', '0.200']);
  });

  it('show each difference at each site, with the report it was read from', () => {
    const { columns, rows } = comparisonsTable(sampleAnalysis, links);
    expect(columns.slice(7).map(({ label }) => label)).toEqual(['north', 'south', 'east', 'west']);
    expect(rows[1]?.map(({ text }) => text)).toEqual([
      'gain',
      'chest on inpainted − chest on original',
      'primary',
      '+0.060 [+0.010, +0.110]',
      '0.016',
      '0.033',
      '61\u00a0%',
      '+0.080',
      'withheld: it would tell of too few patients',
      'not pooled: not qualified',
      'no report yet',
    ]);
    expect(rows[1]?.[8]).toMatchObject({ tone: 'withheld', href: expect.stringContaining('?from=') });
  });

  it('stand without a single report', () => {
    const empty: Analysis = { ...sampleAnalysis, cells: [], comparisons: [] };
    expect(comparisonsTable(empty, links).rows).toEqual([]);
    expect(matrixModel(empty, links)).toMatchObject({ arms: [], rows: [] });
  });
});
