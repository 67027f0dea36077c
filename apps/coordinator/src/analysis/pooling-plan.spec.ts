import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  type ClassifierFacts,
  planPooling,
  type PoolingInput,
  type SiteReport,
} from '@sidemark/core/analysis';
import { Analysis, type Arm, type ProtocolDocument } from '@sidemark/core/contract';
import { sampleProtocol } from '../protocols/protocol.sample.ts';
import { estimated, type SampleFigures, sampleResult } from '../reports/report.sample.ts';

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const binary = (sha256: string, trainedArm: Arm | null): ClassifierFacts => ({
  sha256,
  kind: 'binary',
  trainedArm,
  labels: ['finding'],
});

function input(figures: SampleFigures[], document: ProtocolDocument = sampleProtocol): PoolingInput {
  const reports = figures.map((figure, index): SiteReport => {
    const payloadDigest = String(index).repeat(64);
    return {
      site: id(index),
      siteName: `site-${index}`,
      payloadDigest,
      result: sampleResult(document, figure),
    };
  });
  return {
    run: id(100),
    protocolDigest: 'a'.repeat(64),
    document,
    classifiers: new Map([
      ['with-markers', binary('3'.repeat(64), 'original')],
      ['without-markers', binary('4'.repeat(64), 'inpainted')],
      [
        'grades',
        { sha256: '5'.repeat(64), kind: 'multiclass', trainedArm: null, labels: ['none', 'mild', 'severe'] },
      ],
    ]),
    sites: [...reports.map(({ site, siteName }) => ({ site, siteName, role: 'external' as const })), silent],
    reports,
    computedAt: '2026-01-01T00:00:00.000Z',
  };
}
const silent = { site: id(99), siteName: 'silent', role: 'internal' as const };
const analyse = (...args: Parameters<typeof input>) => Analysis.parse(planPooling(input(...args)));

interface GoldenCase {
  id: string;
  auc: number[];
  se: number[];
}
const goldenFile = new URL('../../../../test/golden/meta_logit_auc.json', import.meta.url);
const golden = (JSON.parse(readFileSync(goldenFile, 'utf8')) as { cases: GoldenCase[] }).cases.find(
  (test) => test.id === 'p-logit-4',
)!;

describe('the AUC of a cell', () => {
  // expected: metafor 3.8, case p-logit-4 of the golden file
  const figures = golden.auc.map((auc, site): SampleFigures => {
    const variance = golden.se[site]! ** 2;
    return {
      auc: (_, arm) =>
        arm === 'original' ? [estimated(auc), estimated(variance)] : [estimated(0.8), estimated(0.01)],
    };
  });
  const cell = analyse(figures).cells[0]!;
  const close = (value: number): unknown => expect.closeTo(value, 9);

  it('is pooled as metafor pools it, on both scales by both methods', () => {
    const common = {
      q: close(16.72440000920411),
      qDf: 3,
      qP: close(0.0008052268689476283),
      i2: close(82.06213676814127),
    };
    const logit = {
      q: close(14.88543761788208),
      qDf: 3,
      qP: close(0.0019172142105519214),
      i2: close(79.84607455278265),
    };
    expect(cell.pooled).toEqual({
      kind: 'pooled',
      estimates: [
        {
          method: 'fixed-effect',
          scale: 'plain',
          estimate: close(0.7446534576580394),
          lower: close(0.7198675793803031),
          upper: close(0.7694393359357756),
          standardError: close(0.012646088638997495),
          tau2: 0,
          ...common,
        },
        {
          method: 'dersimonian-laird',
          scale: 'plain',
          estimate: close(0.7302731523357954),
          lower: close(0.670165918253064),
          upper: close(0.7903803864185267),
          standardError: close(0.03066751968752975),
          tau2: close(0.003063044742220169),
          ...common,
        },
        {
          method: 'fixed-effect',
          scale: 'logit',
          estimate: close(0.7339014979359768),
          lower: close(0.7075613170882001),
          upper: close(0.7586783589698326),
          standardError: close(0.06680683599278323),
          tau2: 0,
          ...logit,
        },
        {
          method: 'dersimonian-laird',
          scale: 'logit',
          estimate: close(0.7313873982250253),
          lower: close(0.6703150769262214),
          upper: close(0.7847788250837653),
          standardError: close(0.14901428424125715),
          tau2: close(0.07087733954087809),
          ...logit,
        },
      ],
    });
  });

  it('stands beside the sites it comes from, with their weights', () => {
    expect(cell.sites.map((row) => row.weightPercent)).toEqual(
      [23.62743246097059, 27.20817059983098, 24.479271736154416, 24.685125203044013].map(close),
    );
    // by hand: logit 0.8010545, its se 0.1416586, expit(0.8010545 -+ 1.959964 * 0.1416586)
    expect(cell.sites[0]).toMatchObject({
      siteName: 'site-0',
      positives: { images: 40, patients: 38 },
      standardError: close(0.03029),
      lower: expect.closeTo(0.627945, 5),
      upper: expect.closeTo(0.746248, 5),
      excluded: null,
    });
  });

  it('is on the diagonal where the arm is the one its model was trained on', () => {
    const diagonal = analyse(figures).cells.filter((c) => c.diagonal);
    expect(diagonal.map(({ classifier, arm }) => `${classifier} ${arm}`)).toEqual([
      'with-markers original',
      'without-markers inpainted',
    ]);
  });

  it('leaves out a site that has none, and says why', () => {
    const none = { kind: 'not-estimable', reason: 'too-few-positives' } as const;
    const { sites, pooled } = analyse([
      { auc: () => [estimated(0.7), estimated(0.01)] },
      { auc: () => [none, none] },
      { auc: () => [estimated(1), estimated(0)] },
      { auc: () => [estimated(0.9), estimated(1e-300)] },
    ]).cells[0]!;
    expect(sites.map((row) => row.excluded)).toEqual([
      null,
      'too-few-positives',
      'zero-variance',
      'zero-variance',
    ]);
    expect(sites.map((row) => row.weightPercent)).toEqual([100, null, null, null]);
    expect(sites[1]).toMatchObject({ estimate: none, standardError: null, lower: null, upper: null });
    expect(sites[2]).toMatchObject({ estimate: estimated(1), standardError: 0, lower: null });
    expect(pooled).toMatchObject({
      kind: 'pooled',
      estimates: [{ estimate: 0.7, qDf: 0, qP: null }, {}, {}, {}],
    });
  });

  it('is not estimable without sites', () => {
    const { cells, comparisons } = analyse([]);
    expect(cells).toHaveLength(4);
    expect(cells[0]!.pooled).toEqual({ kind: 'not-estimable', reason: 'too-few-sites' });
    expect(comparisons[0]).toMatchObject({ sites: [], pooled: { kind: 'not-estimable' }, zTest: null });
  });
});

