import { describe, expect, it } from '@jest/globals';
import type { ReportList } from '@sidemark/core/contract';
import type { z } from 'zod';
import { linksFrom, plainLinks } from '../../routes/links.ts';
import { asItComes, readRoute } from '../../routes/route.ts';
import { sampleAnalysis } from './analysis.sample.ts';
import { groupsSentence } from './answer/groups-section.tsx';
import { leaveOneOutModel } from './answer/leave-one-out-section.tsx';
import { askedReports, provenanceTable } from './evidence/provenance-model.ts';
import { chosenModel, modelNames } from './names.ts';
import { atWorst, orderModel } from './models/order-section.tsx';
import { mainFigure } from './pooled.ts';
import { sections } from './sections.ts';
import { accountSentence } from './sites/sites-section.tsx';
import { censusLines, censusTable } from './sites/census-section.tsx';

const links = plainLinks('r1');
const gain = mainFigure(sampleAnalysis)!;

describe('the sections', () => {
  it('have addresses of their own', () => {
    const ids = sections.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(readRoute(links.section('roc'))).toMatchObject({ view: { at: 'roc' } });
  });

  it('say in words why a run has none of them', () => {
    const empty = {
      ...sampleAnalysis,
      ...{ grids: [], cam: [], reliance: [], thresholds: [], decomposition: [], ranking: [], agreement: [] },
      labelFromMarker: [],
    };
    const missing = sections.map(({ id, absent }) => [
      id,
      absent({ analysis: empty, model: 'chest', figure: gain }),
    ]);
    const words = Object.fromEntries(missing) as Record<string, string | null>;
    expect(words['roc']).toBe('no site gives a grid of scores');
    expect(words['folds']).toBe('no models of the protocol are folds');
    expect(words['matrix']).toBeNull();
  });
});

describe('the model that is shown in depth', () => {
  it('is the one asked for, else the one that the figure compares with', () => {
    expect(modelNames(sampleAnalysis)).toEqual(['chest']);
    expect(chosenModel(sampleAnalysis, gain, 'chest')).toBe('chest');
    expect(chosenModel(sampleAnalysis, gain, 'unknown')).toBe('chest');
    expect(chosenModel({ cells: [], multiclass: [] }, undefined, null)).toBe('');
  });
});

describe('the answer without one site', () => {
  it('is drawn beside that of all', () => {
    const { rows, reference } = leaveOneOutModel(gain, links);
    expect(rows.map(({ name, dots }) => [name, dots[0]?.estimate])).toEqual([['without north', 0.05]]);
    expect(reference?.value).toBe(0.06);
  });
});

describe('internal and external sites', () => {
  it('are not compared where one group is missing', () => {
    const groups = { internal: null, external: null, test: null };
    expect(groupsSentence({ ...gain, of: { ...gain.of, groups } } as typeof gain)).toMatch(
      /cannot be compared/,
    );
  });
});

describe('the order of models', () => {
  const [cell] = sampleAnalysis.cells;
  const other = {
    ...cell!,
    classifier: 'wide',
    meta: { ...cell!.meta, prediction: { lower: 0.4, upper: 0.95 } },
  };

  it('is by what a new site may expect at worst, folds left out', () => {
    expect(atWorst(cell!)).toBe(0.72);
    const { rows } = orderModel({ cells: [other, cell!], folds: [] }, links);
    expect(rows.map(({ name }) => name)).toEqual(['chest on original', 'wide on original']);
    const folds = [{ folds: [{ classifier: 'wide' }] }] as unknown as typeof sampleAnalysis.folds;
    expect(orderModel({ cells: [other, cell!], folds }, links).rows).toHaveLength(1);
  });
});

describe('where a number comes from', () => {
  const report = (digit: string, site: string, state = 'accepted') => ({
    ...{
      payloadDigest: digit.repeat(64),
      resultDigest: digit.repeat(64),
      siteKeyId: 'k'.repeat(64),
      site,
      state,
    },
    ...{ sequence: 1, receivedAt: '2026-11-27T09:00:00.000Z' },
  });
  const reports = {
    reports: [report('b', 'id-south'), report('a', 'id-north'), report('c', 'id-north', 'superseded')],
    missingSequences: [],
  } as unknown as z.infer<typeof ReportList>;
  const from = (digits: string): string => {
    const route = readRoute(linksFrom('r1', null, asItComes).from([...digits].map((d) => d.repeat(64))));
    return route.page === 'run' ? (route.view.from ?? '') : '';
  };

  it('is exactly the reports that are asked for, ordered by site', () => {
    expect(askedReports(sampleAnalysis, reports, from('ba')).map(({ siteName }) => siteName)).toEqual([
      'north',
      'south',
    ]);
    expect(askedReports(sampleAnalysis, reports, from('c'))).toHaveLength(1);
    expect(askedReports(sampleAnalysis, reports, 'all')).toHaveLength(2);
    expect(askedReports(sampleAnalysis, reports, 'ffffffffffff')).toEqual([]);
  });

  it('is told with digests in full in a file', () => {
    const [first] = provenanceTable(sampleAnalysis, reports, 'all').rows;
    expect(first?.map(({ text, raw }) => raw ?? text)).toEqual([
      ...['north', '2026-11-27T09:00:00.000Z', 'a'.repeat(64), 'a'.repeat(64), 'k'.repeat(64), '1', 'counts'],
    ]);
  });
});

describe('the account of the sites', () => {
  it('goes from those that were asked to those that count', () => {
    expect(accountSentence(sampleAnalysis)).toBe('4 sites were asked, 3 reported, 2 count.');
  });

  it('keeps withheld films of a census apart from none', () => {
    const map = Array.from({ length: 8 }, () => Array.from({ length: 8 }, (): number | null => 0));
    map[0]![0] = null;
    const result = {
      markers: { images: 20, left: null, right: 10, other: 0, needsReview: 0 },
      census: {
        letters: { left: null, right: 10, other: 0 },
        looks: { digital: 20, lead: 0 },
        map,
        size: { kind: 'not-estimable', reason: 'too-few-affected' },
        intensity: { kind: 'not-estimable', reason: 'too-few-affected' },
      },
    } as const;
    expect(censusLines(result)[1]).toBe('L withheld · R 10 · other 0');
    const [first] = censusTable([{ site: 'north', digest: 'a', result }]).rows;
    expect(first?.slice(2, 4)).toEqual([
      { text: 'withheld', tone: 'withheld' },
      { text: '0', raw: '0' },
    ]);
  });
});
