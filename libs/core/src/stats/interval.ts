// Confidence intervals from an estimate and its variance.
import { type Estimate, estimate, notEstimable } from './estimate.ts';
import { criticalZ } from './normal.ts';

/** [lower, upper] */
export type Interval = readonly [number, number];

/**
 * value -+ z * se, not clipped to any range. variance >= 0.
 * @throws RangeError if value or variance is not finite, variance < 0, or level is outside (0, 1).
 * Checked: golden/roc_delong.json (ci95_unclipped).
 */
export function normalInterval(value: number, variance: number, level = 0.95): Interval {
  requireVariance(variance);
  if (!Number.isFinite(value)) throw new RangeError(`value must be finite: ${value}`);
  const halfWidth = criticalZ(level) * Math.sqrt(variance);
  return [value - halfWidth, value + halfWidth];
}

/**
 * AUC interval on the logit scale, inside (0, 1); auc in [0, 1], variance >= 0.
 * Not estimable at auc 0 or 1, where the logit is infinite and DeLong's variance is 0.
 * @throws RangeError if auc is outside [0, 1], variance not finite and >= 0, or level outside (0, 1).
 * Source: Pepe, The Statistical Evaluation of Medical Tests (2003), section 5.2.4; se of logit = se / (auc (1 - auc)).
 * Checked: golden/roc_delong.json (ci95_logit).
 */
export function logitInterval(auc: number, variance: number, level = 0.95): Estimate<Interval> {
  const z = criticalZ(level);
  const scaled = logitVariance(auc, variance);
  if (auc === 0 || auc === 1) return notEstimable(variance === 0 ? 'zero-variance' : 'non-finite');
  const halfWidth = z * Math.sqrt(scaled);
  return estimate([expit(logit(auc) - halfWidth), expit(logit(auc) + halfWidth)]);
}

/** ln(p / (1 - p)); p in [0, 1], infinite at its ends. */
export function logit(p: number): number {
  return Math.log(p / (1 - p));
}

/** 1 / (1 + exp(-x)), in [0, 1]. */
export function expit(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/**
 * Delta-method variance of logit(auc); not finite at auc 0 or 1.
 * @throws RangeError if auc is outside [0, 1] or variance not finite and >= 0.
 */
export function logitVariance(auc: number, variance: number): number {
  requireVariance(variance);
  if (!(auc >= 0 && auc <= 1)) throw new RangeError(`auc must lie in [0, 1]: ${auc}`);
  return variance / (auc * (1 - auc)) ** 2;
}

/** @throws RangeError unless variance is finite and >= 0. */
export function requireVariance(variance: number): void {
  if (!(variance >= 0 && variance < Infinity))
    throw new RangeError(`variance must be finite and >= 0: ${variance}`);
}
