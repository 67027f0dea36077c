// One figure with its variance, as each site reported it, and the table row it becomes.
import type { SiteRow } from '../../contract/index.ts';
import {
  type Estimate,
  type Interval,
  notEstimable,
  type NotEstimableReason,
  type PooledSites,
} from '../../stats/index.ts';
import type { SiteReport } from '../pooling-input.ts';

type PatientCounts = SiteRow['positives'];

/** An AUC or an AUC difference of one site. */
export interface SiteFigure {
  readonly report: SiteReport;
  readonly positives: PatientCounts;
  readonly negatives: PatientCounts;
  readonly value: Estimate;
  readonly variance: Estimate;
}

const nobody: PatientCounts = { images: 0, patients: 0 };

/** The figure of a report that does not hold the cell. */
export function absentFigure(report: SiteReport): SiteFigure {
  return {
    report,
    positives: nobody,
    negatives: nobody,
    value: notEstimable('empty'),
    variance: notEstimable('empty'),
  };
}

/** Below these no sample of this world can come; as weights they would overflow and take the other sites along. */
const smallest = { variance: 1e-100, auc: 1e-60 } as const;

/** The figure with numbers that arithmetic can carry; what is smaller counts as the degenerate case it stands for. */
export function poolable({ value, variance }: SiteFigure): { value: Estimate; variance: Estimate } {
  const vanishes = variance.kind === 'estimate' && variance.value < smallest.variance;
  const infinite = value.kind === 'estimate' && value.value !== 0 && Math.abs(value.value) < smallest.auc;
  return {
    value: infinite ? { kind: 'estimate', value: 0 } : value,
    variance: vanishes ? { kind: 'estimate', value: 0 } : variance,
  };
}

/** Table rows in the order of the figures. `pooled` gives weights and exclusions; `interval` is of one site. */
export function siteRows(
  figures: readonly SiteFigure[],
  pooled: Pick<PooledSites, 'included' | 'excluded' | 'randomEffects'>,
  interval: (value: number, variance: number) => Estimate<Interval>,
): SiteRow[] {
  const weights = pooled.randomEffects.kind === 'estimate' ? pooled.randomEffects.value.weightsPercent : [];
  const reasons = new Map(pooled.excluded.map(({ site, reason }) => [site, reason]));
  const weightOf = new Map(pooled.included.map((index, at) => [index, weights[at]]));
  return figures.map((figure, index) =>
    siteRow(figure, reasons.get(index) ?? null, weightOf.get(index) ?? null, interval),
  );
}

function siteRow(
  { report, positives, negatives, value, variance }: SiteFigure,
  excluded: NotEstimableReason | null,
  weightPercent: number | null,
  interval: (value: number, variance: number) => Estimate<Interval>,
): SiteRow {
  const both = excluded === null && value.kind === 'estimate' && variance.kind === 'estimate';
  const limits = both ? interval(value.value, variance.value) : notEstimable('empty');
  return {
    site: report.site,
    siteName: report.siteName,
    payloadDigest: report.payloadDigest,
    positives,
    negatives,
    estimate: value,
    standardError: variance.kind === 'estimate' ? Math.sqrt(variance.value) : null,
    lower: limits.kind === 'estimate' ? limits.value[0] : null,
    upper: limits.kind === 'estimate' ? limits.value[1] : null,
    weightPercent,
    excluded,
  };
}
