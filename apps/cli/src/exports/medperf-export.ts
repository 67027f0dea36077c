// MedPerf: one execution for each model and dataset with the mapping that its results.yaml holds, and the pooled figures.
import { stringify } from 'yaml';
import type { Analysis, PooledAnswer } from '@sidemark/core/contract';

interface Execution {
  readonly benchmark: string;
  readonly model: string;
  readonly dataset: string;
  readonly results: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
}

/** YAML 1.2 without aliases; numbers as JavaScript prints them. */
export function medperfExport(analysis: Analysis): string {
  const content = {
    benchmark: analysis.run,
    protocol_sha256: analysis.protocolDigest,
    executions: executionsOf(analysis),
    pooled: {
      auc: analysis.cells.flatMap(({ classifier, arm, meta }) =>
        pooledOf({ model: classifier, arm }, meta.answer),
      ),
      differences: analysis.comparisons.flatMap(({ id, a, b, meta, question }) =>
        pooledOf(
          {
            comparison: id,
            a: `${a.classifier}/${a.arm}`,
            b: `${b.classifier}/${b.arm}`,
            status: question.status,
            p_adjusted: question.pAdjusted,
          },
          meta.answer,
        ),
      ),
    },
  };
  return stringify(content, { aliasDuplicateObjects: false, lineWidth: 0 });
}

function executionsOf({ run, cells }: Analysis): Execution[] {
  const models = [...new Set(cells.map(({ classifier }) => classifier))];
  return models.flatMap((model) => {
    const own = cells.filter(({ classifier }) => classifier === model);
    const rows = own.flatMap(({ arm, sites }) => sites.map((row) => ({ arm, row })));
    return [...new Set(rows.map(({ row }) => row.siteName))].map((dataset): Execution => {
      const here = rows.filter(({ row }) => row.siteName === dataset);
      return {
        benchmark: run,
        model,
        dataset,
        results: Object.fromEntries(
          here.map(({ arm, row: { estimate, standardError, lower, upper } }) => [
            arm,
            estimate.kind === 'estimate'
              ? { AUC: estimate.value, AUC_se: standardError, AUC_ci: [lower, upper] }
              : { AUC: null, reason: estimate.reason },
          ]),
        ),
        metadata: { report_sha256: here[0]?.row.payloadDigest ?? null },
      };
    });
  });
}

function pooledOf(what: Record<string, unknown>, answer: PooledAnswer | null): Record<string, unknown>[] {
  if (answer === null) return [];
  const { method, test, estimate, lower, upper, pTwoSided } = answer;
  return [
    { ...what, method, test, estimate, ci: [lower, upper], ...(pTwoSided === null ? {} : { p: pTwoSided }) },
  ];
}
