export { cutHead } from './cut-head.ts';
export { describeModel, type ModelDescription, type TensorDescription } from './describe-model.ts';
export { guardModel, modelLimits } from './model-guard.ts';
export type { PromisedModel } from './model-guard.ts';
export { storedFloats, type StoredFloats } from './stored-floats.ts';
export { withOutputs } from './surface-tensors.ts';
