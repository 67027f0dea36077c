// NVFLARE's cross_val_results.json: metrics by data site, then by model; a model on another arm is a model of its own there.
import type { Analysis } from '@sidemark/core/contract';

type Metrics = Record<string, number>;

/** Sites in the order of the run. A figure that a site does not give is left out, as NVFLARE leaves out failed validations. */
export function nvflareExport(analysis: Analysis): string {
  const sites = analysis.sites.map(({ siteName }) => [siteName, modelsAt(analysis, siteName)] as const);
  return `${JSON.stringify(Object.fromEntries(sites), null, 2)}\n`;
}

function modelsAt({ cells, thresholds, calibration }: Analysis, siteName: string): Record<string, Metrics> {
  const models = cells.flatMap(({ classifier, arm, sites }): [string, Metrics][] => {
    const same = (one: { classifier: string; arm: string }) =>
      one.classifier === classifier && one.arm === arm;
    const row = sites.find((one) => one.siteName === siteName);
    if (row?.estimate.kind !== 'estimate') return [];
    const decided = thresholds.find(same)?.sites.find((one) => one.siteName === siteName)?.shipped;
    const scores = calibration.find(same)?.sites.find((one) => one.siteName === siteName);
    const metrics = {
      auc: row.estimate.value,
      auc_standard_error: row.standardError,
      accuracy: decided?.accuracy,
      sensitivity: decided?.sensitivity,
      specificity: decided?.specificity,
      brier: scores?.brier,
    };
    return [[`${classifier}/${arm}`, present(metrics)]];
  });
  return Object.fromEntries(models);
}

function present(metrics: Record<string, number | null | undefined>): Metrics {
  const known = Object.entries(metrics).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [[name, value] as const],
  );
  return Object.fromEntries(known);
}
