// A pooled number in the words of the contract.
import type { PooledEstimate } from '../../contract/index.ts';
import type { Estimate, MetaAnalysis, PooledValue } from '../../stats/index.ts';

type Pooled = { kind: 'pooled'; estimates: PooledEstimate[] } | Extract<Estimate, { kind: 'not-estimable' }>;

/** One method on one scale: its arithmetic, and the result on the scale of the question. */
export interface PooledPart {
  readonly scale: PooledEstimate['scale'];
  readonly meta: Estimate<MetaAnalysis>;
  readonly value: Estimate<PooledValue>;
}

/** Every part that exists; the reason of the first when none does. Heterogeneity of one site has no p-value. */
export function pooledEstimates(parts: readonly [PooledPart, ...PooledPart[]]): Pooled {
  const estimates = parts.flatMap(({ scale, meta, value }): PooledEstimate[] => {
    if (meta.kind !== 'estimate' || value.kind !== 'estimate') return [];
    const { method, se, tau2, q, qDf, qP, i2Percent } = meta.value;
    return [
      {
        method,
        scale,
        estimate: value.value.value,
        lower: value.value.lower,
        upper: value.value.upper,
        standardError: se,
        tau2,
        q,
        qDf,
        qP: qDf === 0 ? null : qP,
        i2: i2Percent,
      },
    ];
  });
  if (estimates.length > 0) return { kind: 'pooled', estimates };
  const [{ meta }] = parts;
  return meta.kind === 'not-estimable' ? meta : { kind: 'not-estimable', reason: 'too-few-sites' };
}
