// Results that were pooled before: a page of many sites asks for the same one again and again, and pooling takes seconds.
import { planPooling, type PoolingInput } from '@sidemark/core/analysis';
import type { Analysis } from '@sidemark/core/contract';

/** The newest result of a run stands for all that are asked for; of more runs than these the oldest is forgotten. */
const runs = 8;

export class PooledBefore {
  private readonly known = new Map<string, { readonly key: string; readonly analysis: Analysis }>();

  constructor(private readonly pool: (input: PoolingInput) => Analysis = planPooling) {}

  /** @returns the same object for the same input: not to be changed */
  of(input: PoolingInput): Analysis {
    const key = keyOf(input);
    const before = this.known.get(input.run);
    if (before?.key === key) return before.analysis;
    const analysis = this.pool(input);
    this.known.delete(input.run);
    this.known.set(input.run, { key, analysis });
    const [oldest] = this.known.keys();
    if (this.known.size > runs && oldest !== undefined) this.known.delete(oldest);
    return analysis;
  }
}

/** Everything that pooling reads: digests stand for the protocol and for the reports. */
function keyOf({
  protocolDigest,
  classifiers,
  sites,
  reports,
  history,
  verdicts,
  computedAt,
}: PoolingInput): string {
  return JSON.stringify([
    ...[protocolDigest, computedAt, sites, history],
    ...[[...classifiers], verdicts === undefined ? null : [...verdicts]],
    reports.map(({ site, siteName, payloadDigest }) => [site, siteName, payloadDigest]),
  ]);
}
