// The parts of an analysis on reports made by hand.
import { describe, expect, it } from '@jest/globals';
import { Analysis, type ProtocolDocument } from '../contract/index.ts';
import { analyse, arms, id, input, known, sha, size, three, type SiteFigures } from './analysis.sample.ts';
import { askedFigure, isAsked } from '../reading/index.ts';
import { planPooling, type PoolingInput } from './index.ts';

describe('the rule of the number of sites', () => {
  const answerOf = (count: number) => analyse(three.slice(0, count)).cells[0]!.meta;

  it('does not pool one, pools two by fixed effect without a word on heterogeneity, three by REML', () => {
    expect(answerOf(0).answer).toBeNull();
    expect(answerOf(1)).toMatchObject({
      answer: { method: 'none', estimate: expect.closeTo(0.8, 12) },
      heterogeneity: null,
      prediction: null,
      sensitivity: [],
      leaveOneOut: [],
    });
    expect(answerOf(2)).toMatchObject({
      answer: { method: 'fixed-effect', test: 'normal' },
      heterogeneity: null,
    });
    const { answer, heterogeneity, prediction, sensitivity, leaveOneOut } = answerOf(3);
    expect(answer).toMatchObject({ method: 'reml', test: 'floored-knapp-hartung', df: 2, pTwoSided: null });
    expect(heterogeneity).toMatchObject({ qDf: 2 });
    expect(prediction!.lower).toBeLessThan(answer!.lower);
    expect(sensitivity.map(({ method, test }) => `${method} ${test}`)).toEqual([
      'fixed-effect normal',
      'dersimonian-laird normal',
    ]);
    expect(leaveOneOut.map(({ without }) => without)).toEqual(['site-0', 'site-1', 'site-2']);
  });

  it('tells internal sites from external ones by plan, manifest or role', () => {
    const { groups } = analyse(three).cells[0]!;
    expect(groups.internal!.members.map(({ siteName }) => siteName)).toEqual(['site-0']);
    expect(groups.external!.members.map(({ siteName }) => siteName)).toEqual(['site-1', 'site-2']);
    expect(groups.test).toMatchObject({ df: 1 });
    const given = input(three);
    const facts = { ...given.classifiers.get('one')!, trainedOnSites: ['site-2'] };
    const byManifest = planPooling({ ...given, classifiers: new Map([['one', facts]]) });
    expect(byManifest.plan.internal).toEqual([{ classifier: 'one', sites: ['site-2'] }]);
  });
});

describe('an inert site', () => {
  const inert: SiteFigures = { auc: [0.8, 0.8, 0.8], spread: [0, 0, 0], pairs: [100, 100] };
  const [effect] = analyse([...three, inert]).decomposition;

  it('falls out of the inverse-variance mean and stands in the pair-weighted one, counted', () => {
    expect(effect!.total.meta.members).toHaveLength(3);
    // by hand: 2400 pairs at each of three sites, 10000 at the inert one: (0.04 + 0.07 + 0.02) * 2400 / 17200
    expect(effect!.total.meta.pairWeighted).toMatchObject({
      estimate: expect.closeTo((0.13 * 2400) / 17200, 12),
      sites: 4,
      inert: 1,
      leftOut: 1,
    });
    expect(effect!.total.meta.answer!.estimate).toBeGreaterThan(0.03);
  });
});

describe('range and shape', () => {
  it('add up to the total, with its weights, whatever the number of sites', () => {
    for (const count of [1, 2, 3]) {
      const { total, range, shape } = analyse(three.slice(0, count)).decomposition[0]!;
      const { answer, pairWeighted } = total.meta;
      expect(range.answer!.estimate + shape.answer!.estimate).toBeCloseTo(answer!.estimate, 12);
      expect(range.pairWeighted!.estimate + shape.pairWeighted!.estimate).toBeCloseTo(
        pairWeighted!.estimate,
        12,
      );
    }
  });
});

