// Where a site stands among the others of its run. Figures that fewer than three other sites are in are left out: a site
// knows its own, and could take it away.
import { type Analysis, fewestOthers, type RunDistribution } from '@sidemark/core/contract';

type Row = Pick<Analysis['cells'][number], 'sites' | 'meta'>;
type Standing = Pick<RunDistribution['aucs'][number], 'own' | 'pooled' | 'prediction' | 'others'>;

/** @param site whose job it is, and whose report is pooled or at least received */
export function distributionFor(site: string, job: string, analysis: Analysis): RunDistribution {
  const { computedAt, cells, comparisons } = analysis;
  return {
    job,
    computedAt,
    aucs: cells.flatMap(({ classifier, arm, ...row }) => {
      const standing = standingOf(site, row);
      return standing ? [{ of: { classifier, arm }, ...standing }] : [];
    }),
    differences: comparisons.flatMap(({ id, primary, a, b, ...row }) => {
      const standing = standingOf(site, row);
      return standing ? [{ id, primary, a, b, ...standing }] : [];
    }),
  };
}

function standingOf(site: string, { sites, meta }: Row): Standing | undefined {
  const pooledNames = new Set(meta.members.map(({ siteName }) => siteName));
  const values = sites.flatMap((row) =>
    row.estimate.kind === 'estimate' ? [{ ...row, value: row.estimate.value }] : [],
  );
  const others = values
    .filter((row) => row.site !== site && pooledNames.has(row.siteName))
    .map(({ value }) => value)
    .sort((a, b) => a - b);
  if (others.length < fewestOthers || meta.answer === null) return undefined;
  const { estimate, lower, upper } = meta.answer;
  return {
    own: values.find((row) => row.site === site)?.value ?? null,
    pooled: { estimate, lower, upper },
    prediction: meta.prediction,
    others: {
      sites: others.length,
      lowest: others[0]!,
      median: medianOf(others),
      highest: others.at(-1)!,
    },
  };
}

/** @param sorted not empty */
function medianOf(sorted: readonly number[]): number {
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}
