import { describe, expect, it } from '@jest/globals';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse as parseYaml } from 'yaml';
import { planPooling } from '@sidemark/core/analysis';
import { Analysis, type AnalysisPlan, type BinaryResult, type ReportResult } from '@sidemark/core/contract';
import { exampleReport, fineResult } from '../../../../test/support/report-fixture.ts';
import { exportAnalysis, exportFormats } from './analysis-export.ts';

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const { classifier: sha } = fineResult.classifiers[0]!;
const model = { name: 'chest', version: '1.0.0', sha256: sha, manifestSha256: 'f'.repeat(64) };
/** Sites with an AUC of 0.81 on the original arm, and 0.9, 0.88, ... on the inpainted one. */
function analysisOf(count: number, plan?: AnalysisPlan): Analysis {
  const sites = Array.from({ length: count }, (_, at) => ({
    ...{
      site: id(10 + at),
      siteName: `site-${at}`,
      role: at === 0 ? ('internal' as const) : ('external' as const),
    },
  }));
  return Analysis.parse(
    planPooling({
      run: id(2),
      protocolDigest: 'a'.repeat(64),
      document: {
        ...{ schema: 'sidemark.protocol/1', study: id(1), name: 'main', version: 1 },
        ...{ detector: model, inpainter: model, classifiers: [{ id: 'chest', model }] },
        maskPolicy: {
          version: 1,
          scoreThreshold: null,
          dilateMinPx: 4,
          dilateFraction: 0.1,
          maxAreaFraction: 0.08,
        },
        arms: ['original', 'inpainted'],
        comparisons: [
          {
            id: 'io',
            a: { classifier: 'chest', arm: 'inpainted' },
            b: { classifier: 'chest', arm: 'original' },
            primary: true,
          },
        ],
        disclosure: { minPatientsPerClass: 10 },
        views: ['PA'],
        analysis: { level: 0.95, ...(plan && { plan }) },
      },
      classifiers: new Map([['chest', { sha256: sha, kind: 'binary', trainedArm: 'original', labels: [] }]]),
      sites: [...sites, { site: id(99), siteName: 'small', role: 'external', refusal: 'floors-not-met' }],
      reports: sites.map((site, at) => ({
        ...site,
        payloadDigest: `${at}`.padStart(64, 'e'),
        result: resultAt(at),
      })),
      computedAt: '2026-01-01T00:00:00.000Z',
    }),
  );
}

function resultAt(at: number): ReportResult {
  const { result } = exampleReport(fineResult);
  const first = result.classifiers[0] as BinaryResult;
  const gain = 0.09 - 0.02 * at;
  return {
    ...result,
    classifiers: [
      {
        ...first,
        auc: [
          { kind: 'estimate', value: 0.81 },
          { kind: 'estimate', value: 0.81 + gain },
        ],
      },
    ],
    comparisons: [
      {
        a: { classifier: sha, arm: 'inpainted' },
        b: { classifier: sha, arm: 'original' },
        ...{ positives: first.positives, negatives: first.negatives },
        difference: { kind: 'estimate', value: gain },
        variance: { kind: 'estimate', value: 0.0004 },
      },
    ],
  };
}

const analysis = analysisOf(3);
const text = (format: (typeof exportFormats)[number], of = analysis): string => exportAnalysis(of, format);

