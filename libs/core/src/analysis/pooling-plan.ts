// From the accepted reports of a run to its analysis: which figure of which report goes into which pooled number.
import type { Analysis, Arm } from '../contract/index.ts';
import { internalTo } from '../reading/index.ts';
import { logitInterval } from '../stats/index.ts';
import { analyseAgreement } from './agreement/agreement-analysis.ts';
import { askQuestions, effectivePlan } from './analysis-plan.ts';
import { analyseCell } from './cell-analysis.ts';
import { analyseComparison } from './comparison-analysis.ts';
import { analyseDecomposition } from './effects/decomposition.ts';
import { analyseCam, analyseSegmentation } from './films/film-analysis.ts';
import { analyseFolds } from './films/fold-analysis.ts';
import { analyseConfusion } from './agreement/multiclass-analysis.ts';
import type { ClassifierFacts, PoolingInput, SiteReport } from './pooling-input.ts';
import { qualifiedReports } from './sites/qualified-reports.ts';
import { analyseRanking } from './effects/ranking-analysis.ts';
import { analyseReliance } from './effects/reliance-analysis.ts';
import { excludedSites } from './sites/site-account.ts';
import { summariseSite } from './sites/site-summary.ts';
import { analyseSwap } from './effects/swap-analysis.ts';
import {
  analyseCalibration,
  analyseGrids,
  analyseStrata,
  analyseThreshold,
  cellEntries,
} from './scores/transfer-analysis.ts';

/** @throws RangeError when the protocol names a classifier whose facts are not given. */
export function planPooling(input: PoolingInput): Analysis {
  const { document } = input;
  const reports = qualifiedReports(input);
  const plan = effectivePlan(input);
  const tested = testedFigures(input, reports, plan);
  return {
    schema: 'sidemark.analysis/2',
    run: input.run,
    protocolDigest: input.protocolDigest,
    level: document.analysis.level,
    computedAt: input.computedAt,
    plan,
    sites: input.sites.map((site) => summariseSite(site, input)),
    ...tested,
    ...classFigures(input, reports),
    segmentation: document.classifiers.flatMap(
      ({ id }) => analyseSegmentation(id, factsOf(input, id).sha256, document, reports) ?? [],
    ),
    cam: document.classifiers.flatMap(({ id }) =>
      analyseCam(id, factsOf(input, id).sha256, document, reports),
    ),
    folds: analyseFolds(document, (id) => factsOf(input, id).sha256, reports),
    ...scoreFigures(input, reports),
    exclusions: excludedSites(input, tested),
    history: [...(input.history ?? firstReports(input))],
  };
}

/** AUCs of every binary classifier on every arm, and the comparisons of the protocol. */
function testedFigures(
  input: PoolingInput,
  reports: readonly SiteReport[],
  plan: Analysis['plan'],
): Pick<Analysis, 'cells' | 'comparisons'> {
  const { document } = input;
  const { level } = document.analysis;
  const cells = binaries(input).flatMap(({ id, facts }) =>
    document.arms.map((arm) =>
      analyseCell({ classifier: id, arm }, facts, reports, level, internalTo(plan, [id])),
    ),
  );
  const comparisons = document.comparisons.map((comparison) => {
    const { a, b } = comparison;
    const [cellA, cellB] = [a, b].map((cell) => ({
      classifier: factsOf(input, cell.classifier).sha256,
      arm: cell.arm,
    }));
    const internal = internalTo(plan, [a.classifier, b.classifier]);
    return analyseComparison(comparison, cellA!, cellB!, reports, level, { internal, asked: plan.sites });
  });
  return { cells, comparisons: askQuestions(comparisons, plan, level) };
}

