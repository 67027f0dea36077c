// How the scores of a classifier carry over: thresholds, calibration, grids and parts of the patients, by arm.
import type {
  Arm,
  BinaryResult,
  CalibrationAnalysis,
  GridsAnalysis,
  StratumAnalysis,
  ThresholdAnalysis,
} from '../../contract/index.ts';
import { StratumLevel } from '../../contract/index.ts';
import { figureOverSites } from '../pooled/pooled-figure.ts';
import type { SiteReport } from '../pooling-input.ts';
import type { SiteFigure } from '../pooled/site-figures.ts';

/** What one site reports of one classifier on one arm. */
interface CellEntry {
  readonly report: SiteReport;
  readonly entry: BinaryResult;
  /** of the arm in the entry */
  readonly at: number;
}
type Counts = Extract<BinaryResult['decisions'][number], { kind: 'counts' }>;
type Decided = Omit<Counts, 'kind'>;
type Transfer = Pick<ThresholdAnalysis['sites'][number], 'shipped' | 'local' | 'accuracyLoss' | 'youdenLoss'>;

/** One for each arm. @param classifier its id in the protocol */
export function cellEntries(sha256: string, arm: Arm, reports: readonly SiteReport[]): CellEntry[] {
  return reports.flatMap((report) => {
    const entry = report.result.classifiers.find((one) => one.classifier === sha256);
    const at = entry?.kind === 'binary' ? entry.arms.indexOf(arm) : -1;
    return entry?.kind === 'binary' && at >= 0 ? [{ report, entry, at }] : [];
  });
}

const identityOf = ({ report: { site, siteName, payloadDigest } }: CellEntry) => ({
  site,
  siteName,
  payloadDigest,
});

/** Undefined when no site gives its decisions. */
export function analyseThreshold(
  classifier: string,
  arm: Arm,
  entries: readonly CellEntry[],
): ThresholdAnalysis | undefined {
  const known = entries.flatMap((one) => {
    const shipped = one.entry.decisions[one.at];
    const grid = one.entry.grid?.[one.at];
    const local = grid?.kind === 'cells' ? grid.youden : undefined;
    return shipped?.kind === 'counts' ? [{ one, shipped, local }] : [];
  });
  if (known.length === 0) return undefined;
  const both = known.flatMap(({ one, shipped, local }) => (local ? [{ one, shipped, local }] : []));
  return {
    classifier,
    arm,
    sites: known.map(({ one, shipped, local }) => ({
      ...identityOf(one),
      images: imagesOf(shipped),
      ...transferOf(shipped, local),
    })),
    pooled:
      both.length === 0
        ? null
        : {
            sites: both.map(({ one }) => one.report.siteName),
            images: imagesOf(added(both.map(({ shipped }) => shipped))),
            ...transferOf(added(both.map(({ shipped }) => shipped)), added(both.map(({ local }) => local))),
          },
  };
}

const imagesOf = ({ tp, fp, tn, fn }: Decided): number => tp + fp + tn + fn;

function added(counts: readonly Decided[]): Decided {
  const sum = (of: keyof Decided): number => counts.reduce((total, one) => total + one[of], 0);
  return { tp: sum('tp'), fp: sum('fp'), tn: sum('tn'), fn: sum('fn') };
}

function transferOf(shippedCounts: Decided, localCounts: Decided | undefined): Transfer {
  const shipped = measured(shippedCounts);
  const local = localCounts ? measured(localCounts) : null;
  return {
    shipped,
    local,
    accuracyLoss: local && local.accuracy - shipped.accuracy,
    youdenLoss: local && local.sensitivity + local.specificity - shipped.sensitivity - shipped.specificity,
  };
}

function measured(counts: Decided): Transfer['shipped'] {
  const { tp, fp, tn, fn } = counts;
  const share = (part: number, of: number): number => (of === 0 ? 0 : part / of);
  return {
    accuracy: share(tp + tn, imagesOf(counts)),
    sensitivity: share(tp, tp + fn),
    specificity: share(tn, tn + fp),
  };
}

/** Undefined when no site gives its calibration. */
export function analyseCalibration(
  classifier: string,
  arm: Arm,
  entries: readonly CellEntry[],
  level: number,
): CalibrationAnalysis | undefined {
  const known = entries.flatMap((one) => {
    const calibration = one.entry.calibration?.[one.at];
    return calibration?.kind === 'calibration' ? [{ one, calibration }] : [];
  });
  if (known.length === 0) return undefined;
  const figures = (value: 'intercept' | 'slope', variance: 'interceptVariance' | 'slopeVariance') =>
    known.map(({ one, calibration }): SiteFigure => ({
      ...rowsOf(one),
      value: calibration[value],
      variance: calibration[variance],
    }));
  return {
    classifier,
    arm,
    inTheLarge: figureOverSites(figures('intercept', 'interceptVariance'), { kind: 'deviation', level }),
    slope: figureOverSites(figures('slope', 'slopeVariance'), { kind: 'value', level }),
    sites: known.map(({ one, calibration: { predicted, brier, logLoss } }) => ({
      ...identityOf(one),
      observed: observed(one.entry),
      predicted: meanOf(predicted),
      brier: meanOf(brier),
      logLoss: meanOf(logLoss),
    })),
  };
}

const rowsOf = ({ report, entry: { positives, negatives } }: CellEntry) => ({ report, positives, negatives });
const observed = ({ positives, negatives }: BinaryResult): number =>
  positives.images / Math.max(1, positives.images + negatives.images);
const meanOf = (moments: { kind: 'moments'; mean: number } | { kind: 'not-estimable' }): number | null =>
  moments.kind === 'moments' ? moments.mean : null;

/** Undefined when no site gives one. */
export function analyseGrids(
  classifier: string,
  arm: Arm,
  entries: readonly CellEntry[],
): GridsAnalysis | undefined {
  const sites = entries.flatMap((one) => {
    const grid = one.entry.grid?.[one.at];
    return grid ? [{ ...identityOf(one), grid }] : [];
  });
  return sites.length > 0 ? { classifier, arm, sites } : undefined;
}

/** Every part that some site shows, in the order of the contract. */
export function analyseStrata(
  classifier: string,
  arm: Arm,
  entries: readonly CellEntry[],
  level: number,
): StratumAnalysis[] {
  const shown = entries.flatMap((one) => (one.entry.strata ?? []).map((stratum) => ({ one, stratum })));
  const names = [...new Set(shown.map(({ stratum }) => `${stratum.of} ${stratum.level}`))];
  const order = (name: string): number => StratumLevel.options.findIndex((one) => name.endsWith(` ${one}`));
  return names
    .sort((a, b) => order(a) - order(b))
    .flatMap((name) => {
      const own = shown.filter(({ stratum }) => `${stratum.of} ${stratum.level}` === name);
      const [first] = own;
      if (first === undefined) return [];
      const figures = own.flatMap(({ one, stratum }): SiteFigure[] => {
        const { positives, negatives, auc, variance } = stratum;
        const [value, spread] = [auc[one.at], variance[one.at]];
        return value && spread ? [{ report: one.report, positives, negatives, value, variance: spread }] : [];
      });
      const { of, level: part } = first.stratum;
      return [{ classifier, arm, of, level: part, ...figureOverSites(figures, { kind: 'auc', level }) }];
    });
}