describe('the ranking of arms', () => {
  it('is the normal probability for two sites, the same from the same reports, and shared by equal arms', () => {
    const two = [three[0]!, three[0]!];
    const [ranking] = analyse(two).ranking;
    // clipped and inpainted from original: +0.03 and +0.04 with variances 0.0002 and 0.00025 of the mean of two sites
    expect(ranking!.arms.map(({ arm }) => arm)).toEqual(arms);
    expect(ranking!.arms.reduce((sum, { best }) => sum + best, 0)).toBeCloseTo(1, 9);
    // of inpainted against clipped alone: P(Z < 0.01 / 0.01) = 0.841; original is nearly never best
    expect(ranking!.arms[1]!.best).toBeGreaterThan(0.82);
    expect(ranking!.arms[1]!.best).toBeLessThan(0.845);
    expect(analyse(two).ranking).toEqual(analyse(two).ranking);
    const equal = analyse([{ auc: [0.8, 0.8, 0.8], spread: [0, 0, 0] }]).ranking[0]!;
    expect(equal.arms.map(({ best }) => best)).toEqual(
      [1, 1, 1].map((n): unknown => expect.closeTo(n / 3, 9)),
    );
  });

  it('counts differences between sites from three on', () => {
    const apart = analyse([
      { ...three[0]!, auc: [0.8, 0.9, 0.8] },
      { ...three[1]!, auc: [0.8, 0.7, 0.8] },
      { ...three[2]!, auc: [0.8, 0.85, 0.8] },
    ]).ranking[0]!;
    expect(apart.tau2).toBeGreaterThan(0.005);
    expect(apart.arms[1]!.best).toBeLessThan(0.7);
  });
});

describe('the plan', () => {
  const comparisons: ProtocolDocument['comparisons'] = (
    [
      ['io', 'inpainted', 'original'],
      ['co', 'clipped', 'original'],
      ['ic', 'inpainted', 'clipped'],
    ] as const
  ).map(([name, a, b]) => ({
    id: name,
    a: { classifier: 'one', arm: a },
    b: { classifier: 'one', arm: b },
    primary: name === 'io',
  }));
  const withDifferences = (plan?: ProtocolDocument['analysis']['plan'], figures = three): Analysis => {
    const given = input(figures, { comparisons, analysis: { level: 0.95, ...(plan && { plan }) } });
    const reports = given.reports.map((report, at) => ({
      ...report,
      result: {
        ...report.result,
        comparisons: comparisons.map(({ a, b }, c) => ({
          a: { ...a, classifier: sha },
          b: { ...b, classifier: sha },
          positives: size(40),
          negatives: size(60),
          difference: known(figures[at]!.auc[arms.indexOf(a.arm)]! - figures[at]!.auc[arms.indexOf(b.arm)]!),
          variance: known(figures[at]!.spread[c]!),
        })),
      },
    }));
    return Analysis.parse(planPooling({ ...given, reports }));
  };

  it('by default asks the primary comparison; the others are exploratory, by false discovery rate', () => {
    const { plan, comparisons: found } = withDifferences();
    expect(plan).toMatchObject({ declared: false, families: [{ name: 'primary', comparisons: ['io'] }] });
    expect(found.map(({ question }) => [question.status, question.correction])).toEqual([
      ['primary', 'gatekeeping-holm'],
      ['exploratory', 'benjamini-hochberg'],
      ['exploratory', 'benjamini-hochberg'],
    ]);
    expect(found[0]!.question.pAdjusted).toBe(found[0]!.question.p);
    const [, co, ic] = found.map(({ question }) => question);
    expect(Math.max(co!.pAdjusted!, ic!.pAdjusted!)).toBe(Math.max(co!.p!, ic!.p!));
  });

  it('opens a family only by the one before it, at the sites and with the margin that it names', () => {
    const { comparisons: found } = withDifferences({
      families: [
        { name: 'main', comparisons: ['io'] },
        { name: 'parts', comparisons: ['co', 'ic'] },
      ],
      sites: 'external',
      margins: [{ comparison: 'co', question: 'non-inferiority', margin: 0.05 }],
      internalSites: [],
    });
    const [io, co, ic] = found.map(({ question }) => question);
    expect([io!.status, co!.status, ic!.status]).toEqual(['primary', 'secondary', 'secondary']);
    expect(io!.p).toBe(found[0]!.groups.external!.answer!.pTwoSided);
    expect(co!.margin).toMatchObject({ question: 'non-inferiority', margin: 0.05, established: true });
    expect(co!.p).toBe(2 * co!.margin!.pOneSided);
    for (const { pAdjusted } of [co!, ic!]) expect(pAdjusted!).toBeGreaterThanOrEqual(io!.pAdjusted!);
  });

  it('answers over the sites it asks about as if they were all there are, each left out in turn', () => {
    const fourth = { auc: [0.78, 0.85, 0.8], spread: [0.0004, 0.0006, 0.0005] } as const;
    const plan = (sites: 'all' | 'external', internal: string[]) => ({
      ...{ families: [{ name: 'main', comparisons: ['io'] }], sites, margins: [] },
      internalSites: [{ classifier: 'one', sites: internal }],
    });
    const whole = withDifferences(plan('external', ['site-3']), [...three, fourth]);
    const alone = withDifferences(plan('all', []));
    const { groups, meta } = whole.comparisons[0]!;
    expect(groups.external!.leaveOneOut.map(({ without }) => without)).toEqual([
      'site-0',
      'site-1',
      'site-2',
    ]);
    expect(groups.external).toEqual(alone.comparisons[0]!.meta);
    expect(groups.internal!.leaveOneOut).toEqual([]);
    expect(meta.leaveOneOut).toHaveLength(4);
    expect(askedFigure(whole.comparisons[0]!)).toBe(groups.external);
    const asked = ['site-0', 'site-3', 'unknown'].map(isAsked(whole.comparisons[0]!, whole.plan));
    expect(asked).toEqual([true, false, true]);
  });
});

