// What scores say beyond their order, on reports made by hand.
import { describe, expect, it } from '@jest/globals';
import { analyse, arms, known, size, three, type SiteFigures } from '../analysis.sample.ts';

describe('marker reliance', () => {
  const counts = (toPositive: number, toNegative: number, same: number) => ({ toPositive, toNegative, same });
  const moments = (mean: number, spread: number) =>
    ({ kind: 'moments', films: size(50), mean, variance: spread }) as const;
  const change = (mean: number) => ({
    change: moments(mean, 0.5),
    size: moments(Math.abs(mean), 0.5),
    bins: { kind: 'not-estimable', reason: 'too-few-affected' } as const,
    flips: { kind: 'counts', positives: counts(1, 12, 20), negatives: counts(2, 9, 30) } as const,
  });
  const reliance = { marker: change(1.5), placebo: change(0.2), difference: moments(1.3, 0.8) };
  const site: SiteFigures = { ...three[0]!, more: { reliance } };
  const [found] = analyse([site, site]).reliance;

  it('is pooled less its placebo', () => {
    expect(found!.difference!.meta.answer).toMatchObject({
      method: 'fixed-effect',
      estimate: expect.closeTo(1.3, 12),
      standardError: expect.closeTo(Math.sqrt(0.8 / 50 / 2), 12),
    });
    expect(found!.placebo!.size.meta.answer!.estimate).toBeCloseTo(0.2, 12);
  });

  it('gives McNemar on right decisions from flips', () => {
    // lost on inpainted: 12 positives to negative and 2 negatives to positive, at each of two sites
    expect(found!.correctness).toMatchObject({
      onlyA: 28,
      onlyB: 20,
      statistic: expect.closeTo(64 / 48, 12),
    });
  });
});

describe('thresholds and calibration', () => {
  const grid = {
    kind: 'cells',
    cells: [
      { upTo: 14, positives: 10, negatives: 40, predicted: 0.3 },
      { upTo: 28, positives: 30, negatives: 20, predicted: 0.7 },
    ],
    youden: { from: 14, tp: 36, fp: 6, tn: 54, fn: 4 },
  } as const;
  const share = (mean: number) => ({ kind: 'moments', films: size(100), mean, variance: 0.04 }) as const;
  const calibrated = {
    kind: 'calibration',
    predicted: share(0.5),
    brier: share(0.2),
    logLoss: share(0.6),
    intercept: known(-0.4),
    interceptVariance: known(0.04),
    slope: known(0.7),
    slopeVariance: known(0.01),
  } as const;
  const more = {
    grid: arms.map(() => ({ ...grid, cells: [...grid.cells] })),
    calibration: arms.map(() => calibrated),
  };
  const analysis = analyse([{ ...three[0]!, more }, three[1]!]);

  it('says what is lost by the shipped threshold, over sites that give both', () => {
    const [first] = analysis.thresholds;
    expect(first!.sites.map(({ local }) => local !== null)).toEqual([true, false]);
    expect(first!.pooled).toMatchObject({
      sites: ['site-0'],
      shipped: { accuracy: 0.78, sensitivity: 0.75, specificity: 0.8 },
      local: { accuracy: 0.9 },
      accuracyLoss: expect.closeTo(0.12, 12),
      youdenLoss: expect.closeTo(0.9 + 0.9 - 1.55, 12),
    });
  });

  it('gives calibration with its intervals, observed beside predicted', () => {
    const [first] = analysis.calibration;
    expect(first!.inTheLarge.meta.answer).toMatchObject({
      method: 'none',
      estimate: -0.4,
      standardError: 0.2,
    });
    expect(first!.sites[0]).toMatchObject({ observed: 0.4, predicted: 0.5 });
    expect(analysis.grids[0]!.sites[0]!.grid).toEqual(more.grid[0]);
  });
});
