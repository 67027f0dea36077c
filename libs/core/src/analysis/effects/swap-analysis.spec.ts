import { describe, expect, it } from '@jest/globals';
import type { SwapResult } from '../../contract/index.ts';
import type { SiteReport } from '../pooling-input.ts';
import { analyseSwap } from './swap-analysis.ts';

const size = { images: 50, patients: 50 };
const flips = { toPositive: 1, toNegative: 12, same: 37 };

function reportOf(at: number, swap: SwapResult | undefined): SiteReport {
  const entry = { kind: 'binary', classifier: 'c'.repeat(64), positives: size, negatives: size, swap };
  const result = { classifiers: [entry] } as unknown as SiteReport['result'];
  return { site: `${at}`, siteName: `site-${at}`, payloadDigest: `${at}`, result };
}

const swapOf = (auc: number, change: number): SwapResult => ({
  glyphs: 48,
  changes: [
    {
      ...{ letter: 'left', look: 'digital' },
      change: { kind: 'moments', films: { images: 100, patients: 100 }, mean: change, variance: 1 },
    },
  ],
  flips: { kind: 'counts', positives: flips, negatives: flips },
  worst: {
    auc: { kind: 'estimate', value: auc },
    variance: { kind: 'estimate', value: 0.0016 },
  },
});

describe(analyseSwap, () => {
  const given = [0.6, 0.7, 0.8].map((auc, at) => reportOf(at, swapOf(auc, auc - 1)));

  it('pools the worst AUC and the mean changes, and adds the flips up', () => {
    const found = analyseSwap('binary', 'c'.repeat(64), given, 0.95)!;
    expect(found.worst.meta.answer?.estimate).toBeCloseTo(0.7, 1);
    expect(found.worst.sites.map(({ siteName }) => siteName)).toEqual(['site-0', 'site-1', 'site-2']);
    expect(found.changes[0]!.signed.meta.answer?.estimate).toBeCloseTo(-0.3, 6);
    expect(found.flips).toMatchObject({ positives: { toNegative: 36, same: 111 } });
  });

  it('counts sites without glyphs out, and is nothing without any', () => {
    const some = analyseSwap('binary', 'c'.repeat(64), [...given, reportOf(3, undefined)], 0.95)!;
    expect(some.worst.sites).toHaveLength(3);
    expect(analyseSwap('binary', 'c'.repeat(64), [reportOf(0, undefined)], 0.95)).toBeUndefined();
  });
});
