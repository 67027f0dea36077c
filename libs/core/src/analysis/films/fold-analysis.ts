// The folds of one cross-validation at one site: their AUCs, mean and standard deviation, as a description. There is no
// unbiased estimator of the variance of a cross-validation (Bengio & Grandvalet 2004), so there is no interval and no test.
import type { FoldsAnalysis, ProtocolDocument } from '../../contract/index.ts';
import type { SiteReport } from '../pooling-input.ts';

/** By name of the folds, then by arm, then by site. @param sha256Of of a classifier by its id in the protocol */
export function analyseFolds(
  { classifiers, arms }: ProtocolDocument,
  sha256Of: (id: string) => string,
  reports: readonly SiteReport[],
): FoldsAnalysis[] {
  const names = [...new Set(classifiers.flatMap(({ foldOf }) => foldOf ?? []))];
  return names.flatMap((foldOf) => {
    const members = classifiers.filter((one) => one.foldOf === foldOf).map(({ id }) => id);
    return arms.flatMap((arm) =>
      reports.map((report) => foldsAt(report, { foldOf, members, arm }, sha256Of)),
    );
  });
}

function foldsAt(
  { site, siteName, payloadDigest, result }: SiteReport,
  { foldOf, members, arm }: { foldOf: string; members: readonly string[]; arm: FoldsAnalysis['arm'] },
  sha256Of: (id: string) => string,
): FoldsAnalysis {
  const entries = members.map((id) =>
    result.classifiers.find(({ classifier }) => classifier === sha256Of(id)),
  );
  const folds = entries.map((entry, i): FoldsAnalysis['folds'][number] => {
    const auc = entry?.kind === 'binary' ? entry.auc[entry.arms.indexOf(arm)] : undefined;
    const reason = entry?.kind === 'withheld' ? entry.reason : 'empty';
    return { classifier: members[i]!, auc: auc ?? { kind: 'not-estimable', reason } };
  });
  const seen = new Set(entries.flatMap((entry) => (entry?.kind === 'binary' ? (entry.rows ?? 'all') : [])));
  const values = folds.flatMap(({ auc }) => (auc.kind === 'estimate' ? [auc.value] : []));
  const [rows = 'all'] = seen;
  return {
    foldOf,
    arm,
    site,
    siteName,
    payloadDigest,
    rows: seen.size > 1 ? 'mixed' : rows,
    folds,
    ...spread(values),
  };
}

function spread(values: readonly number[]): Pick<FoldsAnalysis, 'mean' | 'sd'> {
  const n = values.length;
  if (n === 0) return { mean: null, sd: null };
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: n > 1 ? Math.sqrt(squares / (n - 1)) : null };
}
