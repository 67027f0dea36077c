// The subpath `@sidemark/core/analysis`: from signed reports to pooled numbers, the same arithmetic for the coordinator
// that publishes an analysis and for anybody who computes it again.
export { classifierFacts } from './classifier-facts.ts';
export { type PooledNumber, pooledNumbers } from './pooled/pooled-numbers.ts';
export type { ClassifierFacts, PackVerdict, PoolingInput, SiteReport } from './pooling-input.ts';
export { planPooling } from './pooling-plan.ts';
