// How much of the scores of a classifier hangs on the markers: what filling them does, less what any filled hole does.
import type {
  BinaryResult,
  FlipSums,
  MarkerReliance,
  McNemarAnalysis,
  RelianceAnalysis,
} from '../../contract/index.ts';
import { mcnemar } from '../../stats/index.ts';
import { meanFigure, sumOfFlips } from './score-sums.ts';
import { figureOverSites } from '../pooled/pooled-figure.ts';
import type { SiteReport } from '../pooling-input.ts';

interface SiteReliance {
  readonly report: SiteReport;
  readonly entry: BinaryResult;
  readonly reliance: MarkerReliance;
}
type Change = MarkerReliance['marker'];
type Flips = NonNullable<FlipSums>;

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
