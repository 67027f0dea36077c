// What marker glyphs do to a classifier across sites: how far each kind moves it, and what is left of its AUC and its decisions at worst.
import type { BinaryResult, SwapAnalysis, SwapResult } from '../../contract/index.ts';
import { figureOverSites } from '../pooled/pooled-figure.ts';
import type { SiteReport } from '../pooling-input.ts';
import { meanFigure, sumOfFlips } from './score-sums.ts';

interface SiteSwap {
  readonly report: SiteReport;
  readonly entry: BinaryResult;
  readonly swap: SwapResult;
}

/** Undefined when no report holds it. Means over films take films as independent. */
export function analyseSwap(
  classifier: string,
  sha256: string,
  reports: readonly SiteReport[],
  level: number,
): SwapAnalysis | undefined {
  const sites = reports.flatMap((report): SiteSwap[] => {
    const entry = report.result.classifiers.find((one) => one.classifier === sha256);
    return entry?.kind === 'binary' && entry.swap ? [{ report, entry, swap: entry.swap }] : [];
  });
  const [first] = sites;
  if (!first) return undefined;
  return {
    classifier,
    glyphs: first.swap.glyphs,
    changes: first.swap.changes.map(({ letter, look }) => {
      const figures = sites.flatMap((site) => meanFigure(site, changeBy(site, letter, look)));
      return { letter, look, signed: figureOverSites(figures, { kind: 'deviation', level }) };
    }),
    worst: figureOverSites(
      sites.map(({ report, entry: { positives, negatives }, swap: { worst } }) => ({
        ...{ report, positives, negatives },
        value: worst.auc,
        variance: worst.variance,
      })),
      { kind: 'auc', level },
    ),
    flips: sumOfFlips(sites.map(({ report: { siteName }, swap: { flips } }) => ({ siteName, flips }))),
  };
}

type Change = SwapResult['changes'][number];

function changeBy(
  { swap }: SiteSwap,
  letter: Change['letter'],
  look: Change['look'],
): Change['change'] | undefined {
  return swap.changes.find((one) => one.letter === letter && one.look === look)?.change;
}