describe('a comparison', () => {
  // by hand: w = 1000, 1000; Q = 1000 (0.1^2 + 0.1^2) = 20; C = 2000 - 2e6 / 2000 = 1000; tau2 = (20 - 1) / 1000 = 0.019;
  // DL weights 1 / 0.02 = 50 each, se = 1 / sqrt(100) = 0.1, z = 0.1 / 0.1 = 1; I2 = 19 / 20
  const comparison = analyse([{ difference: () => [0.2, 0.001] }, { difference: () => [0, 0.001] }])
    .comparisons[0]!;

  it('pools the paired differences, and tests the random-effects one', () => {
    expect(comparison).toMatchObject({
      id: 'diagonal',
      primary: true,
      a: { arm: 'inpainted' },
      b: { arm: 'original' },
    });
    expect(comparison.pooled).toMatchObject({
      kind: 'pooled',
      estimates: [
        {
          method: 'fixed-effect',
          scale: 'plain',
          estimate: expect.closeTo(0.1, 12),
          standardError: expect.closeTo(Math.sqrt(1 / 2000), 12),
        },
        {
          method: 'dersimonian-laird',
          scale: 'plain',
          estimate: expect.closeTo(0.1, 12),
          lower: expect.closeTo(0.1 - 0.1959964, 7),
          upper: expect.closeTo(0.1 + 0.1959964, 7),
          standardError: expect.closeTo(0.1, 12),
          tau2: expect.closeTo(0.019, 12),
          q: expect.closeTo(20, 9),
          i2: expect.closeTo(95, 9),
        },
      ],
    });
    expect(comparison.zTest).toEqual({ z: expect.closeTo(1, 10), pTwoSided: expect.closeTo(0.3173105, 7) });
  });

  it('shows each site on the plain scale', () => {
    expect(comparison.sites.map((row) => row.weightPercent)).toEqual([
      expect.closeTo(50, 9),
      expect.closeTo(50, 9),
    ]);
    expect(comparison.sites[0]).toMatchObject({
      standardError: expect.closeTo(0.0316228, 7),
      lower: expect.closeTo(0.2 - 0.0619795, 6),
      upper: expect.closeTo(0.2 + 0.0619795, 6),
    });
  });
});

describe('a multi-class classifier', () => {
  const grades = { id: 'grades', model: { ...sampleProtocol.detector, sha256: '5'.repeat(64) } };
  const document = { ...sampleProtocol, classifiers: [...sampleProtocol.classifiers, grades] };
  const table = [
    [8, 1, 1],
    [2, 6, 2],
    [0, 1, 9],
  ];

  it('has its tables summed, with the Wilson interval of its accuracy', () => {
    const { multiclass, cells } = analyse(
      [{ confusion: { grades: table } }, { confusion: { grades: table } }],
      document,
    );
    expect(cells.map(({ classifier }) => classifier)).not.toContain('grades');
    expect(multiclass.map(({ arm }) => arm)).toEqual(['original', 'inpainted']);
    // by hand: (92 + z^2 -+ z sqrt(z^2 + 4 * 46 * 14 / 60)) / (2 (60 + z^2)), z = 1.959964
    expect(multiclass[0]).toMatchObject({
      confusion: table.map((row) => row.map((count) => 2 * count)),
      accuracy: {
        correct: 46,
        total: 60,
        lower: expect.closeTo(0.645637, 5),
        upper: expect.closeTo(0.855604, 5),
      },
    });
  });

  it('has no accuracy before the first report', () => {
    expect(analyse([], document).multiclass[0]).toMatchObject({
      accuracy: null,
      confusion: [
        [0, 0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ],
    });
  });
});

describe('the sites of a run', () => {
  it('are summed up, those that have not reported with nothing', () => {
    expect(analyse([{}]).sites).toEqual([
      {
        site: id(0),
        siteName: 'site-0',
        role: 'external',
        reported: true,
        qualification: 'not-asked',
        refusal: null,
        imagesEvaluated: 107,
        imagesSkipped: 3,
        imagesWithMarker: 90,
        inertInpainted: 17,
        inertClipped: 4,
      },
      {
        ...silent,
        reported: false,
        qualification: 'not-asked',
        refusal: null,
        imagesEvaluated: 0,
        imagesSkipped: 0,
        imagesWithMarker: 0,
        inertInpainted: 0,
        inertClipped: 0,
      },
    ]);
  });
});
