export { guardModel, modelLimits } from './model-guard.ts';
export type { PromisedModel } from './model-guard.ts';
