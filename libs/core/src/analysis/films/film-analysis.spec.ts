import { describe, expect, it } from '@jest/globals';
import type { ProtocolDocument, ReportResult, ShareMoments } from '../../contract/index.ts';
import { analyseCam, analyseSegmentation, pooledMoments } from './film-analysis.ts';
import { analyseFolds } from './fold-analysis.ts';
import type { SiteReport } from '../pooling-input.ts';

const moments = (images: number, mean: number, variance: number): ShareMoments => ({
  kind: 'moments',
  films: { images, patients: images },
  mean,
  variance,
});
const tooFew = { kind: 'not-estimable', reason: 'too-few-affected' } as const;

describe('means over films of several sites', () => {
  it('are weighted by films, with the variance within sites', () => {
    // (10 * 0.5 + 30 * 0.9) / 40, (9 * 0.04 + 29 * 0.01) / 38
    const pooled = pooledMoments([moments(10, 0.5, 0.04), moments(30, 0.9, 0.01), tooFew]);
    expect(pooled).toMatchObject({ sites: 2, images: 40 });
    expect(pooled?.mean).toBeCloseTo(0.8, 12);
    expect(pooled?.variance).toBeCloseTo(0.65 / 38, 12);
  });

  it('are none where no site gives one', () => {
    expect(pooledMoments([tooFew])).toBeNull();
    expect(pooledMoments([moments(1, 0.5, 0)])).toMatchObject({ variance: null });
  });
});

const size = { images: 20, patients: 20 };
const document = {
  arms: ['original', 'inpainted'],
  classifiers: ['f1', 'f2', 'other'].map((id) => ({ id, ...(id === 'other' ? {} : { foldOf: 'five' }) })),
} as unknown as ProtocolDocument;

function binary(classifier: string, auc: number, rows: 'fold' | 'test'): ReportResult['classifiers'][number] {
  const [one, half] = [moments(20, auc, 0.1), moments(20, auc / 2, 0.1)];
  return {
    kind: 'binary',
    classifier,
    positives: size,
    negatives: size,
    clustered: false,
    arms: ['original', 'inpainted'],
    auc: [0, 1].map(() => ({ kind: 'estimate', value: auc })),
    covariance: [],
    decisions: [],
    rows,
    segmentation: {
      bothEmpty: 'one',
      withoutTruth: 0,
      dice: [one, half],
      pixels: [],
      empty: [],
      differences: [{ a: 'original', b: 'inpainted', dice: tooFew }],
    },
    cam: { marker: [one, half], lesion: [half, tooFew], elsewhere: [one, one], zeroMaps: [] },
  };
}
const report = (site: string, classifiers: ReportResult['classifiers']): SiteReport => ({
  site,
  siteName: site,
  payloadDigest: site.repeat(64),
  result: { classifiers } as unknown as ReportResult,
});
const withheld = { kind: 'withheld', classifier: 'f2', arms: document.arms, reason: 'below-floor' } as const;
const reports = [
  report('a', [binary('f1', 0.6, 'fold'), binary('f2', 0.8, 'fold')]),
  report('b', [binary('f1', 0.7, 'test'), withheld]),
];

describe('the figures of what a classifier drew', () => {
  it('are read from the reports that hold them, arm by arm', () => {
    const found = analyseSegmentation('f1', 'f1', document, reports);
    expect(found?.dice.map(({ arm, sites, pooled }) => [arm, sites.length, pooled?.images])).toEqual([
      ['original', 2, 40],
      ['inpainted', 2, 40],
    ]);
    expect(found?.differences).toEqual([
      expect.objectContaining({ a: 'original', b: 'inpainted', pooled: null }),
    ]);
    const [original, inpainted] = analyseCam('f2', 'f2', document, reports);
    expect(original).toMatchObject({ arm: 'original', marker: { pooled: { sites: 1, mean: 0.8 } } });
    expect(inpainted?.lesion).toMatchObject({ sites: [{ value: tooFew }], pooled: null });
    expect(analyseSegmentation('other', 'other', document, reports)).toBeUndefined();
    expect(analyseCam('other', 'other', document, reports)).toEqual([]);
  });
});

describe('the folds of a site', () => {
  it('are described by their values, mean and standard deviation with ddof 1', () => {
    const [first, second] = analyseFolds(document, (id) => id, reports);
    expect(first).toMatchObject({ foldOf: 'five', arm: 'original', siteName: 'a', rows: 'fold' });
    expect(first?.mean).toBeCloseTo(0.7, 12);
    expect(first?.sd).toBeCloseTo(Math.SQRT2 / 10, 12);
    expect(second?.folds[1]!.auc).toEqual({ kind: 'not-estimable', reason: 'below-floor' });
    expect(second).toMatchObject({ rows: 'test', mean: 0.7, sd: null });
  });

  it('are none where the protocol calls nothing a fold', () => {
    const plain = { ...document, classifiers: [{ id: 'f1' }] } as unknown as ProtocolDocument;
    expect(analyseFolds(plain, (id) => id, reports)).toEqual([]);
  });
});
