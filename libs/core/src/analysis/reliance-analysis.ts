// How much of the scores of a classifier hangs on the markers: what filling them does, less what any filled hole does.
import type { BinaryResult, MarkerReliance, McNemarAnalysis, RelianceAnalysis } from '../contract/index.ts';
import { estimate, mcnemar } from '../stats/index.ts';
import { figureOverSites } from './pooled-figure.ts';
import type { SiteReport } from './pooling-input.ts';
import type { SiteFigure } from './site-figures.ts';

interface SiteReliance {
  readonly report: SiteReport;
  readonly entry: BinaryResult;
  readonly reliance: MarkerReliance;
}
type Change = MarkerReliance['marker'];
type Flips = NonNullable<RelianceAnalysis['marker']['flips']>;
type Moments = Change['size'] | NonNullable<MarkerReliance['difference']>;

/** Undefined when no report holds it. Means over films take films as independent. */
export function analyseReliance(
  classifier: string,
  sha256: string,
  reports: readonly SiteReport[],
  level: number,
): RelianceAnalysis | undefined {
  const sites = reports.flatMap((report): SiteReliance[] => {
    const entry = report.result.classifiers.find((one) => one.classifier === sha256);
    return entry?.kind === 'binary' && entry.reliance ? [{ report, entry, reliance: entry.reliance }] : [];
  });
  if (sites.length === 0) return undefined;
  const marker = changeOf(sites, ({ marker: one }) => one, level);
  const placebo = sites.some(({ reliance }) => reliance.placebo)
    ? changeOf(sites, (of) => of.placebo, level)
    : null;
  const differences = sites.flatMap((one) => meanFigure(one, one.reliance.difference));
  return {
    classifier,
    marker,
    placebo,
    difference: differences.length > 0 ? figureOverSites(differences, { kind: 'deviation', level }) : null,
    correctness: marker.flips && correctness(marker.flips),
  };
}

function changeOf(
  sites: readonly SiteReliance[],
  pick: (of: MarkerReliance) => Change | undefined,
  level: number,
): RelianceAnalysis['marker'] {
  const known = sites.flatMap((site) => {
    const change = pick(site.reliance);
    return change ? [{ site, change }] : [];
  });
  const figures = (of: 'size' | 'change') =>
    known.flatMap(({ site, change }) => meanFigure(site, change[of]));
  return {
    size: figureOverSites(figures('size'), { kind: 'value', level }),
    signed: figureOverSites(figures('change'), { kind: 'deviation', level }),
    moments: known.map(({ site: { report }, change: { change, size } }) => ({
      site: report.site,
      siteName: report.siteName,
      payloadDigest: report.payloadDigest,
      change,
      size,
    })),
    flips: sumOfFlips(known.map(({ site, change }) => ({ siteName: site.report.siteName, ...change }))),
  };
}

function meanFigure({ report, entry }: SiteReliance, moments: Moments | undefined): SiteFigure[] {
  if (moments === undefined) return [];
  const { positives, negatives } = entry;
  if (moments.kind !== 'moments')
    return [{ report, positives, negatives, value: moments, variance: moments }];
  const { mean, variance, films } = moments;
  return [
    { report, positives, negatives, value: estimate(mean), variance: estimate(variance / films.images) },
  ];
}

function sumOfFlips(changes: readonly (Pick<Change, 'flips'> & { siteName: string })[]): Flips | null {
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

/** A decision that flips is right on one of the two arms and wrong on the other. */
function correctness({ positives, negatives }: Flips): McNemarAnalysis | null {
  const onlyA = positives.toNegative + negatives.toPositive;
  const onlyB = positives.toPositive + negatives.toNegative;
  const test = mcnemar([
    [0, onlyA],
    [onlyB, 0],
  ]);
  if (test.kind !== 'estimate') return null;
  const { plain, exactP, midP } = test.value;
  return { onlyA, onlyB, statistic: plain.statistic, p: plain.p, exactP, midP };
}
