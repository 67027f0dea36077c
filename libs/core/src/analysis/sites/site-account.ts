// Which sites a result does not rest on, and why.
import type { Analysis, NotEstimableReason, SiteExclusion } from '../../contract/index.ts';
import type { PoolingInput, SiteReport } from '../pooling-input.ts';
import { qualificationOf, qualifiedReports } from './qualified-reports.ts';

type Reason = SiteExclusion['reason'];

/** Sites without a counting report, classifiers that a site withholds, and rows that no pooled figure can take. */
export function excludedSites(
  input: PoolingInput,
  { cells, comparisons }: Pick<Analysis, 'cells' | 'comparisons'>,
): SiteExclusion[] {
  const counting = qualifiedReports(input);
  const withheld = counting.flatMap((report) => withheldOf(report, input));
  const isWithheld = new Set(withheld.map(({ site, of }) => `${site} ${of}`));
  const rows = [
    ...cells.map((cell) => ({
      ...{ from: 'cell' as const, of: `${cell.classifier}/${cell.arm}` },
      ...{ classifiers: [cell.classifier], sites: cell.sites, members: cell.meta.members },
    })),
    ...comparisons.map(({ id, a, b, sites, meta }) => ({
      ...{ from: 'comparison' as const, of: id },
      ...{ classifiers: [a.classifier, b.classifier], sites, members: meta.members },
    })),
  ].flatMap(({ from, of, classifiers, sites, members }) => {
    const pooled = new Set(members.map(({ siteName }) => siteName));
    const left = sites.filter(
      ({ site, siteName }) =>
        !pooled.has(siteName) && !classifiers.some((id) => isWithheld.has(`${site} ${id}`)),
    );
    return left.map(({ site, siteName, excluded }): SiteExclusion => {
      const detail = excluded ?? 'non-finite';
      return { site, siteName, from, of, reason: rowReason(detail), detail };
    });
  });
  return [...input.sites.flatMap((site) => withoutReport(site, input)), ...withheld, ...rows];
}

function withoutReport(
  { site, siteName, refusal }: PoolingInput['sites'][number],
  input: PoolingInput,
): SiteExclusion[] {
  const exclusion = (reason: Reason): SiteExclusion[] => [
    { site, siteName, from: 'run', of: null, reason, detail: null },
  ];
  if (!input.reports.some((report) => report.site === site)) return exclusion(refusalReason(refusal ?? null));
  const qualification = qualificationOf(site, input);
  if (qualification === 'not-qualified') return exclusion('not-qualified');
  return qualification === 'missing' ? exclusion('qualification-missing') : [];
}

function refusalReason(refusal: Analysis['sites'][number]['refusal']): Reason {
  switch (refusal) {
    case null:
      return 'not-reported';
    case 'floors-not-met':
      return 'below-floor';
    case 'policy-refused':
    case 'declined-by-person':
    case 'withdrawn-by-person':
      return 'refused';
    case 'report-withheld':
      return 'withheld';
    default:
      return 'failed';
  }
}

function withheldOf({ site, siteName, result }: SiteReport, { document }: PoolingInput): SiteExclusion[] {
  return document.classifiers.flatMap(({ id, model }): SiteExclusion[] => {
    const entry = result.classifiers.find(({ classifier }) => classifier === model.sha256);
    if (entry?.kind !== 'withheld') return [];
    return [{ site, siteName, from: 'classifier', of: id, reason: 'below-floor', detail: entry.reason }];
  });
}

function rowReason(detail: NotEstimableReason): Reason {
  switch (detail) {
    case 'too-few-affected':
    case 'too-many-figures':
      return 'withheld';
    case 'below-floor':
      return 'below-floor';
    case 'empty':
    case 'no-common-rows':
      return 'not-estimable';
    default:
      return 'degenerate';
  }
}
