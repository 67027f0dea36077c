// Every pooled number of an analysis with its place and the signed reports it was computed from.
import type { Analysis, PooledFigure, SiteGroups } from '../../contract/index.ts';
import { poolAucs, poolDifferences } from '../../stats/index.ts';
import { internalTo } from '../../reading/index.ts';
import { cellFigures } from '../cell-analysis.ts';
import { comparisonFigures } from '../comparison-analysis.ts';
import { confusionsOf, rightAnswers } from '../agreement/multiclass-analysis.ts';
import type { PoolingInput, SiteReport } from '../pooling-input.ts';
import { qualifiedReports } from '../sites/qualified-reports.ts';
import { poolable } from './site-figures.ts';

export interface PooledNumber {
  /** JSON path from the analysis, e.g. `cells.0.pooled.estimates.1.tau2` */
  readonly path: string;
  readonly value: number;
  /** payload digests; a report whose figure was left out of the pooling is not among them */
  readonly reports: readonly string[];
}

/** @param analysis what `planPooling` computed from the same input. */
export function pooledNumbers(analysis: Analysis, input: PoolingInput): PooledNumber[] {
  const reports = qualifiedReports(input);
  const shaOf = (id: string): string => input.classifiers.get(id)?.sha256 ?? '';
  const cells = analysis.cells.flatMap(({ classifier, arm, pooled, sites, meta, groups }, index) => {
    const figures = cellFigures({ classifier: shaOf(classifier), arm }, reports).map(poolable);
    const methods = estimatesOf(pooled).flatMap((estimate, i) => {
      const { included } = poolAucs(figures, estimate.scale, analysis.level);
      return leaves(`cells.${index}.pooled.estimates.${i}`, estimate, digests(reports, included));
    });
    const internal = internalSites(analysis, [classifier]);
    return [...methods, ...ruledNumbers(`cells.${index}`, { sites, meta, groups, internal })];
  });
  const comparisons = analysis.comparisons.flatMap(
    ({ a, b, pooled, zTest, sites, meta, groups, question }, index) => {
      const [cellA, cellB] = [a, b].map((cell) => ({ ...cell, classifier: shaOf(cell.classifier) }));
      const figures = cellA && cellB ? comparisonFigures(cellA, cellB, reports).map(poolable) : [];
      const { included } = poolDifferences(figures, analysis.level);
      const from = digests(reports, included);
      const internal = internalSites(analysis, [a.classifier, b.classifier]);
      return [
        ...leaves(`comparisons.${index}.pooled.estimates`, estimatesOf(pooled), from),
        ...leaves(`comparisons.${index}.zTest`, zTest, from),
        ...ruledNumbers(`comparisons.${index}`, { sites, meta, groups, internal }),
        ...leaves(`comparisons.${index}.question`, question, from),
      ];
    },
  );
  const multiclass = analysis.multiclass.flatMap(
    ({ classifier, arm, labels, confusion, accuracy }, index) => {
      const cell = { classifier: shaOf(classifier), arm };
      const fromOf = (told: readonly { report: SiteReport }[]): string[] =>
        told.map(({ report }) => report.payloadDigest);
      return [
        ...leaves(
          `multiclass.${index}.confusion`,
          confusion,
          fromOf(confusionsOf(cell, labels.length, reports)),
        ),
        ...leaves(
          `multiclass.${index}.accuracy`,
          accuracy,
          fromOf(rightAnswers(cell, labels.length, reports)),
        ),
      ];
    },
  );
  return [...cells, ...comparisons, ...multiclass, ...filmNumbers(analysis), ...scoreNumbers(analysis)];
}

/** Means over films say themselves which reports they were read from. */
function filmNumbers({ segmentation, cam, folds }: Analysis): PooledNumber[] {
  const from = (sites: readonly { payloadDigest: string; value: { kind: string } }[]): string[] =>
    sites.filter(({ value }) => value.kind === 'moments').map(({ payloadDigest }) => payloadDigest);
  return [
    ...segmentation.flatMap(({ dice, differences }, index) =>
      Object.entries({ dice, differences }).flatMap(([name, means]) =>
        means.flatMap(({ pooled, sites }, i) =>
          leaves(`segmentation.${index}.${name}.${i}.pooled`, pooled, from(sites)),
        ),
      ),
    ),
    ...cam.flatMap(({ marker, lesion, elsewhere }, index) =>
      Object.entries({ marker, lesion, elsewhere }).flatMap(([name, { pooled, sites }]) =>
        leaves(`cam.${index}.${name}.pooled`, pooled, from(sites)),
      ),
    ),
    ...folds.flatMap(({ mean, sd, payloadDigest }, index) =>
      leaves(`folds.${index}`, { mean, sd }, [payloadDigest]),
    ),
  ];
}

