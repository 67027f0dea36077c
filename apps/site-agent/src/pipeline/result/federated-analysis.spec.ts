// Golden site data through real reports: datasets, results, signatures, pooled analysis; and what one changed label changes.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { planPooling, type PoolingInput, type SiteReport } from '@sidemark/core/analysis';
import { Analysis, payloadTypes, ReportResult } from '@sidemark/core/contract';
import { openEnvelope, sha256, signingKeyFromSeed, signStatement } from '@sidemark/core/signing';
import { disclosedValue, disclosedVariance, logit } from '@sidemark/core/stats';
import type { DatasetRow } from '../../dataset/registered-dataset.ts';
import type { LocalModels } from '../../models/local-model.ts';
import { floorsMet } from '../../policy/floors.ts';
import type { ImageOutcome } from '../image/image-outcome.ts';
import { localClassifier, localDetector, localInpainter } from '../test-support/tiny-models.ts';
import { temporaryFolder, tinyProtocol } from '../test-support/tiny-study.ts';
import { buildResult } from './build-result.ts';

interface GoldenSite {
  site: string;
  a_controls: number[];
  a_cases: number[];
  b_controls: number[];
  b_cases: number[];
}
interface SiteValues {
  site: string;
  status: string;
  auc_a: number;
  var_a: number;
  auc_b: number;
  diff: number;
  var_diff: number;
  n_cases: number;
  n_controls: number;
}
interface Random {
  exact: { REML: { estimate: number; se_adhoc: number; tau2: number } };
}
interface GoldenCase {
  id: string;
  sites: GoldenSite[];
  expected: {
    sites: SiteValues[];
    meta_sites_used: string[];
    meta_diff: Random & { REML: { adhoc: { ci95: number[]; pi95_riley: number[]; p: number } } };
    meta_logit_auc_a: Random & { metafor: { REML: { adhoc: { auc: number; auc_ci95: number[] } } } };
    stratified_pair_weighted: { auc_a: number; var_a: number };
  };
}
const golden = JSON.parse(
  readFileSync(new URL('../../../../../test/golden/federated.json', import.meta.url), 'utf8'),
) as { cases: GoldenCase[] };
const caseOf = (id: string): GoldenCase => golden.cases.find((one) => one.id === id)!;

const FLOOR = 10;
const key = signingKeyFromSeed(new Uint8Array(32).fill(7));
const idOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

let models: LocalModels;
beforeAll(async () => {
  const folder = await temporaryFolder();
  const one = await localClassifier(folder);
  const named = (name: string, digit: string) => ({
    ...one,
    sha256: digit.repeat(64),
    manifest: { ...one.manifest, name },
  });
  models = {
    detector: await localDetector(folder),
    inpainter: await localInpainter(folder),
    classifiers: [named('a', 'a'), named('b', 'b')],
  };
});

const protocol = () =>
  tinyProtocol(models, {
    arms: ['original'],
    comparisons: [
      {
        id: 'a-b',
        a: { classifier: 'a', arm: 'original' },
        b: { classifier: 'b', arm: 'original' },
        primary: true,
      },
    ],
    disclosure: { minPatientsPerClass: FLOOR },
  });

interface Film {
  label: 0 | 1;
  a: number;
  b: number;
}

function filmsOf(site: GoldenSite): Film[] {
  return [
    ...site.a_controls.map((a, i): Film => ({ label: 0, a, b: site.b_controls[i]! })),
    ...site.a_cases.map((a, i): Film => ({ label: 1, a, b: site.b_cases[i]! })),
  ];
}

/** As the site would send it, or undefined where its agent refuses the job: `floors-not-met`. */
function reportOf(films: readonly Film[], siteName: string, floor = FLOOR): ReportResult | undefined {
  const patients = (label: 0 | 1) => films.filter((film) => film.label === label).length;
  if (!floorsMet({ 0: patients(0), 1: patients(1) }, floor)) return undefined;
  const rows = films.map(({ label }, i): DatasetRow => ({
    path: `${i}`,
    sha256: `${i}`.padStart(64, '0'),
    patient: `p${i}`,
    label,
  }));
  const outcomes = films.map(({ a, b }): ImageOutcome => ({
    kind: 'scored',
    scores: [[[logit(a)]], [[logit(b)]]],
    inert: { inpainted: true, clipped: true },
    markers: { left: 0, right: 0, other: 0, needsReview: false },
  }));
  return buildResult({ protocol: protocol(), models, rows, outcomes, floor, siteName, foldKey: 'key' })
    .result;
}