/** Tables of the multi-class classifiers. */
function classFigures(
  input: PoolingInput,
  reports: readonly SiteReport[],
): Pick<Analysis, 'multiclass' | 'agreement'> {
  const { arms, analysis } = input.document;
  const own = classifiersOf(input, 'multiclass');
  const pairs = arms.flatMap((b, at) => arms.slice(0, at).map((a): [Arm, Arm] => [a, b]));
  return {
    multiclass: own.flatMap(({ id, facts }) =>
      arms.map((arm) => analyseConfusion({ classifier: id, arm }, facts, reports, analysis.level)),
    ),
    agreement: [
      ...own.flatMap(({ id, facts }) => pairs.map((pair) => analyseAgreement(id, facts, pair, reports))),
      ...(input.document.agreements ?? []).map(({ a, b }) => {
        const against = { id: b.classifier, sha256: factsOf(input, b.classifier).sha256 };
        return analyseAgreement(a.classifier, factsOf(input, a.classifier), [a.arm, b.arm], reports, against);
      }),
    ],
  };
}

type ScoreFigures = Pick<
  Analysis,
  | 'decomposition'
  | 'ranking'
  | 'reliance'
  | 'swap'
  | 'labelFromMarker'
  | 'thresholds'
  | 'calibration'
  | 'grids'
  | 'strata'
>;

/** What the scores of the binary classifiers say beyond their AUCs. */
function scoreFigures(input: PoolingInput, reports: readonly SiteReport[]): ScoreFigures {
  const { arms, analysis } = input.document;
  const { level } = analysis;
  const models = binaries(input).map(({ id, facts }) => ({ id, sha256: facts.sha256 }));
  const cells = models.flatMap(({ id, sha256 }) =>
    arms.map((arm) => ({ id, arm, entries: cellEntries(sha256, arm, reports) })),
  );
  return {
    decomposition: models.flatMap(({ id, sha256 }) => analyseDecomposition(id, sha256, reports, level) ?? []),
    ranking: models.flatMap(({ id, sha256 }) => analyseRanking(id, sha256, arms, reports) ?? []),
    reliance: models.flatMap(({ id, sha256 }) => analyseReliance(id, sha256, reports, level) ?? []),
    swap: models.flatMap(({ id, sha256 }) => analyseSwap(id, sha256, reports, level) ?? []),
    labelFromMarker: reports.flatMap((report) => labelFromMarkerRow(report, level)),
    thresholds: cells.flatMap(({ id, arm, entries }) => analyseThreshold(id, arm, entries) ?? []),
    calibration: cells.flatMap(({ id, arm, entries }) => analyseCalibration(id, arm, entries, level) ?? []),
    grids: cells.flatMap(({ id, arm, entries }) => analyseGrids(id, arm, entries) ?? []),
    strata: cells.flatMap(({ id, arm, entries }) => analyseStrata(id, arm, entries, level)),
  };
}

function labelFromMarkerRow(
  { site, siteName, payloadDigest, result }: SiteReport,
  level: number,
): Analysis['labelFromMarker'] {
  if (result.labelFromMarker === undefined) return [];
  const { auc, variance } = result.labelFromMarker;
  const known = auc.kind === 'estimate' && variance.kind === 'estimate';
  const limits = known ? logitInterval(auc.value, variance.value, level) : undefined;
  const [lower, upper] = limits?.kind === 'estimate' ? limits.value : [null, null];
  return [{ site, siteName, payloadDigest, auc, lower, upper }];
}

/** Without a history, the reports that count are all there were. */
function firstReports({ reports, computedAt }: PoolingInput): Analysis['history'] {
  return reports.map(({ site, siteName, payloadDigest }) => ({
    site,
    siteName,
    reports: [{ payloadDigest, state: 'accepted', receivedAt: computedAt }],
  }));
}

const binaries = (input: PoolingInput) => classifiersOf(input, 'binary');

function classifiersOf(
  input: PoolingInput,
  kind: ClassifierFacts['kind'],
): { id: string; facts: ClassifierFacts }[] {
  return input.document.classifiers
    .map(({ id }) => ({ id, facts: factsOf(input, id) }))
    .filter(({ facts }) => facts.kind === kind);
}

function factsOf(input: PoolingInput, id: string): ClassifierFacts {
  const facts = input.classifiers.get(id);
  if (facts === undefined) throw new RangeError(`the protocol names a classifier without facts: ${id}`);
  return facts;
}