/** Parts that name their sites, and whose rows hold the digests. */
function scoreNumbers(analysis: Analysis): PooledNumber[] {
  const digestOf = new Map(
    analysis.history.map(({ siteName, reports }) => [
      siteName,
      reports.find(({ state }) => state === 'accepted')?.payloadDigest ?? '',
    ]),
  );
  const named = (sites: readonly string[]): string[] => sites.map((name) => digestOf.get(name) ?? '');
  return [
    ...analysis.decomposition.flatMap(({ total, range, shape }, index) => {
      const from = named(total.meta.members.map(({ siteName }) => siteName));
      return [
        ...ruledNumbers(`decomposition.${index}.total`, total),
        ...Object.entries({ range, shape }).flatMap(([name, { answer, pairWeighted, sites }]) => [
          ...leaves(`decomposition.${index}.${name}.answer`, answer, from),
          ...leaves(`decomposition.${index}.${name}.pairWeighted`, pairWeighted, known(sites)),
        ]),
      ];
    }),
    ...analysis.ranking.flatMap(({ sites, tau2, arms }, index) =>
      leaves(`ranking.${index}`, { tau2, arms }, named(sites)),
    ),
    ...analysis.reliance.flatMap(({ marker, placebo, difference, correctness }, index) => {
      const at = `reliance.${index}`;
      const flipped = named(marker.flips?.sites ?? []);
      return [
        ...Object.entries({ marker, placebo }).flatMap(([name, change]) =>
          change === null
            ? []
            : [
                ...ruledNumbers(`${at}.${name}.size`, change.size),
                ...ruledNumbers(`${at}.${name}.signed`, change.signed),
                ...leaves(`${at}.${name}.flips`, change.flips, named(change.flips?.sites ?? [])),
              ],
        ),
        ...(difference ? ruledNumbers(`${at}.difference`, difference) : []),
        ...leaves(`${at}.correctness`, correctness, flipped),
      ];
    }),
    ...analysis.swap.flatMap(({ changes, worst, flips }, index) => [
      ...changes.flatMap(({ signed }, at) => ruledNumbers(`swap.${index}.changes.${at}.signed`, signed)),
      ...ruledNumbers(`swap.${index}.worst`, worst),
      ...leaves(`swap.${index}.flips`, flips, named(flips?.sites ?? [])),
    ]),
    ...analysis.thresholds.flatMap(({ pooled }, index) =>
      leaves(`thresholds.${index}.pooled`, pooled, named(pooled?.sites ?? [])),
    ),
    ...analysis.calibration.flatMap(({ inTheLarge, slope }, index) => [
      ...ruledNumbers(`calibration.${index}.inTheLarge`, inTheLarge),
      ...ruledNumbers(`calibration.${index}.slope`, slope),
    ]),
    ...analysis.strata.flatMap((stratum, index) => ruledNumbers(`strata.${index}`, stratum)),
    ...analysis.agreement.flatMap(({ sites, table, margins, correctness }, index) =>
      leaves(
        `agreement.${index}`,
        { table, margins, correctness },
        sites.map(({ payloadDigest }) => payloadDigest),
      ),
    ),
  ];
}

interface Row {
  readonly siteName: string;
  readonly payloadDigest: string;
  readonly standardError: number | null;
}

interface Ruled {
  readonly sites: readonly Row[];
  readonly meta: PooledFigure;
  readonly groups?: SiteGroups;
  /** names of the sites of the internal group */
  readonly internal?: readonly string[];
}

const internalSites = ({ plan, sites }: Analysis, classifiers: readonly string[]): string[] =>
  sites.map(({ siteName }) => siteName).filter(internalTo(plan, classifiers));

const known = (sites: readonly Row[]): string[] =>
  sites.filter(({ standardError }) => standardError !== null).map(({ payloadDigest }) => payloadDigest);

/** A figure by the rule of the number of sites: its members’ reports, and all with a variance for the pair-weighted mean. */
function ruledNumbers(path: string, { sites, meta, groups, internal = [] }: Ruled): PooledNumber[] {
  const of = (figure: PooledFigure, at: string, group: readonly Row[] = sites): PooledNumber[] => {
    const { pairWeighted, leaveOneOut, ...ruled } = figure;
    const members = figure.members.map(({ siteName }) => siteName);
    const reportsOf = (names: readonly string[]): string[] =>
      sites.filter(({ siteName }) => names.includes(siteName)).map(({ payloadDigest }) => payloadDigest);
    return [
      ...leaves(at, ruled, reportsOf(members)),
      ...leaveOneOut.flatMap((one, i) =>
        leaves(`${at}.leaveOneOut.${i}`, one, reportsOf(members.filter((name) => name !== one.without))),
      ),
      ...leaves(`${at}.pairWeighted`, pairWeighted, known(group)),
    ];
  };
  const own = (inside: boolean) => sites.filter(({ siteName }) => internal.includes(siteName) === inside);
  const everyone = sites
    .filter(({ siteName }) => meta.members.some((member) => member.siteName === siteName))
    .map(({ payloadDigest }) => payloadDigest);
  return [
    ...of(meta, `${path}.meta`),
    ...(groups?.internal ? of(groups.internal, `${path}.groups.internal`, own(true)) : []),
    ...(groups?.external ? of(groups.external, `${path}.groups.external`, own(false)) : []),
    ...leaves(`${path}.groups.test`, groups?.test, everyone),
  ];
}

type Pooled = Analysis['cells'][number]['pooled'];
const estimatesOf = (pooled: Pooled) => (pooled.kind === 'pooled' ? pooled.estimates : []);

function digests(reports: readonly SiteReport[], included: readonly number[]): string[] {
  return included.map((index) => reports[index]?.payloadDigest ?? '');
}

function leaves(path: string, value: unknown, reports: readonly string[]): PooledNumber[] {
  if (typeof value === 'number') return [{ path, value, reports }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => leaves(`${path}.${key}`, inner, reports));
}
