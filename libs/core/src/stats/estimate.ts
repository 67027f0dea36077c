// A number that may honestly not exist: every degenerate sample names its reason instead of returning NaN.

/** Why a statistic cannot be given. */
export const notEstimableReasons = [
  'no-positives',
  'no-negatives',
  'too-few-positives',
  'too-few-negatives',
  'zero-variance',
  'too-few-clusters',
  'too-few-sites',
  'too-few-affected',
  'too-many-figures',
  'below-floor',
  'no-common-rows',
  'no-discordance',
  'too-few-classes',
  'too-few-folds',
  'separable',
  'non-finite',
  'empty',
] as const;

export type NotEstimableReason = (typeof notEstimableReasons)[number];

export interface NotEstimable {
  readonly kind: 'not-estimable';
  readonly reason: NotEstimableReason;
}

/** A value, or the reason why there is none. */
export type Estimate<T = number> = { readonly kind: 'estimate'; readonly value: T } | NotEstimable;

export function estimate<T>(value: T): Estimate<T> {
  return { kind: 'estimate', value };
}

export function notEstimable(reason: NotEstimableReason): NotEstimable {
  return { kind: 'not-estimable', reason };
}

/** Applies `change` to the value, keeps the reason. */
export function mapEstimate<T, U>(from: Estimate<T>, change: (value: T) => U): Estimate<U> {
  return from.kind === 'estimate' ? estimate(change(from.value)) : from;
}
