// A site sees where it stands, and never a figure from which another site could be told.
import { describe, expect, it } from '@jest/globals';
import type { Analysis } from '@sidemark/core/contract';
import { distributionFor } from './distribution.ts';

const site = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`;
const job = site(9);

/** One cell over sites 1, 2, ... with these AUCs; null: the site has none. @param pooled numbers of the sites that were pooled */
function analysisOf(aucs: readonly (number | null)[], pooled: readonly number[]): Analysis {
  const row = {
    sites: aucs.map((value, i) => ({
      site: site(i + 1),
      siteName: `site-${i + 1}`,
      estimate:
        value === null ? { kind: 'not-estimable', reason: 'no-positives' } : { kind: 'estimate', value },
    })),
    meta: {
      members: pooled.map((n) => ({ siteName: `site-${n}`, weightPercent: 1 })),
      answer: { estimate: 0.8, lower: 0.7, upper: 0.9 },
      prediction: { lower: 0.6, upper: 0.95 },
    },
  };
  const cell = { classifier: 'shortcut', arm: 'original', ...row };
  return { computedAt: '2026-11-27T10:00:00.000Z', cells: [cell], comparisons: [] } as unknown as Analysis;
}

describe('the distribution of a run, for one site', () => {
  it('gives its own figure, the pooled one, and the others without a name', () => {
    const { aucs } = distributionFor(site(1), job, analysisOf([0.7, 0.8, 0.95, 0.9, 0.85], [1, 2, 3, 4, 5]));
    expect(aucs).toEqual([
      {
        of: { classifier: 'shortcut', arm: 'original' },
        own: 0.7,
        pooled: { estimate: 0.8, lower: 0.7, upper: 0.9 },
        prediction: { lower: 0.6, upper: 0.95 },
        others: { sites: 4, lowest: 0.8, median: 0.875, highest: 0.95 },
      },
    ]);
    expect(JSON.stringify(aucs)).not.toContain('site-');
  });

  it.each([
    ['two others', [0.7, 0.8, 0.9], [1, 2, 3]],
    ['three others, one of them not pooled', [0.7, 0.8, 0.9, 0.6], [1, 2, 3]],
    ['three others, one of them without the figure', [0.7, 0.8, null, 0.6], [1, 2, 3, 4]],
  ])('leaves a figure out with %s', (_what, aucs, pooled) => {
    expect(distributionFor(site(1), job, analysisOf(aucs, pooled)).aucs).toEqual([]);
  });

  it('takes exactly three others, and a site without the figure itself', () => {
    const { aucs } = distributionFor(site(1), job, analysisOf([null, 0.8, 0.9, 0.6], [2, 3, 4]));
    expect(aucs[0]).toMatchObject({ own: null, others: { sites: 3, median: 0.8 } });
  });
});
