// Do probabilities mean what they say? In the large, by slope, and on fixed bins.
import { type Estimate, estimate, notEstimable } from '../estimate.ts';
import { logit } from '../interval.ts';
import { countClasses } from '../roc/placements.ts';
import { fitLogisticLine, fitOffset, isSeparable } from './logistic-line.ts';

/** A coefficient on the logit scale. */
export interface LogitCoefficient {
  readonly value: number;
  readonly se: number;
}

export interface Calibration {
  readonly n: number;
  readonly positives: number;
  /** sum of the probabilities: the positives that were expected */
  readonly expected: number;
  /** intercept with slope 1: 0 is right, above 0 too few were expected; needs both labels */
  readonly inTheLarge: Estimate<LogitCoefficient>;
  /** slope of ln odds: 1 is right, below 1 probabilities are too extreme, with its intercept */
  readonly slope: Estimate<
    LogitCoefficient & { readonly intercept: LogitCoefficient; readonly covariance: number }
  >;
}

/**
 * Calibration of probabilities[n] in 0..1 for labels[n] 0|1. The two logistic fits do not exist with one label
 * ('no-positives', 'no-negatives'), with a probability of 0 or 1 ('non-finite'); the slope neither for one probability only
 * ('zero-variance') nor where a threshold parts the labels ('separable'). No rows: 'empty'.
 * @throws RangeError on other labels or probabilities, or unequal lengths.
 * Source: Cox, Biometrika 1958;45:562-565; Van Calster et al., J Clin Epidemiol 2016;74:167-176 (weak calibration).
 * Checked: golden/probability_scores.json (R glm; statsmodels Logit for the standard errors).
 */
export function calibration(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
): Estimate<Calibration> {
  const { positives, negatives } = countClasses(labels);
  const n = labels.length;
  if (probabilities.length !== n)
    throw new RangeError(`probabilities must be as many as labels: ${probabilities.length}, not ${n}`);
  if (n === 0) return notEstimable('empty');
  const lines = new Float64Array(n);
  let [expected, varies] = [0, false];
  for (let row = 0; row < n; row++) {
    const p = probabilities[row]!;
    if (!(p >= 0 && p <= 1)) throw new RangeError(`probabilities must lie in [0, 1]: ${p} in row ${row}`);
    expected += p;
    lines[row] = logit(p);
    varies ||= p !== probabilities[0];
  }
  const refusal =
    positives === 0
      ? notEstimable('no-positives')
      : negatives === 0
        ? notEstimable('no-negatives')
        : lines.every(Number.isFinite)
          ? undefined
          : notEstimable('non-finite');
  return estimate({
    n,
    positives,
    expected,
    inTheLarge: refusal ?? inTheLarge(labels, lines),
    slope:
      refusal ??
      (varies
        ? isSeparable(labels, lines)
          ? notEstimable('separable')
          : slopeOf(labels, lines)
        : notEstimable('zero-variance')),
  });
}

function inTheLarge(labels: ArrayLike<number>, lines: Float64Array): Estimate<LogitCoefficient> {
  const { intercept, covariance } = fitOffset(labels, lines);
  return estimate({ value: intercept, se: Math.sqrt(covariance[0]) });
}

function slopeOf(labels: ArrayLike<number>, lines: Float64Array): Calibration['slope'] {
  const { intercept, slope, covariance } = fitLogisticLine(labels, lines);
  const [ofIntercept, both, ofSlope] = covariance;
  return estimate({
    value: slope,
    se: Math.sqrt(ofSlope),
    intercept: { value: intercept, se: Math.sqrt(ofIntercept) },
    covariance: both,
  });
}
