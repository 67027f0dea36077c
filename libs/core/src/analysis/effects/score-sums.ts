// What reports say of scores, taken over sites: means over films as figures, and sums of decisions that change.
import type {
  BinaryResult,
  FlipCounts,
  FlipSums,
  MarkerReliance,
  ScoreChange,
} from '../../contract/index.ts';
import { estimate } from '../../stats/index.ts';
import type { SiteReport } from '../pooling-input.ts';
import type { SiteFigure } from '../pooled/site-figures.ts';

export interface SiteEntry {
  readonly report: SiteReport;
  readonly entry: BinaryResult;
}
type Moments = ScoreChange['size'] | NonNullable<MarkerReliance['difference']>;
type Flips = NonNullable<FlipSums>;

/** A mean over films at one site, films taken as independent; none where the report has none. */
export function meanFigure({ report, entry }: SiteEntry, moments: Moments | undefined): SiteFigure[] {
  if (moments === undefined) return [];
  const { positives, negatives } = entry;
  if (moments.kind !== 'moments')
    return [{ report, positives, negatives, value: moments, variance: moments }];
  const { mean, variance, films } = moments;
  return [
    { report, positives, negatives, value: estimate(mean), variance: estimate(variance / films.images) },
  ];
}

/** Over the sites that give them; null: none does. */
export function sumOfFlips(changes: readonly { siteName: string; flips: FlipCounts }[]): FlipSums {
  const known = changes.flatMap(({ siteName, flips }) =>
    flips.kind === 'counts' ? [{ siteName, ...flips }] : [],
  );
  if (known.length === 0) return null;
  const sum = (of: 'positives' | 'negatives', what: keyof Flips['positives']): number =>
    known.reduce((total, one) => total + one[of][what], 0);
  const both = (of: 'positives' | 'negatives'): Flips['positives'] => ({
    toPositive: sum(of, 'toPositive'),
    toNegative: sum(of, 'toNegative'),
    same: sum(of, 'same'),
  });
  return {
    positives: both('positives'),
    negatives: both('negatives'),
    sites: known.map(({ siteName }) => siteName),
  };
}