/** Signed by the site, opened again by the coordinator: what is pooled is what the signature covers. */
function delivered(result: ReportResult, index: number, siteName: string): SiteReport {
  const envelope = signStatement(payloadTypes.report, result, key);
  const { payload } = openEnvelope(envelope, payloadTypes.report, () => key.publicKey);
  const text = Buffer.from(payload).toString('utf8');
  return {
    site: idOf(index),
    siteName,
    payloadDigest: sha256(text),
    result: ReportResult.parse(JSON.parse(text)),
  };
}

function analysed(sites: readonly { name: string; films: readonly Film[] }[]): Analysis {
  const reports = sites.flatMap(({ name, films }, index) => {
    const result = reportOf(films, name);
    return result ? [delivered(result, index, name)] : [];
  });
  return Analysis.parse(
    planPooling({
      ...around(sites.map(({ name }) => name)),
      sites: sites.map(({ name }, index) => ({
        ...{ site: idOf(index), siteName: name, role: 'external' as const },
        ...(reports.some(({ siteName }) => siteName === name) ? {} : { refusal: 'floors-not-met' as const }),
      })),
      reports,
    }),
  );
}

function around(names: readonly string[]): Omit<PoolingInput, 'reports'> {
  const facts = (letter: string) => ({
    ...{ sha256: letter.repeat(64), kind: 'binary' as const, trainedArm: null, labels: [] },
  });
  return {
    run: idOf(100),
    protocolDigest: 'd'.repeat(64),
    document: protocol(),
    classifiers: new Map([
      ['a', facts('a')],
      ['b', facts('b')],
    ]),
    sites: names.map((name, index) => ({
      site: idOf(index),
      siteName: name.toLowerCase(),
      role: 'external',
    })),
    computedAt: '2026-01-01T00:00:00.000Z',
  };
}

const sitesOf = (test: GoldenCase) =>
  test.sites.map((site) => ({ name: site.site.toLowerCase(), films: filmsOf(site) }));

describe.each(['p-fed-3', 'p-fed-6'])('%s through signed reports', (id) => {
  const test = caseOf(id);
  let analysis: Analysis;
  beforeAll(() => {
    analysis = analysed(sitesOf(test));
  });

  it('gives every site’s figures to the released rounding', () => {
    const { sites } = analysis.comparisons[0]!;
    test.expected.sites.forEach((expected, at) => {
      const classes = { positives: expected.n_cases, negatives: expected.n_controls };
      const known = (value: number) => ({ kind: 'estimate', value }) as const;
      const variance = disclosedVariance(known(expected.var_diff));
      expect(sites[at]!.estimate).toEqual(
        disclosedValue(known(expected.diff), known(expected.var_diff), classes),
      );
      expect(sites[at]!.standardError! ** 2).toBeCloseTo(
        variance.kind === 'estimate' ? variance.value : NaN,
        12,
      );
    });
  });

  it('pools them to R’s figures of the unrounded scores, within a tenth of a standard error', () => {
    const { meta } = analysis.comparisons[0]!;
    const { exact, REML } = test.expected.meta_diff;
    const tenth = exact.REML.se_adhoc / 10;
    expect(meta.answer).toMatchObject({ method: 'reml', test: 'floored-knapp-hartung' });
    expect(Math.abs(meta.answer!.estimate - exact.REML.estimate)).toBeLessThan(tenth);
    expect(Math.abs(meta.answer!.standardError / exact.REML.se_adhoc - 1)).toBeLessThan(0.03);
    expect(Math.abs(meta.answer!.pTwoSided! - REML.adhoc.p)).toBeLessThan(0.05);
    const auc = analysis.cells[0]!.meta.answer!;
    const { adhoc } = test.expected.meta_logit_auc_a.metafor.REML;
    expect([auc.estimate, auc.lower, auc.upper]).toEqual(
      [adhoc.auc, ...adhoc.auc_ci95].map((value): unknown => expect.closeTo(value, 2)),
    );
    expect(analysis.cells[0]!.meta.pairWeighted!.estimate).toBeCloseTo(
      test.expected.stratified_pair_weighted.auc_a,
      2,
    );
  });

  it('gives R’s figures to the golden tolerance where nothing was rounded', () => {
    const reports = test.expected.sites.map((site, index): SiteReport => {
      const result = structuredClone(reportOf(filmsOf(test.sites[index]!), site.site.toLowerCase())!);
      const comparison = result.comparisons[0]!;
      comparison.difference = { kind: 'estimate', value: site.diff };
      comparison.variance = { kind: 'estimate', value: site.var_diff };
      const first = result.classifiers[0]!;
      if (first.kind !== 'binary') throw new Error('binary expected');
      first.auc = [{ kind: 'estimate', value: site.auc_a }];
      first.covariance = [[{ kind: 'estimate', value: site.var_a }]];
      return { ...delivered(result, index, site.site.toLowerCase()), result };
    });
    const exact = planPooling({ ...around(test.sites.map(({ site }) => site)), reports });
    const relative = (value: number, to: number) => expect(Math.abs(value / to - 1)).toBeLessThan(1e-7);
    const { answer, prediction } = exact.comparisons[0]!.meta;
    const { exact: solved, REML } = test.expected.meta_diff;
    relative(answer!.estimate, solved.REML.estimate);
    relative(answer!.standardError, solved.REML.se_adhoc);
    relative(answer!.lower, REML.adhoc.ci95[0]!);
    relative(answer!.upper, REML.adhoc.ci95[1]!);
    relative(prediction!.lower, REML.adhoc.pi95_riley[0]!);
    const auc = exact.cells[0]!.meta;
    const { adhoc } = test.expected.meta_logit_auc_a.metafor.REML;
    relative(auc.answer!.estimate, adhoc.auc);
    relative(auc.answer!.upper, adhoc.auc_ci95[1]!);
    const { auc_a: stratified, var_a: variance } = test.expected.stratified_pair_weighted;
    relative(auc.pairWeighted!.estimate, stratified);
    relative(auc.pairWeighted!.standardError, Math.sqrt(variance));
  });
});