describe('what an analysis rests on', () => {
  it('has the same bytes from the same reports, and a history that says what was superseded', () => {
    const history: NonNullable<PoolingInput['history']> = [
      {
        ...{ site: id(10), siteName: 'site-0' },
        reports: [
          { payloadDigest: 'b'.repeat(64), state: 'superseded', receivedAt: '2026-01-01T00:00:00.000Z' },
          { payloadDigest: '0'.padStart(64, 'e'), state: 'accepted', receivedAt: '2026-01-02T00:00:00.000Z' },
        ],
      },
    ];
    const text = () => JSON.stringify(planPooling({ ...input(three), history }));
    expect(text()).toBe(text());
    expect(planPooling({ ...input(three), history }).history).toEqual(history);
  });

  it('says of a site that is not qualified, or refused, that it does not count', () => {
    const given = input(three, { qualification: { pack: 'd'.repeat(64), sizeBytes: 10 } });
    const verdicts = new Map([
      [id(10), 'qualified' as const],
      [id(11), 'not-qualified' as const],
    ]);
    const silent = { site: id(20), siteName: 'silent', role: 'external' as const };
    const sites = [
      ...given.sites,
      silent,
      { ...silent, site: id(21), siteName: 'small', refusal: 'floors-not-met' as const },
    ];
    const { exclusions, cells } = planPooling({ ...given, verdicts, sites });
    expect(
      exclusions.filter(({ from }) => from === 'run').map(({ siteName, reason }) => [siteName, reason]),
    ).toEqual([
      ['site-1', 'not-qualified'],
      ['site-2', 'qualification-missing'],
      ['silent', 'not-reported'],
      ['small', 'below-floor'],
    ]);
    expect(cells[0]!.meta.answer!.method).toBe('none');
  });
});