describe('an exported analysis', () => {
  it.each(exportFormats)('is the same text every time, and ends with a line: %s', (format) => {
    expect(text(format)).toBe(text(format, analysisOf(3)));
    expect(text(format).endsWith('\n')).toBe(true);
    expect(text(format)).not.toMatch(/undefined|NaN|\[object/);
  });

  it('is its own document as JSON', () => {
    expect(Analysis.parse(JSON.parse(text('json')))).toEqual(analysis);
  });

  it('is one line for a figure as CSV, with all digits', () => {
    const rows = parseCsv(text('csv'), { columns: true }) as unknown as Record<string, string>[];
    const differences = rows.filter(({ figure }) => figure === 'difference');
    expect(
      differences.filter(({ site }) => site!.startsWith('site-')).map(({ estimate }) => Number(estimate)),
    ).toEqual([0, 1, 2].map((at) => 0.09 - 0.02 * at));
    const pooled = differences.find(({ site, method }) => site === 'pooled: all' && method === 'reml')!;
    const { answer } = analysis.comparisons[0]!.meta;
    expect([pooled.estimate, pooled.lower, pooled.p].map(Number)).toEqual([
      answer!.estimate,
      answer!.lower,
      answer!.pTwoSided,
    ]);
    expect(pooled).toMatchObject({ status: 'primary', sites: '3', a: 'chest/inpainted' });
    expect(differences.map(({ method }) => method)).toContain('pair-weighted');
    expect(new Set(rows.map((row) => Object.keys(row).length))).toEqual(new Set([20]));
  });

  it('is metrics by site and model for NVFLARE', () => {
    const sites = JSON.parse(text('nvflare')) as Record<string, Record<string, Record<string, number>>>;
    expect(Object.keys(sites)).toEqual(['site-0', 'site-1', 'site-2', 'small']);
    expect(sites['site-1']!['chest/inpainted']).toMatchObject({ auc: 0.81 + (0.09 - 0.02) });
    expect(sites['site-1']!['chest/original']).toMatchObject({ brier: 0.2 });
    expect(sites['small']).toEqual({});
  });

  it('is an execution for each model and dataset for MedPerf', () => {
    const found = parseYaml(text('medperf')) as {
      executions: Record<string, unknown>[];
      pooled: { differences: Record<string, unknown>[] };
    };
    expect(found.executions).toHaveLength(3);
    expect(found.executions[0]).toMatchObject({
      ...{ benchmark: id(2), model: 'chest', dataset: 'site-0' },
      results: { original: { AUC: 0.81 }, inpainted: { AUC: 0.9 } },
      metadata: { report_sha256: '0'.padStart(64, 'e') },
    });
    expect(found.pooled.differences[0]).toMatchObject({
      comparison: 'io',
      method: 'reml',
      status: 'primary',
    });
  });
});

describe('the methods paragraph', () => {
  it('says what was done with three sites, and cites it in order', () => {
    const [paragraph = '', , ...list] = text('methods').trimEnd().split('\n');
    expect(paragraph).toContain('Images stayed at 3 hospitals (1 internal, 2 external)');
    expect(paragraph).toContain('1 site did not count (1 below-floor).');
    expect(paragraph).toContain('named as primary, at all sites: primary (io).');
    expect(paragraph).toMatch(/restricted maximum likelihood .* prediction intervals/);
    const cited = [...paragraph.matchAll(/\[([\d,]+)\]/g)].flatMap(([, numbers]) =>
      numbers!.split(',').map(Number),
    );
    expect(Math.max(...cited)).toBe(list.length);
    expect([...new Set(cited)]).toEqual(list.map((_, at) => at + 1));
    expect(list[0]).toMatch(/^1\. DeLong/);
  });

  it('does not speak of what the data did not allow', () => {
    const two = text('methods', analysisOf(2));
    expect(two).toContain('pooled by fixed effect, without a statement on heterogeneity');
    expect(two).not.toMatch(/Knapp|prediction interval/);
    expect(text('methods', analysisOf(1))).toContain('Figures of one site were not pooled.');
  });

  it('follows a declared plan', () => {
    const planned = text(
      'methods',
      analysisOf(3, {
        families: [{ name: 'main', comparisons: ['io'] }],
        sites: 'external',
        margins: [{ comparison: 'io', question: 'non-inferiority', margin: 0.05 }],
        internalSites: [],
      }),
    );
    expect(planned).toContain(
      'The analysis plan, signed with the protocol before data, asked, at external sites: main (io).',
    );
    expect(planned).toMatch(/io was tested for non-inferiority with a margin of 0\.05 \[\d+\]/);
  });
});