describe('p-fed-8-degenerate through signed reports', () => {
  const test = caseOf('p-fed-8-degenerate');

  it('shows sites under the floor as refused, a degenerate one as left out, and pools R’s sites', () => {
    const { cells, exclusions, sites } = analysed(sitesOf(test));
    expect(exclusions.filter(({ from }) => from === 'run')).toMatchObject(
      ['s02', 's03', 's04'].map((siteName) => ({ siteName, reason: 'below-floor', of: null })),
    );
    expect(sites.filter(({ reported }) => !reported).map(({ refusal }) => refusal)).toEqual(
      Array(3).fill('floors-not-met'),
    );
    expect(exclusions.find(({ siteName, of }) => siteName === 's05' && of === 'a/original')).toBeDefined();
    expect(cells[0]!.meta.members.map(({ siteName }) => siteName.toUpperCase())).toEqual(
      test.expected.meta_sites_used,
    );
    const { adhoc } = test.expected.meta_logit_auc_a.metafor.REML;
    expect(Math.abs(cells[0]!.meta.answer!.estimate - adhoc.auc)).toBeLessThan(0.005);
  });
});

describe('one label of one site', () => {
  const leaves = (value: unknown, path = ''): Map<string, unknown> => {
    if (typeof value !== 'object' || value === null) return new Map([[path, value]]);
    return new Map(
      Object.entries(value).flatMap(([name, inner]) => [
        ...leaves(inner, path === '' ? name : `${path}.${name}`),
      ]),
    );
  };

  it('changes that site’s figures and what is pooled from them, and nothing else', () => {
    const sites = sitesOf(caseOf('p-fed-6'));
    const mutated = sites.map(({ name, films }, at) => ({
      name,
      films: at === 2 ? films.map((film, row): Film => (row === 0 ? { ...film, label: 1 } : film)) : films,
    }));
    const [before, after] = [leaves(analysed(sites)), leaves(analysed(mutated))];
    const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
      (path) => before.get(path) !== after.get(path),
    );
    // the weights of the others follow from the pooled variance
    const rows = changed.filter(
      (path) => /^(cells|comparisons)\.\d+\.sites\./.test(path) && !path.endsWith('.weightPercent'),
    );
    expect(new Set(rows.map((path) => path.split('.')[3]))).toEqual(new Set(['2']));
    for (const pooled of [
      'cells.0.meta.answer.estimate',
      'cells.1.meta.heterogeneity.q',
      'cells.0.sites.2.estimate.value',
    ])
      expect(changed).toContain(pooled);
    expect(changed).toContain('comparisons.0.question.p');
    // without site s03 nothing of it is left
    expect(changed.filter((path) => /leaveOneOut\.2\./.test(path))).toEqual([]);
    expect(changed.filter((path) => /leaveOneOut\.[01345]\./.test(path)).length).toBeGreaterThan(10);
    const elsewhere = /^(sites|plan|protocolDigest|run|level|computedAt|schema|exclusions)/;
    expect(changed.filter((path) => elsewhere.test(path))).toEqual([]);
    const other = changed.filter((path) => /^(thresholds|calibration|grids|history)\.\d+\./.test(path));
    const bySite = other.filter((path) => /\.sites\.|^history/.test(path) && !/inTheLarge|slope/.test(path));
    for (const path of bySite) expect(path).toMatch(/^history\.2\.|\.sites\.2\./);
  });
});
